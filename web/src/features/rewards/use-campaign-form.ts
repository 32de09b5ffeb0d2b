/** What is typed for a campaign, and what it means on the wire. Days begin and end in China. */
import { computed, reactive } from 'vue'
import { startOfDayInChina } from '@/features/admin/use-fee-rule.ts'
import { serverNow } from '@/lib/clock.ts'
import { parseYuan, wireMoney } from '@/lib/money.ts'

const DAY_MS = 86_400_000
const CHINA_MS = 8 * 3_600_000
const USUAL_DAYS = 30
const MAX_PERCENT = 99

const dayInChina = (at: number): string => new Date(at + CHINA_MS).toISOString().slice(0, 10)
/** A day is over when the next begins. */
const endOfDayInChina = (day: string): string => new Date(Date.parse(startOfDayInChina(day)) + DAY_MS).toISOString()

const blank = () => ({
  code: '', nameZh: '', nameEn: '', kind: 'amount' as 'amount' | 'percent', amount: '', percent: '', cap: '', minimum: '', categoryIds: [] as string[],
  from: dayInChina(serverNow()), to: dayInChina(serverNow() + USUAL_DAYS * DAY_MS), totalLimit: '1000', perPerson: '1', budget: '', listed: false,
})

const yuan = (text: string): bigint | null => {
  const fen = parseYuan(text)
  return fen === null ? null : BigInt(fen)
}
const count = (text: string): number | null => (/^[1-9]\d{0,6}$/.test(text.trim()) ? Number(text) : null)

export function useCampaignForm() {
  const form = reactive(blank())
  const read = computed(() => {
    const percent = count(form.percent)
    const worth = yuan(form.kind === 'amount' ? form.amount : form.cap)
    return {
      code: /^[A-Z0-9]{4,20}$/.test(form.code.trim().toUpperCase()) ? form.code.trim().toUpperCase() : null,
      worth, percent: percent !== null && percent <= MAX_PERCENT ? percent : null, minimum: form.minimum.trim() === '' ? 0n : yuan(form.minimum),
      totalLimit: count(form.totalLimit), perPerson: count(form.perPerson), budget: yuan(form.budget),
    }
  })
  const body = computed(() => {
    const { code, worth, percent, minimum, totalLimit, perPerson, budget } = read.value
    if (code === null || worth === null || minimum === null || totalLimit === null || perPerson === null || budget === null || !form.from || !form.to) return null
    if (form.kind === 'percent' && percent === null) return null
    return {
      code, nameZh: form.nameZh.trim(), nameEn: form.nameEn.trim(), bearer: 'platform' as const,
      discount: form.kind === 'amount' ? { kind: 'amount' as const, amount: wireMoney(worth) } : { kind: 'percent' as const, bps: (percent ?? 0) * 100, cap: wireMoney(worth) },
      minimum: wireMoney(minimum), categoryIds: form.categoryIds, validFrom: startOfDayInChina(form.from), validTo: endOfDayInChina(form.to),
      totalLimit, perPerson, budget: wireMoney(budget), listed: form.listed,
    }
  })
  /** How many coupons of full worth the budget is good for. */
  const covers = computed(() => {
    const { budget, worth } = read.value
    return budget !== null && worth !== null && worth > 0n && budget >= worth ? Number(budget / worth) : null
  })
  return { form, read, body, covers, fill: () => { Object.assign(form, blank()) } }
}

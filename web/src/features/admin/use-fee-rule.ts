/** What is typed for a fee rule, and what it means. */
import { computed, reactive } from 'vue'
import { serverNow } from '@/lib/clock.ts'
import { parseYuan } from '@/lib/money.ts'

const DAY_MS = 86_400_000
const CHINA_MS = 8 * 3_600_000
/** A rise is announced seven days before; a day more leaves time to announce it. */
const USUAL_DAYS_AHEAD = 8

const dayInChina = (at: number): string => new Date(at + CHINA_MS).toISOString().slice(0, 10)
/** Rules begin when a day begins in China. */
export const startOfDayInChina = (day: string): string => new Date(`${day}T00:00:00+08:00`).toISOString()

export type FeeRule = { category: string | null, feeBps: number | null, minimum: Yuan, maximum: Yuan }
/** Null when left empty, undefined when it is no amount. */
type Yuan = { amount: string, currency: 'CNY' } | null | undefined

/** "8", "8.5", "12.25": at most two decimals, at most half. */
export function basisPointsOf(text: string): number | null {
  const plain = text.normalize('NFKC').replace(/[\s%]/g, '')
  if (!/^\d{1,2}(\.\d{1,2})?$/.test(plain)) return null
  const [whole = '0', part = ''] = plain.split('.')
  const bps = Number(whole) * 100 + Number(part.padEnd(2, '0'))
  return bps <= 5_000 ? bps : null
}

function yuanOf(text: string): Yuan {
  if (text.trim() === '') return null
  const amount = parseYuan(text)
  return amount === null ? undefined : { amount, currency: 'CNY' }
}

const blank = () => ({ category: 'general', rate: '', minimum: '', maximum: '', day: dayInChina(serverNow() + USUAL_DAYS_AHEAD * DAY_MS), amount: '1000' })

export function useFeeRule() {
  const form = reactive(blank())
  return {
    form,
    fill: () => { Object.assign(form, blank()) },
    rule: computed<FeeRule>(() => ({ category: form.category === 'general' ? null : form.category, feeBps: basisPointsOf(form.rate), minimum: yuanOf(form.minimum), maximum: yuanOf(form.maximum) })),
  }
}

/** The words for what every page of requirements shows: budgets, days left, states. */
import { useI18n } from 'vue-i18n'
import { moneyLabel, type WireMoney } from '@/lib/money.ts'
import { serverNow } from '@/lib/clock.ts'
import { useTime } from '@/lib/use-time.ts'
import type { StatusTone } from '@/ui/StatusBadge.vue'
import { dayInChina, daysUntil } from '@miaodan/shared/requirements/completeness'
import { useAreaNames } from '../catalog/use-area-names.ts'

export const STATE_TONES: Record<string, StatusTone> = { draft: 'neutral', in_review: 'due', open: 'mine', awarded: 'held', done: 'done', expired: 'neutral', cancelled: 'neutral' }
export const WAY_ICONS = { instant: 'i-lucide-zap', quotes: 'i-lucide-messages-square', direct: 'i-lucide-user-round-check' } as const

/** A day as the date fields give it, at noon in China: the same day wherever it is read. */
export const noonOf = (day: string): string => `${day}T12:00:00+08:00`

export function useRequirementWords() {
  const { t } = useI18n()
  const { date } = useTime()
  const areaName = useAreaNames()
  return {
    budget({ min, max }: { min: WireMoney | null, max: WireMoney | null }): string {
      if (!max) return t('requirements.open')
      if (!min) return t('requirements.upTo', { max: moneyLabel(max) })
      return min.amount === max.amount ? moneyLabel(max) : t('requirements.range', { min: moneyLabel(min), max: moneyLabel(max) })
    },
    /** "11月30日（还有 8 天）" in two parts. */
    needed(day: string): { day: string, left: string } {
      const left = daysUntil(day, dayInChina(new Date(serverNow())))
      return { day: date(noonOf(day)), left: left <= 0 ? t('requirements.neededToday') : t('requirements.neededIn', { count: left }, left) }
    },
    area: (code: string | null): string => (code === null || code === 'all' ? t('requirements.remote') : areaName(code)),
    record: ({ posted, awarded }: { posted: number, awarded: number }): string => (posted <= 1 && awarded === 0 ? t('requirements.firstTime') : t('requirements.record', { posted, awarded })),
  }
}

/** Reasons of a fit as sentences: the server says facts, the reader's language makes words of them. */
import { useI18n } from 'vue-i18n'
import { listed } from '@/lib/listing.ts'
import { moneyLabel } from '@/lib/money.ts'
import { useAreaNames } from '../catalog/use-area-names.ts'
import type { FitReason } from '../requirements/types.ts'

const ICONS: Record<FitReason['code'], string> = {
  skills: 'i-lucide-code-xml', category_orders: 'i-lucide-repeat', category_services: 'i-lucide-layers', price_within: 'i-lucide-wallet', price_above: 'i-lucide-trending-up', price_below: 'i-lucide-trending-down',
  rating: 'i-lucide-star', on_time: 'i-lucide-calendar-check', reply: 'i-lucide-zap', online: 'i-lucide-circle-dot', capacity: 'i-lucide-calendar-plus', area: 'i-lucide-map-pin', newcomer: 'i-lucide-sprout',
}

export function useReasons() {
  const { t } = useI18n()
  const areaName = useAreaNames()
  function factsOf(reason: FitReason): Record<string, unknown> {
    if (reason.code === 'skills') return { ...reason, names: listed(reason.names) }
    if (reason.code === 'price_within') return { low: moneyLabel(reason.low), high: moneyLabel(reason.high) }
    if (reason.code === 'price_above') return { low: moneyLabel(reason.low) }
    if (reason.code === 'price_below') return { high: moneyLabel(reason.high) }
    if (reason.code === 'rating') return { value: reason.value.toFixed(2), count: reason.count }
    if (reason.code === 'area') return { city: areaName(reason.city) }
    return { ...reason }
  }
  return { reason: (reason: FitReason) => ({ icon: ICONS[reason.code], text: t(`requirements.matches.reasons.${reason.code}`, factsOf(reason)) }) }
}

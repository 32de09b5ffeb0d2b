import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { api } from '@/lib/api.ts'
import { onLive } from '@/lib/live.ts'
import { invalidate, useApiQuery } from '@/lib/query.ts'
import { useTime } from '@/lib/use-time.ts'

/** The next step of an order as one short sentence, and whether it is this person's. */
export function useOrderStep(orderId: () => string | null) {
  const { t } = useI18n()
  const { moment } = useTime()
  const { data: order } = useApiQuery(api.orders.get, () => {
    const id = orderId()
    return id === null ? null : { params: { id } }
  })
  onLive('message.created', () => invalidate('orders.get'))
  const mine = computed(() => order.value !== undefined && order.value.next.by === order.value.side)
  const sentence = computed(() => {
    if (!order.value) return ''
    const { code, by, milestone, at } = order.value.next
    const what = t(`chat.next.${code}`, { position: milestone?.position ?? 1 })
    const step = mine.value ? t('chat.yourTurn', { what }) : by === 'buyer' || by === 'provider' ? t('chat.theirTurn', { what }) : what
    return at === null ? step : t('chat.stepUntil', { step, until: t('chat.until', { at: moment(at) }) })
  })
  return { order, mine, sentence }
}

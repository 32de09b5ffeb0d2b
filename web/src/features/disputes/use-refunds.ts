/** The refund requests of an order, and what can be asked for now. Follows what the other side does. */
import { computed } from 'vue'
import { api } from '@/lib/api.ts'
import { onLive } from '@/lib/live.ts'
import { invalidate, useApiQuery } from '@/lib/query.ts'
import type { Refundable, RefundRequest } from './types.ts'

export function useRefunds(orderId: () => string) {
  const { data } = useApiQuery(api.refunds.ofOrder, () => ({ params: { id: orderId() } }))
  onLive<{ type: string, id: string }>('refund.changed', ({ id }) => { if (id === orderId()) void invalidate('refunds', 'orders') })
  // What can be asked for follows the milestones: accepting, paying and releasing change it.
  onLive<{ type: string, id: string }>('order.changed', ({ id }) => { if (id === orderId()) void invalidate('refunds') })
  onLive('dispute.changed', () => invalidate('refunds', 'orders', 'disputes'))
  return {
    requests: computed<RefundRequest[]>(() => data.value?.items ?? []),
    refundable: computed<Refundable[]>(() => data.value?.refundable ?? []),
  }
}

/** The change orders of an order, kept fresh, and the one that is open. */
import { computed, type ComputedRef } from 'vue'
import { api } from '@/lib/api.ts'
import type { AnswerOf } from '@/lib/api-types.ts'
import { onLive } from '@/lib/live.ts'
import { invalidate, useApiQuery } from '@/lib/query.ts'

export type Change = AnswerOf<typeof api.changes.ofOrder>['items'][number]
export type ChangeLine = Change['lines'][number]
export type ChangeEffect = Change['effect']

export function useChanges(orderId: () => string) {
  const query = useApiQuery(api.changes.ofOrder, () => ({ params: { id: orderId() } }))
  onLive<{ type: string, id: string }>('order.changed', ({ id }) => { if (id === orderId()) void invalidate('changes') })
  const all: ComputedRef<Change[]> = computed(() => query.data.value?.items ?? [])
  return { query, open: computed(() => all.value.find(change => change.endedAt === null)), ended: computed(() => all.value.filter(change => change.endedAt !== null)) }
}

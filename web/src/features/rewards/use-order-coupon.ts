/** The coupon of an order that is about to be paid: the best one is held by itself, until the buyer says otherwise. */
import { computed, ref, watch, type ComputedRef } from 'vue'
import { api } from '@/lib/api.ts'
import { invalidate, queryClient, keyOf, useApiMutation, useApiQuery } from '@/lib/query.ts'

export function useOrderCoupon(orderId: () => string, payable: ComputedRef<boolean>) {
  const choices = useApiQuery(api.orders.coupons, () => (payable.value ? { params: { id: orderId() } } : null))
  /** What the buyer chose here is not chosen over by us. */
  const touched = ref(false)
  const choose = useApiMutation(api.orders.chooseCoupon, {
    quiet: true,
    onSuccess: order => {
      queryClient.setQueryData(keyOf(api.orders.get, { params: { id: order.id } }), order)
      void invalidate('coupons', 'orders.coupons', 'orders.list')
    },
  })

  async function use(couponId: string | null): Promise<boolean> {
    touched.value = true
    try {
      await choose.mutateAsync({ params: { id: orderId() }, body: { couponId } })
      return true
    } catch {
      // Somebody was faster, or its time has come: what can be chosen is asked for again.
      void choices.refetch()
      return false
    }
  }

  watch(() => choices.data.value, given => {
    if (given?.open && given.chosen === null && given.best !== null && !touched.value) void use(given.best)
  }, { immediate: true })

  return {
    choices, use, choosing: choose.isPending, failure: choose.error,
    open: computed(() => choices.data.value?.open ?? false),
    usable: computed(() => (choices.data.value?.items ?? []).filter(item => item.why === null && BigInt(item.saving.amount) > 0n)),
  }
}

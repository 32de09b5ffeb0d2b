/** An arbitrator's unfinished ruling: the amount, the reasons, and how each piece is weighed. Kept on the server by itself. */
import { useDebounceFn } from '@vueuse/core'
import { computed, onBeforeUnmount, reactive, ref, watch } from 'vue'
import { api } from '@/lib/api.ts'
import { fenOf, wireMoney } from '@/lib/money.ts'
import { keyOf, queryClient, useApiMutation } from '@/lib/query.ts'
import type { Dispute, Mark, Side } from '../types.ts'

const TYPING_MS = 700
const RETRY_MS = 5_000
export type Draft = ReturnType<typeof useDraft>

/** `dispute` as it was when the case was opened: what is typed later is not overwritten by what comes in. */
export function useDraft(dispute: Dispute, canDecide: boolean) {
  const pot = fenOf(dispute.pot)
  const kept = dispute.draft
  // Without a draft the slider stands where both sides agree already, at what the provider would give back; on appeal at what is appealed against.
  const toBuyer = ref(fenOf(kept?.toBuyer ?? dispute.rulings[0]?.toBuyer ?? dispute.offered))
  const reasons = ref(kept?.reasons ?? '')
  const marks = reactive<Record<string, Mark>>({ ...kept?.marks })
  const savedAt = ref<string | null>(kept?.savedAt ?? null)
  const dirty = ref(false)
  let ended = false

  const save = useApiMutation(api.disputes.saveDraft, { quiet: true, onSuccess: answer => { savedAt.value = answer.savedAt } })
  function saveNow(): void {
    if (!dirty.value || !canDecide || ended) return
    dirty.value = false
    const params = { id: dispute.id }
    const body = { toBuyer: wireMoney(toBuyer.value), reasons: reasons.value, marks: { ...marks } }
    // Whoever comes back to the case in a moment finds it as they left it, not as it was first read.
    queryClient.setQueryData<Dispute>(keyOf(api.disputes.get, { params }), now => now && { ...now, draft: { ...body, savedAt: savedAt.value ?? dispute.openedAt } })
    save.mutate({ params, body }, {
      onError: () => {
        dirty.value = true
        setTimeout(saveNow, RETRY_MS)
      },
    })
  }
  const saveSoon = useDebounceFn(saveNow, TYPING_MS)
  watch([toBuyer, reasons, marks], () => {
    dirty.value = true
    void saveSoon()
  }, { deep: true })
  onBeforeUnmount(saveNow)

  return {
    pot, toBuyer, reasons, marks, savedAt,
    state: computed<'failed' | 'saving' | 'saved' | 'none'>(() => (save.isError.value && dirty.value ? 'failed' : dirty.value || save.isPending.value ? 'saving' : savedAt.value ? 'saved' : 'none')),
    /** Pressing the key of a side again takes its square back; both squares mean that both can use the piece. */
    toggle(piece: number, side: Side): void {
      const other: Side = side === 'buyer' ? 'provider' : 'buyer'
      const now = marks[piece]
      if (now === undefined) marks[piece] = side
      else if (now === side) delete marks[piece]
      else marks[piece] = now === 'both' ? other : 'both'
    },
    /** It has become a ruling: nothing is left to keep. */
    close(): void { ended = true },
  }
}

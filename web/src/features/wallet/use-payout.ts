/** One payout from the amount to the answer. A lost answer is asked for again with the same key, so that it is never made twice. */
import { computed, ref, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { api } from '@/lib/api.ts'
import { useFormErrors } from '@/lib/form-errors.ts'
import { moneyLabel, parseYuan, wireMoney } from '@/lib/money.ts'
import { newId } from '@/lib/new-id.ts'
import { NetworkFailure } from '@/lib/problem.ts'
import { useApiMutation, useApiQuery } from '@/lib/query.ts'
import type { Payout } from './types.ts'
import { useIdentity } from './use-identity.ts'

/** The server's limits, in fen; it checks them again. */
export const MINIMUM = 100n
export const MAXIMUM = 5_000_000n

export function usePayout(available: () => bigint) {
  const { t } = useI18n()
  const form = useFormErrors()
  const identity = useIdentity()
  const typed = ref('')
  const accountId = ref<string>()
  const done = ref<Payout>()
  /** A request whose answer was lost: sent again as it is, until the server has answered. */
  const pending = ref<{ key: string, confirmationId: string }>()
  const request = useApiMutation(api.wallet.requestPayout, { quiet: true, invalidates: ['wallet', 'orders.moneyWhere'] })

  const amount = computed(() => {
    const fen = parseYuan(typed.value)
    return fen === null ? null : BigInt(fen)
  })
  const fault = computed(() => {
    if (amount.value === null || amount.value === 0n) return t('wallet.payout.needAmount')
    if (amount.value > available()) return t('wallet.payout.tooMuch', { amount: moneyLabel(available()) })
    if (amount.value < MINIMUM) return t('wallet.payout.tooSmall', { amount: moneyLabel(MINIMUM) })
    return amount.value > MAXIMUM ? t('wallet.payout.tooLarge', { amount: moneyLabel(MAXIMUM) }) : null
  })
  /** Before there is an amount, of the least that can be paid out: when it would arrive and what it costs. */
  const previewed = computed(() => (fault.value === null ? amount.value : available() >= MINIMUM ? MINIMUM : null))
  const preview = useApiQuery(api.wallet.previewPayout, () => (previewed.value === null ? null : { query: { amount: previewed.value.toString() } }), { keepPrevious: true })
  watch([typed, accountId], () => { pending.value = undefined })

  async function submit(): Promise<void> {
    const whole = await form.check({ amount: fault.value, accountId: accountId.value ? null : t('wallet.payout.needAccount'), ...(pending.value ? {} : identity.faults()) })
    if (!whole || amount.value === null || !accountId.value) return
    try {
      pending.value ??= { key: newId(), confirmationId: await identity.confirm() }
      const { key: idempotencyKey, confirmationId } = pending.value
      done.value = await request.mutateAsync({ body: { accountId: accountId.value, amount: wireMoney(amount.value), confirmationId }, idempotencyKey })
    } catch (error) {
      if (!(error instanceof NetworkFailure)) {
        if (pending.value) identity.reset()
        pending.value = undefined
      }
      await form.take(error)
    }
  }

  return {
    ...form, identity, typed, accountId, amount, fault, preview, done, submit,
    busy: request.isPending,
    /** The answer of a request that was sent is not known. */
    unknown: computed(() => pending.value !== undefined && !request.isPending.value && !done.value),
  }
}

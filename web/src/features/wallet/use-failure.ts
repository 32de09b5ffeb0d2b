import { useI18n } from 'vue-i18n'
import type { Payout } from './types.ts'

const KNOWN = ['account_not_found', 'name_mismatch', 'account_frozen', 'limit_exceeded']

/** Why the money came back: what our finance wrote, or what the bank's word means, in a sentence that says what to do. */
export function useFailure(): (payout: Pick<Payout, 'state' | 'failure'>) => string {
  const { t } = useI18n()
  return ({ state, failure }) => (state === 'rejected' && failure !== null ? failure : t(`wallet.failures.${KNOWN.includes(failure ?? '') ? failure : 'other'}`))
}

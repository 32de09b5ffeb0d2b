import { useI18n } from 'vue-i18n'

const KNOWN = ['account_not_found', 'name_mismatch', 'account_frozen', 'limit_exceeded']

/** Why the bank refused, in a sentence that says what to do. */
export function useFailure(): (reason: string) => string {
  const { t } = useI18n()
  return reason => t(`wallet.failures.${KNOWN.includes(reason) ? reason : 'other'}`)
}

import { useI18n } from 'vue-i18n'
import type { PayoutAccount } from './types.ts'

/** "招商银行 6021", "支付宝 138****2207". */
export function useAccountLabel(): (account: Pick<PayoutAccount, 'channel' | 'bank' | 'tail'>) => string {
  const { t } = useI18n()
  return account => t('wallet.cardTail', { bank: account.bank ? t(`wallet.banks.${account.bank}`) : t(`wallet.channels.${account.channel}`), tail: account.tail })
}

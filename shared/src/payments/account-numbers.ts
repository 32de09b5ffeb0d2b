/** Numbers of accounts to be paid to. Pure and without a schema library, so that the screen can check while one types. */

export const PAYOUT_CHANNELS = ['unionpay', 'alipay', 'wechat'] as const
export type PayoutChannel = typeof PAYOUT_CHANNELS[number]

/** The banks people choose from, by their China UnionPay codes; the first are the most used. */
export const BANKS = ['ICBC', 'CCB', 'ABC', 'BOC', 'CMB', 'PSBC', 'BOCOM', 'CITIC', 'SPDB', 'CIB', 'CMBC', 'CEB', 'PAB', 'HXB', 'CGB', 'CZB', 'BOB', 'BOS', 'NBCB', 'HZB'] as const
export type Bank = typeof BANKS[number]

/** What people type with: spaces and hyphens between groups of digits. */
export const plainAccount = (typed: string): string => typed.replace(/[\s-]/g, '')

/** Whether this can be an account of the channel: a card number with its check digit, or the mobile number or e-mail of a wallet. */
export function isPayoutAccount(channel: PayoutChannel, account: string): boolean {
  if (channel === 'unionpay') return /^\d{15,19}$/.test(account) && passesLuhn(account)
  const mobile = /^1[3-9]\d{9}$/.test(account)
  return channel === 'wechat' ? mobile : mobile || /^[^\s@]{1,64}@[^\s@]+\.[a-z]{2,}$/i.test(account)
}

/** ISO/IEC 7812: from the right every second digit counts double, and the sum ends in 0. */
export function passesLuhn(digits: string): boolean {
  let sum = 0
  for (const [fromRight, digit] of [...digits].reverse().entries()) {
    const value = Number(digit) * (fromRight % 2 === 1 ? 2 : 1)
    sum += value > 9 ? value - 9 : value
  }
  return sum % 10 === 0
}

/** What may be shown of an account: `6021`, `138****2207`, `z***@example.com`. */
export function accountTail(channel: PayoutChannel, account: string): string {
  if (channel === 'unionpay') return account.slice(-4)
  const at = account.indexOf('@')
  return at > 0 ? `${account.slice(0, 1)}***${account.slice(at)}` : `${account.slice(0, 3)}****${account.slice(-4)}`
}

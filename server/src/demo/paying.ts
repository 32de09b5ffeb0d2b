/** Money: paid at the sandbox gateway's cashier, and taken out to a bank account. */
import { accounts } from '@miaodan/shared/accounts/contract'
import { fen, type Money } from '@miaodan/shared/kernel/money'
import { passesLuhn } from '@miaodan/shared/payments/account-numbers'
import { payments as contracts } from '@miaodan/shared/payments/contract'
import type { PaymentChannel, PaymentPurpose } from '@miaodan/shared/payments/model'
import { wallet } from '@miaodan/shared/payments/wallet-contract'
import { demoPassword } from './content/people/index.ts'
import type { Actor, Stage } from './stage.ts'

export type Bill = { purpose: PaymentPurpose, subjectId: string, channel: PaymentChannel, milestoneIds?: string[], amount: Money }

/** Nobody listens for the gateway's callbacks while the demo is loaded: none is sent, and the payer's return asks. */
export async function pay(stage: Stage, payer: Actor, bill: Bill): Promise<void> {
  const { id, state } = await payer.call(contracts.create, { body: bill })
  if (state === 'succeeded') return
  await payer.call(contracts.open, { params: { id } })
  const trade = await stage.deps.gateway.queryPayment({ outTradeNo: id })
  if (!trade) throw new Error('the payment has no trade at the gateway')
  await stage.payer.pay(trade.tradeNo, { fault: 'lost' })
  const paid = await payer.call(contracts.check, { params: { id } })
  if (paid.state !== 'succeeded') throw new Error(`the payment is ${paid.state}`)
}

/** Takes money out; the first time, the account to take it out to is added. */
export async function payOut(actor: Actor, amountFen: bigint): Promise<void> {
  const { items: [known], holderName } = await actor.call(wallet.listAccounts, {})
  if (holderName === null) throw new Error('only who is verified can be paid out to')
  const account = known ?? await actor.call(wallet.addAccount, { body: { channel: 'unionpay', bank: 'CMB', holderName, account: cardNumber(actor.userId), confirmationId: await confirm(actor) } })
  await actor.call(wallet.requestPayout, { body: { accountId: account.id, amount: fen(amountFen), confirmationId: await confirm(actor) } })
}

async function confirm(actor: Actor): Promise<string> {
  return (await actor.call(accounts.confirmIdentity, { body: { password: demoPassword } })).id
}

/** A made-up card whose check digit holds, different for each person. */
function cardNumber(userId: string): string {
  const serial = String(Number.parseInt(userId.slice(-8), 16)).padStart(12, '0').slice(-12)
  const digit = [...'0123456789'].find(candidate => passesLuhn(`622588${serial}${candidate}`))
  return `622588${serial}${digit}`
}

/** Wallets for tests: money that is there, a confirmation of identity, an account to be paid out to. */
import { expect } from 'vitest'
import { creditSuspense, post, receiveSuspense } from '../src/features/ledger/index.ts'
import { newId } from '../src/kernel/ids.ts'
import { inTransaction } from '../src/kernel/tx.ts'
import type { TestApp } from './app.ts'
import type { TestPerson } from './people.ts'

/** A password no list of leaked ones has. */
export const PASSWORD = 'tea-gift-box-2207'

/** Puts money into a person's balance the way it gets there when a gateway cannot take a payment back. */
export async function giveBalance(t: TestApp, userId: string, amount: bigint): Promise<void> {
  const facts = { at: t.deps.clock.now(), paymentId: newId(), payerId: userId, channel: 'alipay', receipt: newId(), amount }
  await inTransaction(t.deps.db, async tx => {
    await post(tx, receiveSuspense(facts))
    await post(tx, creditSuspense(facts))
  })
}

export async function confirm(person: TestPerson): Promise<string> {
  const answer = await person.inject({ method: 'POST', url: '/api/v1/me/identity-confirmations', payload: { password: PASSWORD } })
  expect(answer.statusCode).toBe(201)
  return answer.json().id
}

export async function addAccount(person: TestPerson, account: object = {}) {
  return person.inject({ method: 'POST', url: '/api/v1/wallet/payout-accounts', payload: { channel: 'unionpay', bank: 'CMB', holderName: '陈屿', account: '6222 0200 0009 6021', confirmationId: await confirm(person), ...account } })
}

export async function payOut(person: TestPerson, accountId: string, amount: bigint, { key = newId(), confirmationId }: { key?: string, confirmationId?: string } = {}) {
  return person.inject({
    method: 'POST', url: '/api/v1/wallet/payouts', headers: { 'idempotency-key': key },
    payload: { accountId, amount: { amount: amount.toString(), currency: 'CNY' }, confirmationId: confirmationId ?? await confirm(person) },
  })
}

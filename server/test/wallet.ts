/** Payouts for tests: a confirmation of identity, an account to be paid out to, a request. */
import { expect } from 'vitest'
import { hashPassword } from '../src/features/accounts/passwords.ts'
import { newId } from '../src/kernel/ids.ts'
import type { TestPerson } from './people.ts'

/** A password no list of leaked ones has. */
export const PASSWORD = 'tea-gift-box-2207'
/** For `signUp`, so that the person can confirm with it. */
export const passwordHashed = (): Promise<string> => hashPassword(PASSWORD)

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

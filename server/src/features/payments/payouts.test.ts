/** Payouts from end to end, against a real sandbox gateway: who may ask, how often, and where the money is meanwhile. */
import { eq, sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { accountOf } from '@miaodan/shared/ledger/model'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { giveBalance } from '../../../test/orders.ts'
import { signUp, type TestPerson } from '../../../test/people.ts'
import { addAccount, confirm, PASSWORD, passwordHashed, payOut } from '../../../test/wallet.ts'
import { newId } from '../../kernel/ids.ts'
import { inTransaction } from '../../kernel/tx.ts'
import { accountsFeature, approveVerification, requestVerification } from '../accounts/index.ts'
import { balanceOf, ledgerFeature, verifyBooks } from '../ledger/index.ts'
import { notificationsFeature } from '../notifications/index.ts'
import { paymentsFeature } from './index.ts'
import { payoutArrivesBy } from './payout-times.ts'
import { endPayout } from './payouts.ts'
import { payoutAccounts, payouts } from './tables.ts'

let t: TestApp
let passwordHash: string
beforeAll(async () => {
  t = await createTestApp({ features: [accountsFeature, ledgerFeature, paymentsFeature, notificationsFeature], gateway: true })
  passwordHash = await passwordHashed()
})
afterAll(() => t.close())
afterEach(() => t.gateway.settleBy('auto'))

async function provider(balance = 0n): Promise<TestPerson & { accountId: string }> {
  const person = await signUp(t, { roles: ['provider'], passwordHash })
  if (balance > 0n) await giveBalance(t, person.userId, balance)
  return { ...person, accountId: (await addAccount(person)).json().id }
}

const balance = (person: TestPerson) => balanceOf(t.deps.db, accountOf.available(person.userId))
const get = async (person: TestPerson, path: string) => (await person.inject({ method: 'GET', url: `/api/v1/wallet${path}` })).json()

async function ended(payoutId: string): Promise<typeof payouts.$inferSelect> {
  for (let look = 0; look < 400; look++) {
    await t.deps.db.execute(sql`update payouts set next_attempt_at = now() where next_attempt_at is not null`)
    await t.worker.drain()
    const [row] = await t.deps.db.select().from(payouts).where(eq(payouts.id, payoutId))
    if (row?.endedAt) return row
    await new Promise(resolve => setTimeout(resolve, 25))
  }
  throw new Error('the payout did not end')
}

describe('payout accounts', () => {
  it('keep the number sealed and show its tail', async () => {
    const person = await signUp(t, { passwordHash })
    expect((await addAccount(person)).json()).toMatchObject({ channel: 'unionpay', bank: 'CMB', tail: '6021', holderName: '陈屿', lastUsedAt: null })
    expect((await addAccount(person, { channel: 'alipay', bank: undefined, account: '13812342207' })).json()).toMatchObject({ channel: 'alipay', bank: null, tail: '138****2207' })
    const stored = JSON.stringify(await t.deps.db.select().from(payoutAccounts).where(eq(payoutAccounts.userId, person.userId)))
    expect(stored).not.toContain('6222020000096021')
    expect(stored).not.toContain('13812342207')
    expect((await get(person, '/payout-accounts')).items).toHaveLength(2)
  })

  it.each([
    ['a card whose check digit is wrong', { account: '6222 0200 0000 6021' }, 'payments.account_number', 'body.account'],
    ['a card without its bank', { bank: undefined }, 'payments.bank_needed', 'body.bank'],
    ['a wallet that is no phone or e-mail', { channel: 'alipay', account: 'chenyu' }, 'payments.account_number', 'body.account'],
    ['WeChat by e-mail', { channel: 'wechat', account: 'chen@example.com' }, 'payments.account_number', 'body.account'],
  ])('refuse %s', async (_, account, code, field) => {
    expect((await addAccount(await signUp(t, { passwordHash }), account)).json()).toMatchObject({ code, errors: [{ field }] })
  })

  it('are in the confirmed name, once there is one', async () => {
    const person = await signUp(t, { passwordHash })
    const staff = await signUp(t, { staffRoles: ['moderator'] })
    await inTransaction(t.deps.db, async tx => {
      const { id } = await requestVerification(tx, t.deps, person.userId, { kind: 'person', name: '周敏', number: '11010519491231002X' })
      await approveVerification(tx, t.deps, staff.userId, id)
    })
    expect((await addAccount(person)).json()).toMatchObject({ code: 'payments.holder_name', title: expect.stringContaining('周敏') })
    expect((await addAccount(person, { holderName: '周敏' })).statusCode).toBe(201)
    expect(await get(person, '/payout-accounts')).toMatchObject({ holderName: '周敏' })
  })

  it('can be added once, and again after they were removed', async () => {
    const person = await provider()
    expect((await addAccount(person)).json().code).toBe('payments.account_known')
    const remove = async (by: TestPerson) => by.inject({ method: 'DELETE', url: `/api/v1/wallet/payout-accounts/${person.accountId}?confirmationId=${await confirm(by)}` })
    expect((await remove(await signUp(t, { passwordHash }))).statusCode).toBe(404)
    expect((await remove(person)).statusCode).toBe(204)
    expect((await remove(person)).statusCode).toBe(404)
    expect((await addAccount(person)).statusCode).toBe(201)
  })
})

describe('a confirmation of identity', () => {
  const codes = async (person: TestPerson) => (await t.deps.mailbox.list(`${person.username}@example.com`)).flatMap(message => /(\d{6}) is your code|验证码 (\d{6})/.exec(message.text)?.slice(1).find(Boolean) ?? [])
  const send = (person: TestPerson) => person.inject({ method: 'POST', url: '/api/v1/me/identity-codes', payload: { channel: 'email' } })
  const enter = (person: TestPerson, code: string) => person.inject({ method: 'POST', url: '/api/v1/me/identity-confirmations', payload: { channel: 'email', code } })

  it('is made with a code that was sent to the person', async () => {
    const person = await provider(10_000n)
    expect((await send(person)).json()).toMatchObject({ channel: 'email', sentTo: expect.stringContaining('*') })
    await t.worker.drain()
    const [code = ''] = await codes(person)
    expect((await enter(person, code === '000000' ? '111111' : '000000')).json()).toMatchObject({ code: 'accounts.code_wrong', status: 422 })
    const { id } = (await enter(person, code)).json()
    expect((await enter(person, code)).json().code).toBe('accounts.code_wrong')
    expect((await payOut(person, person.accountId, 10_000n, { confirmationId: id })).statusCode).toBe(201)
  })

  it('is refused for a wrong password, and after too many of them for the right one as well', async () => {
    const person = await signUp(t, { passwordHash })
    const tries = Array.from({ length: 8 }, () => person.inject({ method: 'POST', url: '/api/v1/me/identity-confirmations', payload: { password: 'not-this-1' } }))
    expect(new Set((await Promise.all(tries)).map(answer => answer.json().code))).toEqual(new Set(['accounts.wrong_password', 'accounts.sign_in_locked']))
    expect((await person.inject({ method: 'POST', url: '/api/v1/me/identity-confirmations', payload: { password: PASSWORD } })).json().code).toBe('accounts.sign_in_locked')
  })

  it('serves once, for five minutes, and only for who made it', async () => {
    const [person, other] = [await provider(50_000n), await provider(50_000n)]
    const used = await confirm(person)
    expect((await payOut(person, person.accountId, 100n, { confirmationId: used })).statusCode).toBe(201)
    const old = await confirm(person)
    await t.advance(5 * 60_000)
    for (const confirmationId of [used, old, newId(), await confirm(other)]) {
      expect((await payOut(person, person.accountId, 100n, { confirmationId })).json()).toMatchObject({ code: 'accounts.identity_unconfirmed', status: 403 })
    }
    expect(await balance(person)).toBe(49_900n)
  })
})

describe('a payout', () => {
  it('tells what it costs and when it is there, leaves the balance at once, and is paid', async () => {
    const person = await provider(1_248_640n)
    expect(await get(person, '/payout-preview?amount=800000')).toMatchObject({ fee: { amount: '0' }, balanceAfter: { amount: '448640' }, arrivesBy: payoutArrivesBy(t.deps.clock.now()).toISOString() })
    const payout = (await payOut(person, person.accountId, 800_000n)).json()
    expect(payout).toMatchObject({ state: 'requested', account: { bank: 'CMB', tail: '6021' }, failure: null })
    expect(await get(person, '')).toMatchObject({ available: { amount: '448640' }, inPayout: { amount: '800000' } })
    expect(await ended(payout.id)).toMatchObject({ state: 'paid' })
    expect(await get(person, '')).toMatchObject({ available: { amount: '448640' }, inPayout: { amount: '0' } })
    expect((await get(person, '/payout-accounts')).items[0].lastUsedAt).toBe(payout.requestedAt)
    expect((await get(person, '/payouts')).items).toMatchObject([{ id: payout.id, state: 'paid' }])
  })

  it('that the bank refuses comes back with the reason and a notice', async () => {
    const person = await provider(20_000n)
    await t.gateway.settleBy('fail')
    const { id } = (await payOut(person, person.accountId, 20_000n)).json()
    expect(await ended(id)).toMatchObject({ state: 'failed', failure: 'account_not_found' })
    expect(await balance(person)).toBe(20_000n)
    await t.worker.drain()
    const notices = (await person.inject({ method: 'GET', url: '/api/v1/notices' })).json()
    expect(JSON.stringify(notices)).toContain('payout_failed')
    const { items } = await get(person, '/entries?group=payout')
    expect(items).toMatchObject([
      { kind: 'payout.failed', change: { amount: '20000' }, balance: { amount: '20000' }, payout: { id, failure: 'account_not_found' } },
      { kind: 'payout.requested', change: { amount: '-20000' }, balance: { amount: '0' } },
    ])
  })

  it.each([[99n, 'payments.payout_too_small', 422], [5_000_001n, 'payments.payout_too_large', 422], [1_001n, 'payments.balance_too_low', 409]])('of %s fen is refused', async (amount, code, status) => {
    const person = await provider(1_000n)
    expect((await payOut(person, person.accountId, amount)).json()).toMatchObject({ code, status, errors: [{ field: 'body.amount' }] })
    expect((await get(person, `/payout-preview?amount=${amount}`)).code).toBe(code)
    expect(await balance(person)).toBe(1_000n)
  })

  it('goes to no account of somebody else, and is seen by nobody else', async () => {
    const [person, other] = [await provider(1_000n), await provider(1_000n)]
    expect((await payOut(person, other.accountId, 1_000n)).json()).toMatchObject({ code: 'payments.payout_account_unknown', errors: [{ field: 'body.accountId' }] })
    const { id } = (await payOut(other, other.accountId, 1_000n)).json()
    expect((await person.inject({ method: 'GET', url: `/api/v1/wallet/payouts/${id}` })).statusCode).toBe(404)
    expect((await other.inject({ method: 'GET', url: `/api/v1/wallet/payouts/${id}` })).statusCode).toBe(200)
  })

  it('is one however often its request is repeated', async () => {
    const person = await provider(3_000n)
    const [key, confirmationId] = [newId(), await confirm(person)]
    const answers = await Promise.all(Array.from({ length: 5 }, () => payOut(person, person.accountId, 1_000n, { key, confirmationId })))
    expect(new Set(answers.map(answer => `${answer.statusCode} ${answer.json().id}`)).size).toBe(1)
    expect(await balance(person)).toBe(2_000n)
    expect((await payOut(person, person.accountId, 2_000n, { key, confirmationId })).json().code).toBe('kernel.idempotency_key_reused')
    const keyless = await person.inject({ method: 'POST', url: '/api/v1/wallet/payouts', payload: { accountId: person.accountId, amount: { amount: '100', currency: 'CNY' }, confirmationId: await confirm(person) } })
    expect(keyless.json().code).toBe('kernel.idempotency_key_required')
  })

  it('of the same balance is made once by ten requests at once', async () => {
    const person = await provider(10_000n)
    const confirmations: string[] = []
    for (let request = 0; request < 10; request++) confirmations.push(await confirm(person))
    const answers = await Promise.all(confirmations.map(confirmationId => payOut(person, person.accountId, 10_000n, { confirmationId })))
    expect(answers.map(answer => answer.statusCode).sort()).toEqual([201, ...Array.from({ length: 9 }, () => 409)])
    expect(await balance(person)).toBe(0n)
  })
})

it('leaves the books whole, in whatever order payouts are asked for and end', async () => {
  const step = fc.record({ who: fc.nat(1), does: fc.constantFrom('ask', 'pay', 'fail', 'both'), amount: fc.bigInt(100n, 4_000n) })
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async steps => {
    await t.gateway.settleBy('hold')
    const given = 10_000n
    const people = [await provider(given), await provider(given)] as const
    const end = async (userId: string, paid: boolean) => {
      const rows = await t.deps.db.select().from(payouts).where(eq(payouts.userId, userId))
      await Promise.all(rows.map(row => inTransaction(t.deps.db, tx => endPayout(tx, t.deps, row, paid ? { paid, at: t.deps.clock.now() } : { paid, reason: 'name_mismatch' }))))
    }
    // One after the other: who proves by password many times at once is taken for somebody who guesses.
    const confirmations: string[] = []
    for (const { who, does } of steps) confirmations.push(does === 'ask' ? await confirm(people[who] ?? people[0]) : '')
    await Promise.all(steps.map(async ({ who, does, amount }, index) => {
      const person = people[who] ?? people[0]
      if (does === 'ask') await payOut(person, person.accountId, amount, { confirmationId: confirmations[index] ?? '' })
      else await Promise.all([...(does !== 'fail' ? [end(person.userId, true)] : []), ...(does !== 'pay' ? [end(person.userId, false)] : [])])
    }))
    for (const person of people) {
      const rows = await t.deps.db.select().from(payouts).where(eq(payouts.userId, person.userId))
      const out = rows.filter(row => row.state !== 'failed').reduce((sum, row) => sum + row.amount, 0n)
      expect(await balance(person)).toBe(given - out)
    }
    expect(await inTransaction(t.deps.db, tx => verifyBooks(tx))).toMatchObject({ ok: true, faults: [] })
  }), { numRuns: 6 })
})

/** Large payouts: who decides, that nothing is sent before, and that of two decisions one counts. */
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { accountOf } from '@miaodan/shared/ledger/model'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { giveBalance, wire } from '../../../test/orders.ts'
import { signUp, type TestPerson } from '../../../test/people.ts'
import { addAccount, passwordHashed, payOut } from '../../../test/wallet.ts'
import { workQueues } from '../../kernel/queues.ts'
import { balanceOf, verifyBooks } from '../ledger/index.ts'
import { payouts } from './tables.ts'

let t: TestApp
let finance: TestPerson
let passwordHash: string
beforeAll(async () => {
  t = await createTestApp({ gateway: true })
  passwordHash = await passwordHashed()
  finance = await signUp(t, { staffRoles: ['finance'], passwordHash })
})
afterAll(() => t.close())

const post = (person: TestPerson, url: string, payload: object = {}) => person.inject({ method: 'POST', url: `/api/v1/staff/payouts/${url}`, payload })
const setLimit = (approvalAbove: bigint | null, by = finance) => by.inject({ method: 'PUT', url: '/api/v1/staff/payout-limit', payload: { approvalAbove: approvalAbove === null ? null : wire(approvalAbove) } })
beforeEach(async () => void await setLimit(100_000n))

async function asked(amount: bigint, person?: TestPerson): Promise<TestPerson & { payoutId: string }> {
  const owner = person ?? await signUp(t, { roles: ['provider'], passwordHash })
  await giveBalance(t, owner.userId, amount)
  const accountId: string = (await addAccount(owner)).json().id
  const answer = await payOut(owner, accountId, amount)
  expect(answer.statusCode, answer.body).toBe(201)
  return { ...owner, payoutId: answer.json().id }
}
const rowOf = async (id: string) => (await t.deps.db.select().from(payouts).where(eq(payouts.id, id)))[0]
const balance = (person: TestPerson) => balanceOf(t.deps.db, accountOf.available(person.userId))
const seen = async (person: TestPerson & { payoutId: string }) => (await person.inject({ url: `/api/v1/wallet/payouts/${person.payoutId}` })).json()
const queue = async (state = 'waiting') => (await finance.inject({ url: `/api/v1/staff/payouts?state=${state}&limit=100` })).json()

async function sent(id: string): Promise<void> {
  await t.deps.db.execute(sql`update payouts set next_attempt_at = now() where next_attempt_at is not null`)
  await expect.poll(async () => { await t.worker.drain(); return (await rowOf(id))?.state }, { timeout: 10_000 }).toMatch(/processing|paid/)
}

describe('a payout above the limit', () => {
  it('waits for finance, is said to wait, and is sent once approved', async () => {
    const person = await asked(150_000n)
    await t.worker.drain()
    expect(await seen(person)).toMatchObject({ state: 'requested', waitsForApproval: true })
    expect(await rowOf(person.payoutId)).toMatchObject({ state: 'requested', attempts: 0, nextAttemptAt: null })
    const shown = (await queue()).items.find((item: { id: string }) => item.id === person.payoutId)
    expect(shown).toMatchObject({ person: { id: person.userId }, amount: wire(150_000n), account: { tail: '6021', holderName: '陈屿' }, paidBefore: { count: 0, toThisAccount: 0 } })
    expect((await post(finance, `${person.payoutId}/approval`)).statusCode).toBe(204)
    expect(await seen(person)).toMatchObject({ state: 'approved', waitsForApproval: false })
    await sent(person.payoutId)
    expect((await queue()).items.map((item: { id: string }) => item.id)).not.toContain(person.payoutId)
    expect((await queue('decided')).items[0]).toMatchObject({ id: person.payoutId, decidedBy: { id: finance.userId } })
  })

  it('that is rejected is back in the balance with the reason, and the person is told', async () => {
    const person = await asked(200_000n)
    expect(await balance(person)).toBe(0n)
    expect((await post(finance, `${person.payoutId}/rejection`, { reason: '户名和实名不一致' })).statusCode).toBe(204)
    expect(await balance(person)).toBe(200_000n)
    expect(await seen(person)).toMatchObject({ state: 'rejected', failure: '户名和实名不一致', waitsForApproval: false })
    await t.worker.drain()
    const notices = (await person.inject({ url: '/api/v1/notices' })).json().items
    expect(notices[0]).toMatchObject({ type: 'payout_rejected', body: expect.stringContaining('户名和实名不一致') })
    const [entry] = await t.deps.sql`select action, old_values, new_values, reason from audit_entries where entity_id = ${person.payoutId}`
    expect(entry).toMatchObject({ action: 'payouts.rejected', old_values: { state: 'requested' }, new_values: { state: 'rejected', amount: '200000' }, reason: '户名和实名不一致' })
  })

  it('approved and rejected at the same moment has one end, and the books hold', async () => {
    for (let round = 0; round < 6; round++) {
      const person = await asked(150_000n)
      const answers = await Promise.all([
        post(finance, `${person.payoutId}/approval`), post(finance, `${person.payoutId}/rejection`, { reason: '资料待核实' }),
        post(finance, `${person.payoutId}/approval`), post(finance, `${person.payoutId}/rejection`, { reason: '资料待核实' }),
      ])
      expect(answers.map(answer => answer.statusCode).sort()).toEqual([204, 409, 409, 409])
      const state = (await rowOf(person.payoutId))?.state
      expect(await balance(person)).toBe(state === 'rejected' ? 150_000n : 0n)
    }
    expect((await verifyBooks(t.deps.db)).faults).toEqual([])
  })

  it('is counted as waiting, with the oldest', async () => {
    const person = await asked(150_000n)
    const read = workQueues().find(one => one.name === 'payouts')?.read
    const state = await read?.(t.deps.db, t.deps)
    expect(state?.waiting).toBe((await queue()).waiting)
    expect(state?.oldestAt).toBeInstanceOf(Date)
    await post(finance, `${person.payoutId}/approval`)
    expect((await read?.(t.deps.db, t.deps))?.waiting).toBe((state?.waiting ?? 0) - 1)
  })
})

describe('a payout at the limit or below', () => {
  it('is sent as ever, and finance can decide nothing about it', async () => {
    const person = await asked(100_000n)
    expect(await seen(person)).toMatchObject({ waitsForApproval: false })
    expect((await post(finance, `${person.payoutId}/rejection`, { reason: '不该能拒绝' })).json().code).toBe('kernel.illegal_transition')
    await sent(person.payoutId)
  })

  it('stays so when the limit is lowered later; without a limit none waits', async () => {
    const early = await asked(90_000n)
    await setLimit(10_000n)
    expect(await seen(early)).toMatchObject({ waitsForApproval: false })
    const preview = async (amount: number) => {
      const person = await signUp(t, { passwordHash })
      await giveBalance(t, person.userId, 5_000_000n)
      return (await person.inject({ url: `/api/v1/wallet/payout-preview?amount=${amount}` })).json().needsApproval
    }
    expect([await preview(10_000), await preview(10_001)]).toEqual([false, true])
    await setLimit(null)
    expect(await preview(5_000_000)).toBe(false)
  })
})

describe('deciding', () => {
  it('is finance\'s job, never on one\'s own payout', async () => {
    const person = await asked(150_000n)
    for (const staffRoles of [['moderator'], ['support'], ['arbitrator'], []] as const) {
      const other = await signUp(t, { staffRoles })
      expect((await post(other, `${person.payoutId}/approval`)).statusCode).toBe(403)
      expect((await setLimit(null, other)).statusCode).toBe(403)
    }
    const own = await asked(150_000n, await signUp(t, { roles: ['provider'], staffRoles: ['finance'], passwordHash }))
    expect((await post(own, `${own.payoutId}/approval`)).json().code).toBe('payments.own_payout')
    expect((await post(finance, `${own.payoutId}/rejection`, { reason: ' ' })).statusCode).toBe(422)
    expect((await post(finance, '0199aaaa-0000-7000-8000-000000000000/approval')).statusCode).toBe(404)
  })
})

/** Everybody at once: one of them wins, and every fen is in one place. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accountOf } from '@miaodan/shared/ledger/model'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { deliver, done, runningOrder, send, wire, type TestOrder } from '../../../test/orders.ts'
import { signUp, type TestPerson } from '../../../test/people.ts'
import { addAccount, confirm, passwordHashed, payOut } from '../../../test/wallet.ts'
import { balanceOf, followOrder, verifyBooks } from '../ledger/index.ts'

let t: TestApp
let arbitrators: TestPerson[]
beforeAll(async () => {
  t = await createTestApp()
  arbitrators = await Promise.all([1, 2, 3].map(() => signUp(t, { staffRoles: ['arbitrator'] })))
})
afterAll(async () => {
  expect(await verifyBooks(t.deps.db)).toMatchObject({ ok: true })
  await t.close()
})

const DAY = 24 * 3_600_000
const ROUNDS = 3
const won = (answers: { statusCode: number }[]) => answers.filter(answer => answer.statusCode < 300).length
const noFailure = (answers: { statusCode: number }[]) => expect(answers.every(answer => answer.statusCode < 500)).toBe(true)
const view = (order: TestOrder) => done(order.buyer, 'GET', `/orders/${order.id}`)
const available = (order: TestOrder, side: 'buyer' | 'provider') => balanceOf(t.deps.db, accountOf.available(order[side].userId))
const body = (order: TestOrder, amount: number) => ({ cause: 'other', message: '退', uploads: [], milestones: [{ id: order.milestoneIds[0], amount: wire(amount) }] })
const ask = async (order: TestOrder, amount: number) => (await done(order.buyer, 'POST', `/orders/${order.id}/refund-requests`, body(order, amount))).items[0].id as string
const accept = (order: TestOrder) => send(order.buyer, 'POST', `/milestones/${order.milestoneIds[0]}/accept`, { version: 1, amount: wire(100_000) })

async function whole(order: TestOrder): Promise<void> {
  const { paidIn, places } = await followOrder(t.deps.db, order.id)
  expect(places.reduce((sum, place) => sum + place.amount.amount, 0n)).toBe(paidIn.amount)
}

async function underReview(): Promise<{ order: TestOrder, requestId: string, id: string }> {
  const order = await runningOrder(t)
  const requestId = await ask(order, 50_000)
  const { disputeId: id } = await done(order.provider, 'POST', `/refund-requests/${requestId}/refuse`, { version: 1, message: '不同意' })
  for (const person of [order.buyer, order.provider]) await done(person, 'POST', `/disputes/${id}/evidence/finish`)
  return { order, requestId, id }
}
const ruling = (toBuyer: number) => ({ toBuyer: wire(toBuyer), toProvider: wire(100_000 - toBuyer), reasons: '依据清单' })

describe('at the same moment', () => {
  it('three arbitrators rule: one ruling stands, and it alone is carried out', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { order, id } = await underReview()
      const answers = await Promise.all(arbitrators.map((person, index) => send(person, 'POST', `/staff/disputes/${id}/ruling`, ruling((index + 1) * 10_000))))
      noFailure(answers)
      expect(won(answers)).toBe(1)
      await t.advance(2 * DAY + 60_000)
      expect(await available(order, 'buyer')).toBe(BigInt((answers.findIndex(answer => answer.statusCode < 300) + 1) * 10_000))
      await whole(order)
    }
  })

  it('a ruling and a withdrawal: either the case is ruled or the milestone goes on', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { order, requestId, id } = await underReview()
      const answers = await Promise.all([send(arbitrators[0] as TestPerson, 'POST', `/staff/disputes/${id}/ruling`, ruling(10_000)), send(order.buyer, 'POST', `/refund-requests/${requestId}/withdraw`)])
      noFailure(answers)
      expect(won(answers)).toBe(1)
      const { state } = await done(order.buyer, 'GET', `/disputes/${id}`)
      expect([state, (await view(order)).milestones[0].heldBy]).toEqual(answers[0]?.statusCode === 200 ? ['ruled', requestId] : ['withdrawn', null])
      await whole(order)
    }
  })

  it('an appeal and the end of its time: carried out once, or decided by another', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { order, id } = await underReview()
      await done(arbitrators[0] as TestPerson, 'POST', `/staff/disputes/${id}/ruling`, ruling(10_000))
      await t.deps.clock.advance(t.deps.sql, 2 * DAY - 20)
      const [appealed] = await Promise.all([send(order.buyer, 'POST', `/disputes/${id}/appeal`, { reason: '不服' }), t.deps.clock.advance(t.deps.sql, 40).then(() => t.worker.drain())])
      expect(appealed?.statusCode).toBeLessThan(500)
      const { state } = await done(order.buyer, 'GET', `/disputes/${id}`)
      expect(state).toBe(appealed?.statusCode === 200 ? 'appealed' : 'executed')
      expect(await available(order, 'buyer')).toBe(state === 'executed' ? 10_000n : 0n)
      await whole(order)
    }
  })

  it('a refund request and the acceptance by silence: held or released, never both', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const order = await runningOrder(t)
      await deliver(order)
      await t.deps.clock.advance(t.deps.sql, 7 * DAY + 1_000)
      const [asked] = await Promise.all([send(order.buyer, 'POST', `/orders/${order.id}/refund-requests`, body(order, 100_000)), t.worker.drain()])
      expect(asked?.statusCode).toBeLessThan(500)
      await t.worker.drain()
      const { milestones: [milestone] } = await view(order)
      expect(milestone.state).toBe(asked?.json().items?.[0].stage === 'escrow' ? 'delivered' : 'released')
      await whole(order)
    }
  })

  it('agreeing twice, countering and withdrawing: one answer counts', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const order = await runningOrder(t)
      const id = await ask(order, 30_000)
      const answers = await Promise.all([
        send(order.provider, 'POST', `/refund-requests/${id}/agree`, { version: 1 }), send(order.provider, 'POST', `/refund-requests/${id}/agree`, { version: 1 }),
        send(order.provider, 'POST', `/refund-requests/${id}/counter`, { version: 1, amount: wire(10), message: '少一点', uploads: [] }), send(order.buyer, 'POST', `/refund-requests/${id}/withdraw`),
      ])
      noFailure(answers)
      const { state } = await done(order.buyer, 'GET', `/refund-requests/${id}`)
      expect(await available(order, 'buyer')).toBe(state === 'executed' ? 30_000n : 0n)
      await whole(order)
    }
  })

  it('a request on clearing money and the end of clearing: frozen, or already the provider’s', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const order = await runningOrder(t)
      await deliver(order)
      await accept(order)
      await t.deps.clock.advance(t.deps.sql, 3 * DAY + 1_000)
      const [asked] = await Promise.all([send(order.buyer, 'POST', `/orders/${order.id}/refund-requests`, body(order, 40_000)), t.worker.drain()])
      await t.worker.drain()
      const frozen = asked?.statusCode === 201 ? await balanceOf(t.deps.db, accountOf.frozen(order.provider.userId, asked.json().items[0].id)) : 0n
      const { net } = await done(order.provider, 'GET', `/orders/${order.id}`)
      expect(await available(order, 'provider') + frozen).toBe(BigInt(net.amount))
      if (asked?.statusCode !== 201) expect(asked?.json().code).toBe('disputes.nothing_to_refund')
      await whole(order)
    }
  })

  it('a refund of clearing money and a payout of all of it: one of them has it', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const people = { buyer: await signUp(t), provider: await signUp(t, { roles: ['buyer', 'provider'], passwordHash: await passwordHashed() }) }
      const order = await runningOrder(t, {}, people)
      await deliver(order)
      await accept(order)
      await t.deps.clock.advance(t.deps.sql, 3 * DAY + 1_000)
      const accountId = (await addAccount(people.provider)).json().id
      const [confirmationId, { net }] = [await confirm(people.provider), await done(people.provider, 'GET', `/orders/${order.id}`)]
      const [asked, paid] = await Promise.all([send(people.buyer, 'POST', `/orders/${order.id}/refund-requests`, body(order, 40_000)), payOut(people.provider, accountId, BigInt(net.amount), { confirmationId }), t.worker.drain()])
      noFailure([asked, paid])
      expect(won([asked, paid])).toBeLessThanOrEqual(1)
      const frozen = asked.statusCode === 201 ? await balanceOf(t.deps.db, accountOf.frozen(people.provider.userId, asked.json().items[0].id)) : 0n
      const takenOut = paid.statusCode === 201 ? BigInt(net.amount) : 0n
      await t.worker.drain()
      expect(await available(order, 'provider') + frozen + takenOut).toBe(BigInt(net.amount))
      await whole(order)
    }
  })
})

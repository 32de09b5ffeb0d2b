/** Instant requirements, paid at a real sandbox gateway: funded before they open, taken by one, refunded when nobody comes. */
import { and, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accountOf } from '@miaodan/shared/ledger/model'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { publishedService } from '../../../test/catalog.ts'
import { send } from '../../../test/orders.ts'
import { signUp, type TestPerson } from '../../../test/people.ts'
import { draftedRequirement, submitted, wireYuan, type WirePatch } from '../../../test/requirements.ts'
import { outbox, transitions } from '../../kernel/tables.ts'
import { inTransaction } from '../../kernel/tx.ts'
import { balanceOf, verifyBooks } from '../ledger/index.ts'
import { updateProvider } from '../accounts/index.ts'
import { openToHall } from '../requirements/index.ts'
import { orders } from './tables.ts'

const HOUR = 3_600_000
const PRICE = 60_000n
const TAKERS = 200

let t: TestApp
let buyer: TestPerson
beforeAll(async () => {
  t = await createTestApp({ gateway: true })
  buyer = await signUp(t, { displayName: '半勺咖啡', roles: ['buyer', 'provider'] })
})
afterAll(async () => {
  expect(await verifyBooks(t.deps.db)).toMatchObject({ ok: true })
  await t.close()
})

const instant = { way: 'instant', price: wireYuan(600), budgetMin: null, budgetMax: null, openHours: 2, title: '冬季菜单单页' } satisfies WirePatch
const stateOf = async (id: string) => (await send(buyer, 'GET', `/requirements/${id}`)).json().state as string
const held = (id: string) => balanceOf(t.deps.db, accountOf.requirementEscrow(id))
const refunded = async (id: string) => (await t.deps.db.select().from(outbox).where(eq(outbox.topic, 'refund.succeeded'))).some(event => event.payload['subjectId'] === id && event.payload['amount'] === PRICE.toString())

/** Waits for what the gateway does by itself, a network away; each look lets the worker do its part. */
async function until(condition: () => Promise<boolean>) {
  for (let look = 0; look < 400; look++) {
    await t.worker.drain()
    if (await condition()) return
    await new Promise(resolve => setTimeout(resolve, 25))
  }
  throw new Error('it did not happen')
}

async function openPayment(id: string, amount = PRICE) {
  const created = await send(buyer, 'POST', '/payments', { purpose: 'requirement', subjectId: id, channel: 'alipay', amount: { amount: amount.toString(), currency: 'CNY' } })
  if (created.statusCode !== 201) return { problem: created.json().code as string, tradeNo: '' }
  const opened = (await send(buyer, 'POST', `/payments/${created.json().id}/open`)).json()
  return { problem: null, tradeNo: new URL(opened.cashierUrl).pathname.split('/').at(-1) as string }
}

async function funded(): Promise<string> {
  const id = await draftedRequirement(t, buyer, instant)
  await submitted(buyer, id)
  const { tradeNo } = await openPayment(id)
  await t.gateway.pay(tradeNo)
  await until(async () => await stateOf(id) === 'open')
  await t.worker.drain()
  return id
}

describe('an instant requirement', () => {
  it('opens when its money is in escrow, and not before', async () => {
    const id = await draftedRequirement(t, buyer, instant)
    expect(await submitted(buyer, id)).toMatchObject({ state: 'in_review', review: 'clear', actions: ['pay', 'withdraw', 'cancel'] })
    expect((await openPayment(id, 50_000n)).problem).toBe('payments.amount_changed')
    const { tradeNo } = await openPayment(id)
    await t.gateway.pay(tradeNo)
    await until(async () => await stateOf(id) === 'open')
    expect(await held(id)).toBe(PRICE)
    expect((await send(buyer, 'GET', `/requirements/${id}`)).json()).toMatchObject({ funded: { amount: { amount: '60000' } } })
    expect((await openPayment(id)).problem).toBe('payments.not_payable')
  })

  it('that was taken back while its payment was on the way gives the money back by itself', async () => {
    const id = await draftedRequirement(t, buyer, instant)
    await submitted(buyer, id)
    const { tradeNo } = await openPayment(id)
    await send(buyer, 'POST', `/requirements/${id}/withdraw`)
    await t.gateway.pay(tradeNo)
    await until(async () => refunded(id))
    expect([await stateOf(id), await held(id)]).toEqual(['draft', 0n])
  })

  it.each(['expires', 'is closed by its buyer'])('that %s is refunded in full the way it was paid', async how => {
    const id = await funded()
    if (how === 'expires') await t.advance(2 * HOUR)
    else await send(buyer, 'POST', `/requirements/${id}/cancel`, {})
    expect([await stateOf(id), await held(id)]).toEqual([how === 'expires' ? 'expired' : 'cancelled', 0n])
    await until(async () => refunded(id))
    await t.worker.drain()
    const notices = (await send(buyer, 'GET', '/notices')).json().items.map((notice: { type: string }) => notice.type)
    expect(notices).toContain('refund_succeeded')
    expect(notices.includes('requirement_expired_refunded') || how !== 'expires').toBe(true)
  })

  it('is taken by nobody who may not see it, nor by its buyer', async () => {
    const id = await funded()
    await inTransaction(t.deps.db, tx => openToHall(tx, t.deps, id))
    expect((await send(buyer, 'POST', `/requirements/${id}/take`)).json()).toMatchObject({ code: 'requirements.own' })
    expect((await send(await signUp(t), 'POST', `/requirements/${id}/take`)).statusCode).toBe(403)
  })

  it(`of ${TAKERS} who take it at the same moment one has it, and the others are told at once`, async () => {
    const invited = await signUp(t, { roles: ['provider'] })
    await inTransaction(t.deps.db, tx => updateProvider(tx, t.deps, invited.userId, {
      headline: '点单小程序', bio: '做点单小程序', bioEn: '', contactName: null, areas: ['all'], skills: ['微信小程序'], weeklyHours: {}, replyHabit: '', holiday: null, capacity: 3,
    }))
    await publishedService(t, invited)
    const id = await funded()
    await inTransaction(t.deps.db, tx => openToHall(tx, t.deps, id))
    const takers: TestPerson[] = []
    for (let number = 0; number < TAKERS; number++) takers.push(await signUp(t, { roles: ['provider'] }))
    const answers = await Promise.all(takers.map(taker => send(taker, 'POST', `/requirements/${id}/take`)))
    const winners = answers.filter(answer => answer.statusCode === 200)
    expect(winners).toHaveLength(1)
    expect(new Set(answers.filter(answer => answer.statusCode !== 200).map(answer => answer.json().code))).toEqual(new Set(['requirements.already_taken']))
    await t.worker.drain()

    const made = await t.deps.db.select().from(orders).where(eq(orders.requirementId, id))
    expect(made).toMatchObject([{ state: 'in_progress', origin: 'instant', price: PRICE }])
    const milestoneId: string = winners[0]?.json().milestones[0].id
    expect([await held(id), await balanceOf(t.deps.db, accountOf.escrow(milestoneId))]).toEqual([0n, PRICE])
    expect(await t.deps.db.select().from(transitions).where(and(eq(transitions.entityId, id), eq(transitions.action, 'award')))).toHaveLength(1)
    const lost = await t.deps.db.select().from(outbox).where(and(eq(outbox.topic, 'requirement.taken_by_other'), eq(outbox.key, id)))
    expect(lost.map(event => event.payload['providerId'])).toEqual([invited.userId])
    expect((await send(invited, 'GET', '/notices')).json().items[0]).toMatchObject({ type: 'requirement_taken' })
    expect((await send(buyer, 'GET', '/notices')).json().items[0]).toMatchObject({ type: 'requirement_awarded', link: `/orders/${made[0]?.id}` })
  })
})

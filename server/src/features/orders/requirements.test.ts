/** Orders that come of a requirement: chosen among quotes, or taken at once. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accountOf } from '@miaodan/shared/ledger/model'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { deliver, done, giveBalance, send, termsOf, twoPeople, wire } from '../../../test/orders.ts'
import { signUp, type TestPerson } from '../../../test/people.ts'
import { postedRequirement } from '../../../test/requirements.ts'
import { newId } from '../../kernel/ids.ts'
import { inTransaction } from '../../kernel/tx.ts'
import { balanceOf, fundRequirement, post, verifyBooks } from '../ledger/index.ts'
import { openToHall } from '../requirements/index.ts'
import { createInstantOrder } from './index.ts'

let t: TestApp
let buyer: TestPerson
let providers: TestPerson[]
beforeAll(async () => {
  t = await createTestApp()
  buyer = await signUp(t)
  providers = await Promise.all([1, 2, 3].map(() => signUp(t, { roles: ['buyer', 'provider'] })))
})
afterAll(async () => {
  expect(await verifyBooks(t.deps.db)).toMatchObject({ ok: true })
  await t.close()
})

/** Posted, and in the hall for every provider at once. */
async function inHall(person: TestPerson): Promise<string> {
  const id = await postedRequirement(t, person)
  await inTransaction(t.deps.db, tx => openToHall(tx, t.deps, id))
  return id
}
const offers = async (requirementId: string) => Promise.all(providers.map(async provider => (await done(provider, 'POST', '/quotes', { requirementId, terms: termsOf() })).id as string))
const stateOf = async (id: string) => (await done(buyer, 'GET', `/quotes/${id}`)).state
const requirementState = async (id: string) => (await done(buyer, 'GET', `/requirements/${id}`)).state

describe('quotes on a requirement', () => {
  it('accepted all at once: one becomes the order, the others are told', async () => {
    const requirementId = await inHall(buyer)
    const quotes = await offers(requirementId)
    const answers = await Promise.all(quotes.map(id => send(buyer, 'POST', `/quotes/${id}/accept`, { version: 1 })))
    expect(answers.map(answer => answer.statusCode).sort()).toEqual([200, 409, 409])
    expect((await Promise.all(quotes.map(stateOf))).sort()).toEqual(['accepted', 'rejected', 'rejected'])
    expect(await requirementState(requirementId)).toBe('awarded')
    const late = await signUp(t, { roles: ['buyer', 'provider'] })
    expect((await send(late, 'POST', '/quotes', { requirementId, terms: termsOf() })).statusCode).toBe(409)
    await t.advance(31 * 60_000)
    expect(await requirementState(requirementId)).toBe('open')
    const again = await done(late, 'POST', '/quotes', { requirementId, terms: termsOf() })
    expect((await send(buyer, 'POST', `/quotes/${again.id}/accept`, { version: 1 })).statusCode).toBe(200)
  })

  it('are one a provider, and none of the buyer', async () => {
    const requirementId = await inHall(buyer)
    const [provider] = providers as [TestPerson]
    const ask = (person: TestPerson) => send(person, 'POST', '/quotes', { requirementId, terms: termsOf() })
    const twice = await Promise.all([ask(provider), ask(provider)])
    expect(twice.map(answer => answer.statusCode).sort()).toEqual([201, 409])
    const both = await signUp(t, { roles: ['buyer', 'provider'] })
    const own = await inHall(both)
    expect((await send(both, 'POST', '/quotes', { requirementId: own, terms: termsOf() })).json().code).toBe('orders.quote_to_self')
    expect((await send(provider, 'POST', '/quotes', { requirementId: newId(), terms: termsOf() })).statusCode).toBe(404)
  })
})

describe('an instant requirement', () => {
  it('becomes an order under way whose escrow is that of the requirement', async () => {
    const people = await twoPeople(t)
    const requirementId = newId()
    await giveBalance(t, people.buyer.userId, 90_000n)
    const paymentId = newId()
    await inTransaction(t.deps.db, tx => post(tx, fundRequirement({ at: t.deps.clock.now(), requirementId, paymentId, payerId: people.buyer.userId, channel: 'balance', amount: 90_000n })))
    const made = await inTransaction(t.deps.db, tx => createInstantOrder(tx, t.deps, {
      requirementId, paymentId, buyerId: people.buyer.userId, providerId: people.provider.userId, categoryId: null, title: '今晚要的海报',
      milestones: [{ title: '海报', price: 90_000n, days: 1, revisions: 1, checklist: ['印刷文件'] }],
    }))
    const order = await done(people.buyer, 'GET', `/orders/${made.id}`)
    expect(order).toMatchObject({ state: 'in_progress', origin: 'instant', next: { code: 'deliver', by: 'provider' }, segments: [{ state: 'held', amount: wire(90_000) }] })
    expect(await balanceOf(t.deps.db, accountOf.requirementEscrow(requirementId))).toBe(0n)
    await deliver({ ...people, id: made.id, milestoneIds: [order.milestones[0].id] })
    await t.advance(8 * 24 * 3_600_000)
    expect((await done(people.buyer, 'GET', `/orders/${made.id}`)).state).toBe('completed')
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { signUp, type TestPerson } from '../../../test/people.ts'
import { newId } from '../../kernel/ids.ts'
import { emit } from '../../kernel/outbox.ts'
import { inTransaction } from '../../kernel/tx.ts'

const DAY_MS = 24 * 3600 * 1000
let t: TestApp
let buyer: TestPerson
let provider: TestPerson
beforeAll(async () => {
  t = await createTestApp()
  buyer = await signUp(t)
  provider = await signUp(t, { roles: ['provider'] })
})
afterAll(() => t.close())

async function completed(): Promise<string> {
  const id = newId()
  await inTransaction(t.deps.db, tx => emit(tx, t.deps.clock, 'order.complete', { id, buyerId: buyer.userId, providerId: provider.userId, number: 'MD1', title: '年货节礼盒', serviceId: null }, id))
  await t.worker.drain()
  return id
}
const submit = (person: TestPerson, orderId: string, score = 5, text = '很好') =>
  person.inject({ method: 'POST', url: `/api/v1/orders/${orderId}/reviews`, payload: { ratings: { attitude: score, skill: score, quality: score }, text, suggestion: '少一点等待' } })
const seen = async (person: TestPerson, orderId: string) => (await person.inject({ url: `/api/v1/orders/${orderId}/reviews` })).json()
const aboutProvider = async () => (await t.app.inject(`/api/v1/people/${provider.userId}/reviews`)).json()

describe('reviews', () => {
  it('stay hidden from the other side and the public until both are in, then appear together', async () => {
    const order = await completed()
    expect((await submit(buyer, order)).statusCode).toBe(204)
    expect((await seen(provider, order)).theirs).toMatchObject({ state: 'submitted', text: null, ratings: null, suggestion: null })
    expect((await aboutProvider()).summary.count).toBe(0)
    await submit(provider, order, 4)
    expect((await seen(provider, order)).theirs).toMatchObject({ state: 'published', text: '很好', suggestion: '少一点等待' })
    const page = await aboutProvider()
    expect(page).toMatchObject({ summary: { count: 1, mean: 5, spread: [0, 0, 0, 0, 1] }, items: [{ text: '很好', author: { id: buyer.userId } }] })
    expect(JSON.stringify(page)).not.toContain('少一点等待')
    const recent = (await t.app.inject('/api/v1/reviews/recent')).json()
    expect(recent.items).toMatchObject([{ title: '年货节礼盒', text: '很好', rating: 5, provider: { id: provider.userId }, buyer: { kind: 'person' } }])
    expect(JSON.stringify(recent)).not.toContain(buyer.userId)
  })

  it('are both published when both are submitted in the same moment', async () => {
    const order = await completed()
    await Promise.all([submit(buyer, order), submit(provider, order)])
    expect((await seen(buyer, order))).toMatchObject({ mine: { state: 'published' }, theirs: { state: 'published' } })
  })

  it('are published alone, or closed, when the seven days are over', async () => {
    const order = await completed()
    await submit(provider, order)
    await t.advance(7 * DAY_MS + 1000)
    expect(await seen(buyer, order)).toMatchObject({ mine: { state: 'closed' }, theirs: { state: 'published' } })
    expect((await submit(buyer, order)).json().code).toBe('reviews.closed')
  })

  it('are written once, by the two sides alone, with one to five stars', async () => {
    const order = await completed()
    const stranger = await signUp(t)
    expect((await submit(stranger, order)).statusCode).toBe(404)
    expect((await stranger.inject({ url: `/api/v1/orders/${order}/reviews` })).statusCode).toBe(404)
    expect((await submit(buyer, order, 6)).json()).toMatchObject({ status: 422, errors: [{ field: 'body.ratings.attitude' }, {}, {}] })
    await submit(buyer, order)
    expect((await submit(buyer, order)).json().code).toBe('reviews.closed')
  })

  it('are answered once by whom they are about', async () => {
    const [review] = (await aboutProvider()).items
    const answer = (person: TestPerson) => person.inject({ method: 'POST', url: `/api/v1/reviews/${review.id}/answer`, payload: { text: '谢谢' } })
    expect((await answer(buyer)).statusCode).toBe(404)
    expect((await answer(provider)).statusCode).toBe(204)
    expect((await answer(provider)).json().code).toBe('reviews.answered')
    expect((await aboutProvider()).items[0].answer).toBe('谢谢')
  })
})

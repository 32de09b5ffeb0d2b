import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { readMessages, sendMessage, startConversation } from '../../../test/chat.ts'
import { signUp, type TestPerson } from '../../../test/people.ts'
import { newId } from '../../kernel/ids.ts'
import { emit } from '../../kernel/outbox.ts'
import { inTransaction } from '../../kernel/tx.ts'
import { chatFeature } from './index.ts'

let t: TestApp
let buyer: TestPerson
let provider: TestPerson
beforeAll(async () => {
  t = await createTestApp()
})
beforeEach(async () => {
  buyer = await signUp(t)
  provider = await signUp(t, { roles: ['provider'] })
})
afterAll(() => t.close())

const happens = async (topic: string, facts: Record<string, unknown>) => {
  await inTransaction(t.deps.db, tx => emit(tx, t.deps.clock, topic, { buyerId: buyer.userId, providerId: provider.userId, title: '年货节礼盒', ...facts }, newId()))
  await t.worker.drain()
}

describe('a deal in the conversation of its two sides', () => {
  it('shows offers and deliveries as cards of who made them and the rest as lines, without any message before', async () => {
    const [quoteId, orderId] = [newId(), newId()]
    await happens('quote.created', { id: quoteId, amount: '1920000', version: 1 })
    await happens('quote.counter', { id: quoteId, amount: '1800000', version: 2, actorId: buyer.userId })
    await happens('order.start', { id: orderId, orderId, number: 'MD26110844017', amount: '1800000' })
    await happens('milestone.deliver', { id: newId(), orderId, number: 'MD26110844017', amount: '960000', orderAmount: '1800000', position: 2, milestoneTitle: '礼盒结构', version: 1, acceptBy: '2026-11-28T08:42:00.000Z', actorId: provider.userId })
    const id = await startConversation(buyer, provider)
    const money = (amount: string) => ({ amount, currency: 'CNY' })
    expect(await readMessages(buyer, id)).toMatchObject([
      { seq: 1, kind: 'card', senderId: provider.userId, card: { event: 'quote.created', by: provider.userId, amount: money('1920000'), subject: { kind: 'quote', id: quoteId, title: '年货节礼盒' } } },
      { seq: 2, kind: 'card', senderId: buyer.userId, card: { event: 'quote.counter', version: 2 } },
      { seq: 3, kind: 'system', senderId: null, card: { event: 'order.start', subject: { kind: 'order', id: orderId, number: 'MD26110844017' } } },
      { seq: 4, kind: 'card', senderId: provider.userId, card: { event: 'milestone.deliver', amount: money('960000'), subject: { amount: money('1800000') }, milestone: { position: 2, title: '礼盒结构' }, dueAt: '2026-11-28T08:42:00.000Z' } },
    ])
    const [view] = (await buyer.inject({ url: '/api/v1/conversations?filter=orders' })).json().items
    // A line is no message from the other one.
    expect(view).toMatchObject({ id, unread: 2, subjects: [{ kind: 'order', id: orderId }, { kind: 'quote', id: quoteId }] })
  })

  it('says of an instant order only that it is paid and begins', async () => {
    const id = await startConversation(buyer, provider)
    const [before, order] = [(await readMessages(buyer, id)).length, { id: newId(), orderId: newId(), number: 'MD26110844018', amount: '100', origin: 'instant' }]
    await happens('order.created', order)
    await happens('order.start', order)
    expect((await readMessages(buyer, id)).slice(before).map(message => message.card?.['event'])).toEqual(['order.start'])
  })

  it('is told once, however often the event is handed on', async () => {
    const orderId = newId()
    const event = { eventId: newId(), topic: 'order.pay', at: t.deps.clock.now(), payload: { orderId, buyerId: buyer.userId, providerId: provider.userId, title: 'x', number: 'MD1', amount: '100' } }
    const tell = chatFeature.subscribers?.[0]
    for (let i = 0; i < 3; i++) await inTransaction(t.deps.db, async tx => tell?.handle(tx, event, t.deps))
    expect(await readMessages(buyer, await startConversation(buyer, provider))).toHaveLength(1)
  })

  it('goes on between people who have blocked each other, and needs both sides to be named', async () => {
    const id = await startConversation(buyer, provider)
    await buyer.inject({ method: 'PUT', url: `/api/v1/conversations/${id}/block` })
    await happens('order.accept', { id: newId(), orderId: newId(), number: 'MD2', amount: '100', actorId: provider.userId })
    await happens('order.accept', { id: newId(), orderId: newId(), number: 'MD3', amount: '100', buyerId: null })
    expect((await readMessages(provider, id)).map(message => message.card?.['event'])).toEqual(['order.accept'])
    expect((await sendMessage(provider, id, { text: 'hello' })).statusCode).toBe(403)
  })
})

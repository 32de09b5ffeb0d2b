/** Reported content: who may report what, that one decision counts for all, and what is gone afterwards. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { durationMs } from '@miaodan/shared/kernel/time'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { done, deliver, runningOrder } from '../../../test/orders.ts'
import { signUp, type TestPerson } from '../../../test/people.ts'
import { inTransaction } from '../../kernel/tx.ts'
import { conversationOf } from '../chat/index.ts'

let t: TestApp
let moderator: TestPerson
beforeAll(async () => {
  t = await createTestApp()
  moderator = await signUp(t, { staffRoles: ['moderator'] })
})
afterAll(() => t.close())

let sent = 0
async function said(sender: TestPerson, other: TestPerson, text: string): Promise<{ conversationId: string, seq: number }> {
  const conversationId = await inTransaction(t.deps.db, tx => conversationOf(tx, t.deps, sender.userId, other.userId))
  const answer = await sender.inject({ method: 'POST', url: `/api/v1/conversations/${conversationId}/messages`, payload: { clientId: `reported-${++sent}`, text } })
  return { conversationId, seq: answer.json().seq }
}
const report = (by: TestPerson, what: object) => by.inject({ method: 'POST', url: '/api/v1/reports', payload: { reason: 'abuse', note: '', ...what } })
const decide = (id: string, how: 'removal' | 'dismissal', by = moderator) => by.inject({ method: 'POST', url: `/api/v1/staff/reports/${id}/${how}`, payload: { note: '辱骂他人' } })
type Item = { id: string, content: string, alike: number, state: string, author: { id: string } }
const list = async (state = 'open'): Promise<Item[]> => (await moderator.inject({ url: `/api/v1/staff/reports?state=${state}&limit=100` })).json().items
const messages = async (reader: TestPerson, id: string) => (await reader.inject({ url: `/api/v1/conversations/${id}/messages` })).json().items

describe('a reported message', () => {
  it('is removed for both, keeps its number, and its author is told why', async () => {
    const [rude, other] = [await signUp(t), await signUp(t)]
    const what = await said(rude, other, '你就是个骗子')
    expect((await report(other, { kind: 'message', ...what, note: '一直这样' })).statusCode).toBe(204)
    expect((await report(other, { kind: 'message', ...what })).statusCode).toBe(204)
    const item = (await list()).find(one => one.author.id === rude.userId)
    expect(item).toMatchObject({ content: '你就是个骗子', alike: 1, state: 'open' })
    expect((await decide(item?.id ?? '', 'removal')).statusCode).toBe(204)
    for (const reader of [rude, other]) expect(await messages(reader, what.conversationId)).toMatchObject([{ seq: what.seq, text: '', removed: true }])
    await t.worker.drain()
    expect((await rude.inject({ url: '/api/v1/notices' })).json().items[0]).toMatchObject({ type: 'content_removed', body: expect.stringContaining('辱骂他人') })
    expect((await report(other, { kind: 'message', ...what })).statusCode).toBe(404)
    expect((await list('decided'))[0]).toMatchObject({ id: item?.id, state: 'removed', content: '你就是个骗子' })
    const [entry] = await t.deps.sql`select action, old_values, new_values, reason from audit_entries where entity_id = ${item?.id ?? ''}`
    expect(entry).toMatchObject({ action: 'reports.content_removed', old_values: { content: '你就是个骗子' }, new_values: { content: null }, reason: '辱骂他人' })
  })

  it('that may stay stays', async () => {
    const [one, other] = [await signUp(t), await signUp(t)]
    const what = await said(one, other, '价格不合适，再见')
    await report(other, { kind: 'message', ...what })
    const item = (await list()).find(found => found.author.id === one.userId)
    expect((await decide(item?.id ?? '', 'dismissal')).statusCode).toBe(204)
    expect(await messages(other, what.conversationId)).toMatchObject([{ text: '价格不合适，再见' }])
    expect((await decide(item?.id ?? '', 'removal')).json().code).toBe('kernel.illegal_transition')
  })

  it('is reported only by the one it was written to, and decided by nobody involved', async () => {
    const [one, other, stranger] = [await signUp(t), await signUp(t, { staffRoles: ['moderator'] }), await signUp(t)]
    const what = await said(one, other, '在吗')
    expect((await report(stranger, { kind: 'message', ...what })).statusCode).toBe(404)
    expect((await report(one, { kind: 'message', ...what })).json().code).toBe('admin.report_own')
    expect((await report(other, { kind: 'message', ...what, seq: 99 })).statusCode).toBe(404)
    await report(other, { kind: 'message', ...what })
    const item = (await list()).find(found => found.author.id === one.userId)
    expect((await decide(item?.id ?? '', 'removal', other)).json().code).toBe('admin.report_involved')
    expect((await decide(item?.id ?? '', 'removal', stranger)).statusCode).toBe(403)
  })
})

describe('a reported review', () => {
  it('is decided once for all who reported it, and counts no more', async () => {
    const order = await runningOrder(t)
    await deliver(order)
    await done(order.buyer, 'POST', `/milestones/${order.milestoneIds[0]}/accept`, { version: 1, amount: { amount: '100000', currency: 'CNY' } }).catch(() => undefined)
    await t.worker.drain()
    const write = (by: TestPerson, stars: number, text: string) => by.inject({ method: 'POST', url: `/api/v1/orders/${order.id}/reviews`, payload: { ratings: { attitude: stars, skill: stars, quality: stars }, text } })
    expect((await write(order.buyer, 1, '根本没交付，骗子')).statusCode).toBe(204)
    await write(order.provider, 5, '付款及时')
    await t.advance(durationMs({ days: 8 }))
    const read = async () => (await t.app.inject({ url: `/api/v1/people/${order.provider.userId}/reviews` })).json()
    const [review] = (await read()).items
    expect(review).toMatchObject({ text: '根本没交付，骗子' })
    const reader = await signUp(t)
    expect((await report(order.provider, { kind: 'review', reviewId: review.id, reason: 'untrue' })).statusCode).toBe(204)
    expect((await report(reader, { kind: 'review', reviewId: review.id })).statusCode).toBe(204)
    expect((await report(order.buyer, { kind: 'review', reviewId: review.id })).json().code).toBe('admin.report_own')
    const items = (await list()).filter(item => item.author.id === order.buyer.userId)
    expect(items.map(item => item.alike)).toEqual([2, 2])
    const answers = await Promise.all(items.flatMap(item => [decide(item.id, 'removal'), decide(item.id, 'dismissal')]))
    expect(answers.map(answer => answer.statusCode).sort()).toEqual([204, 409, 409, 409])
    const states = new Set((await list('decided')).filter(item => item.author.id === order.buyer.userId).map(item => item.state))
    expect(states.size).toBe(1)
    const after = await read()
    if (states.has('removed')) expect(after).toMatchObject({ items: [], summary: { count: 0 } })
    else expect(after.items).toHaveLength(1)
    await t.worker.drain()
  })
})

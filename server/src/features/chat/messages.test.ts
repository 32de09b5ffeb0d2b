import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import sharp from 'sharp'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { readMessages, sendMessage, startConversation } from '../../../test/chat.ts'
import { signUp, type TestPerson } from '../../../test/people.ts'
import { upload } from '../../../test/uploads.ts'
import { newId } from '../../kernel/ids.ts'

let t: TestApp
let ann: TestPerson
let bo: TestPerson
let stranger: TestPerson
beforeAll(async () => {
  t = await createTestApp()
  ;[ann, bo, stranger] = await Promise.all([signUp(t), signUp(t, { roles: ['provider'] }), signUp(t)]) as [TestPerson, TestPerson, TestPerson]
})
afterAll(() => t.close())

/** A conversation nobody has written in yet. */
async function freshPair(): Promise<{ one: TestPerson, other: TestPerson, id: string }> {
  const [one, other] = await Promise.all([signUp(t), signUp(t)])
  return { one, other, id: await startConversation(one, other) }
}
const unreadOf = async (person: TestPerson) => (await person.inject({ url: '/api/v1/conversations/unread' })).json()
const read = async (person: TestPerson, id: string, seq: number) => (await person.inject({ method: 'POST', url: `/api/v1/conversations/${id}/read`, payload: { seq } })).json()

async function uploadPicture(person: TestPerson) {
  const bytes = await sharp({ create: { width: 90, height: 60, channels: 3, background: '#E23F0D' } }).png().toBuffer()
  return upload(person, { name: '采茶分镜.png', bytes: new Uint8Array(bytes) })
}

describe('a conversation', () => {
  it('is one for a pair, whoever begins it and however many begin it at once', async () => {
    const [one, other] = await Promise.all([signUp(t), signUp(t)])
    const ids = await Promise.all(Array.from({ length: 8 }, (_, i) => i % 2 ? startConversation(one, other) : startConversation(other, one)))
    expect(new Set(ids).size).toBe(1)
    expect((await one.inject({ url: `/api/v1/conversations/${ids[0]}` })).json()).toMatchObject({ other: { id: other.userId }, last: null, lastSeq: 0, unread: 0 })
  })

  it('is not there for a stranger, whatever they try', async () => {
    const id = await startConversation(ann, bo)
    const attempts = await Promise.all([
      stranger.inject({ url: `/api/v1/conversations/${id}` }),
      stranger.inject({ url: `/api/v1/conversations/${id}/messages` }),
      sendMessage(stranger, id, { text: 'hello' }),
      stranger.inject({ method: 'POST', url: `/api/v1/conversations/${id}/read`, payload: { seq: 1 } }),
      stranger.inject({ method: 'PUT', url: `/api/v1/conversations/${id}/block` }),
      stranger.inject({ method: 'PUT', url: `/api/v1/conversations/${id}/mute`, payload: { muted: true } }),
      sendMessage(ann, newId(), { text: 'hello' }),
    ])
    expect(attempts.map(answer => answer.statusCode)).toEqual(attempts.map(() => 404))
    expect((await t.app.inject({ url: `/api/v1/conversations/${id}` })).statusCode).toBe(401)
  })

  it('is with somebody who is there, and not with oneself', async () => {
    const start = (userId: string) => ann.inject({ method: 'POST', url: '/api/v1/conversations', payload: { userId } })
    expect((await start(ann.userId)).json().code).toBe('chat.with_oneself')
    expect((await start(newId())).statusCode).toBe(404)
  })

  it('is about nothing that the server does not know', async () => {
    const answer = await ann.inject({ method: 'POST', url: '/api/v1/conversations', payload: { userId: bo.userId, subject: { kind: 'order', id: newId(), title: 'a made-up order', amount: '1' } } })
    expect(answer.statusCode).toBe(404)
  })

  it('stands in both lists, the latest first, and is found by unread', async () => {
    const { one, other, id } = await freshPair()
    const earlier = await startConversation(one, bo)
    await sendMessage(bo, earlier, { text: 'first' })
    await t.advance(1_000)
    await sendMessage(other, id, { text: 'second' })
    const list = async (query = '') => (await one.inject({ url: `/api/v1/conversations${query}` })).json()
    expect((await list()).items.map((item: { id: string }) => item.id)).toEqual([id, earlier])
    const first = await list('?limit=1')
    expect((await list(`?limit=1&cursor=${encodeURIComponent(first.next)}`)).items[0].id).toBe(earlier)
    await read(one, id, 1)
    expect((await list('?filter=unread')).items.map((item: { id: string }) => item.id)).toEqual([earlier])
    expect((await list('?filter=orders')).items).toEqual([])
  })
})

describe('a message', () => {
  it('sent many times at once under the same client id is stored once, and all get the same answer', async () => {
    const { one, other, id } = await freshPair()
    const answers = await Promise.all(Array.from({ length: 12 }, () => sendMessage(one, id, { clientId: 'the-same-one', text: 'only once' })))
    expect(answers.map(answer => answer.statusCode)).toEqual(answers.map(() => 201))
    expect(new Set(answers.map(answer => answer.body)).size).toBe(1)
    // Another person's id is another one's.
    await sendMessage(other, id, { clientId: 'the-same-one', text: 'mine' })
    expect((await readMessages(one, id)).map(({ seq, text }) => [seq, text])).toEqual([[1, 'only once'], [2, 'mine']])
  })

  it('of two people writing at the same time gets the next number, without a gap', async () => {
    const { one, other, id } = await freshPair()
    await Promise.all([one, other].flatMap(person => Array.from({ length: 100 }, (_, i) => sendMessage(person, id, { text: `${person.username} ${i}` }))))
    const pages = [await readMessages(one, id, { after: 0 }), await readMessages(one, id, { after: 100 })].flat()
    expect(pages.map(message => message.seq)).toEqual(Array.from({ length: 200 }, (_, i) => i + 1))
    expect(new Set(pages.map(message => message.text)).size).toBe(200)
    expect(pages.every((message, i) => i === 0 || message.at >= (pages[i - 1]?.at ?? ''))).toBe(true)
  })

  it('that somebody lacks is exactly what comes after the last number they have', async () => {
    const { one, other, id } = await freshPair()
    for (let i = 1; i <= 12; i++) await sendMessage(i % 3 ? one : other, id, { text: String(i) })
    expect((await readMessages(other, id, { after: 7 })).map(message => message.seq)).toEqual([8, 9, 10, 11, 12])
    expect((await readMessages(other, id, { after: 7, limit: 2 })).map(message => message.seq)).toEqual([8, 9])
    expect((await readMessages(other, id, { before: 5, limit: 2 })).map(message => message.seq)).toEqual([3, 4])
    expect((await readMessages(other, id, { limit: 3 })).map(message => message.seq)).toEqual([10, 11, 12])
    expect(await readMessages(other, id, { after: 12 })).toEqual([])
  })

  it('has limits: not empty, 4,000 characters, 10 files, a body of 1 MB', async () => {
    const { one, id } = await freshPair()
    const codes = await Promise.all([
      sendMessage(one, id, { text: '  ' }), sendMessage(one, id, { text: '字'.repeat(4_001) }), sendMessage(one, id, { uploadIds: Array.from({ length: 11 }, newId) }),
      sendMessage(one, id, { clientId: 'no good', text: 'x' }), sendMessage(one, id, { text: 'x'.repeat(10 * 1024 * 1024) }),
    ])
    expect(codes.map(answer => answer.statusCode)).toEqual([422, 422, 422, 422, 413])
    expect((await sendMessage(one, id, { text: '字'.repeat(4_000) })).statusCode).toBe(201)
    expect((await readMessages(one, id)).length).toBe(1)
  })

  it('cannot be sent faster than a person writes', async () => {
    const slow = await createTestApp({ environment: { RATE_LIMIT: '60' } })
    try {
      const [one, other] = await Promise.all([signUp(slow), signUp(slow)])
      const id = await startConversation(one, other)
      const answers = await Promise.all(Array.from({ length: 8 }, () => sendMessage(one, id, { text: 'spam' })))
      expect(answers.filter(answer => answer.statusCode === 201)).toHaveLength(4)
      expect(answers.find(answer => answer.statusCode === 429)?.json().code).toBe('chat.too_fast')
    } finally {
      await slow.close()
    }
  })

  it('carries files that only the two may read', async () => {
    const id = await startConversation(ann, bo)
    const picture = await uploadPicture(ann)
    expect((await bo.inject({ url: picture.url })).statusCode).toBe(404)
    const first = await sendMessage(ann, id, { clientId: 'with-a-picture', uploadIds: [picture.id] })
    expect(first.json()).toMatchObject({ kind: 'image', text: '', uploads: [{ name: '采茶分镜.png' }] })
    const again = await sendMessage(ann, id, { clientId: 'with-a-picture', uploadIds: [picture.id] })
    expect(again.json()).toEqual(first.json())
    expect([(await bo.inject({ url: picture.url })).statusCode, (await stranger.inject({ url: picture.url })).statusCode]).toEqual([200, 404])
    // Nobody sends somebody else's file.
    expect((await sendMessage(bo, id, { uploadIds: [(await uploadPicture(ann)).id] })).json().code).toBe('kernel.upload_missing')
  })

  it('is refused while either side blocks the other, and what was stored before is still answered', async () => {
    const { one, other, id } = await freshPair()
    await sendMessage(one, id, { clientId: 'before-the-block', text: 'hello' })
    expect((await other.inject({ method: 'PUT', url: `/api/v1/conversations/${id}/block` })).json().blocked).toBe(true)
    expect((await sendMessage(one, id, { text: 'again' })).json().code).toBe('chat.refused_by_other')
    expect((await sendMessage(other, id, { text: 'me too' })).json().code).toBe('chat.blocked_by_you')
    expect((await sendMessage(one, id, { clientId: 'before-the-block', text: 'hello' })).json().seq).toBe(1)
    expect((await one.inject({ url: `/api/v1/conversations/${id}` })).json().blocked).toBe(false)
    await other.inject({ method: 'DELETE', url: `/api/v1/conversations/${id}/block` })
    expect((await sendMessage(one, id, { text: 'again' })).json().seq).toBe(2)
  })
})

describe('read marks', () => {
  it('only go forward, never past the end, and the unread counts agree with the messages', async () => {
    const { one, other, id } = await freshPair()
    for (let i = 1; i <= 6; i++) await sendMessage(i === 4 ? other : one, id, { text: String(i) })
    expect(await unreadOf(other)).toEqual({ count: 5, conversations: 1 })
    expect(await read(other, id, 3)).toEqual({ readSeq: 3, unread: 2 })
    expect(await read(other, id, 1)).toEqual({ readSeq: 3, unread: 2 })
    expect(await unreadOf(other)).toEqual({ count: 2, conversations: 1 })
    expect((await other.inject({ url: `/api/v1/conversations/${id}` })).json()).toMatchObject({ readSeq: 3, otherReadSeq: 0, unread: 2 })
    expect((await one.inject({ url: `/api/v1/conversations/${id}` })).json()).toMatchObject({ readSeq: 0, otherReadSeq: 3, unread: 1 })
    expect(await read(other, id, 999)).toEqual({ readSeq: 6, unread: 0 })
    await sendMessage(one, id, { text: '7' })
    expect(await unreadOf(other)).toEqual({ count: 1, conversations: 1 })
    await other.inject({ method: 'PUT', url: `/api/v1/conversations/${id}/mute`, payload: { muted: true } })
    expect(await unreadOf(other)).toEqual({ count: 0, conversations: 0 })
  })
})

/** Messages that nobody reads are told outside, gathered, and only to who is away. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { durationMs } from '@miaodan/shared/kernel/time'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { sendMessage, startConversation } from '../../../test/chat.ts'
import { signUp, type TestPerson } from '../../../test/people.ts'
import { markOnline } from '../accounts/index.ts'
import { tellWaiting } from './waiting.ts'

let t: TestApp
beforeAll(async () => {
  t = await createTestApp()
})
afterAll(() => t.close())

const MINUTE = durationMs({ minutes: 1 })
async function pair(locale: 'zh-CN' | 'en' = 'zh-CN') {
  const [writer, reader] = [await signUp(t), await signUp(t, { locale })]
  return { writer, reader, id: await startConversation(writer, reader) }
}
const mails = async ({ username }: TestPerson) => (await t.deps.mailbox.list(`${username}@example.com`)).map(({ subject, text }) => ({ subject, leads: /\/messages\S*/.exec(text)?.[0] }))
const read = (person: TestPerson, id: string, seq: number) => person.inject({ method: 'POST', url: `/api/v1/conversations/${id}/read`, payload: { seq } })

describe('messages that nobody reads', () => {
  it('come as one mail some minutes after the first, and not among the notices', async () => {
    const { writer, reader, id } = await pair()
    await sendMessage(writer, id, { text: '在吗？' })
    await t.advance(3 * MINUTE)
    await sendMessage(writer, id, { text: '想问一下价格' })
    await t.advance(MINUTE)
    expect(await mails(reader)).toEqual([])
    await t.advance(MINUTE + 1_000)
    expect(await mails(reader)).toEqual([{ subject: `${writer.username} 给你发了 2 条消息`, leads: `/messages/${id}` }])
    expect((await reader.inject({ url: '/api/v1/notices' })).json().items).toEqual([])
    expect((await reader.inject({ url: '/api/v1/notices/unread' })).json()).toEqual({ count: 0 })
    await t.advance(60 * MINUTE)
    expect(await mails(reader)).toHaveLength(1)
    expect(await mails(writer)).toEqual([])
  })

  it('of several people come as one mail, in the language of the reader', async () => {
    const { writer, reader, id } = await pair('en')
    const other = await signUp(t)
    await sendMessage(writer, id, { text: 'one' })
    await t.advance(MINUTE)
    await sendMessage(other, await startConversation(other, reader), { text: 'two' })
    await t.advance(5 * MINUTE)
    expect(await mails(reader)).toEqual([{ subject: `Unread messages (2) from ${writer.username}, ${other.username}`, leads: '/messages' }])
  })

  it('are not told when they were read meanwhile, or the conversation is muted', async () => {
    const [one, two] = [await pair(), await pair()]
    await two.reader.inject({ method: 'PUT', url: `/api/v1/conversations/${two.id}/mute`, payload: { muted: true } })
    for (const { writer, id } of [one, two]) await sendMessage(writer, id, { text: '你好' })
    await t.advance(MINUTE)
    await read(one.reader, one.id, 1)
    await t.advance(30 * MINUTE)
    for (const { reader } of [one, two]) expect(await mails(reader)).toEqual([])
  })

  it('wait while the person is here, and are told when they have gone without reading', async () => {
    const { writer, reader, id } = await pair()
    await sendMessage(writer, id, { text: '你好' })
    for (let minute = 0; minute < 10; minute++) {
      await markOnline(t.deps, [reader.userId])
      await t.advance(MINUTE)
    }
    expect(await mails(reader)).toEqual([])
    await t.advance(5 * MINUTE)
    expect(await mails(reader)).toHaveLength(1)
  })

  it('are told again after they were read, and hours later when they were not', async () => {
    const { writer, reader, id } = await pair()
    await sendMessage(writer, id, { text: '1' })
    await t.advance(6 * MINUTE)
    await sendMessage(writer, id, { text: '2' })
    await t.advance(60 * MINUTE)
    expect(await mails(reader)).toHaveLength(1)
    await t.advance(durationMs({ hours: 6 }))
    expect(await mails(reader)).toHaveLength(2)
    await read(reader, id, 2)
    await sendMessage(writer, id, { text: '3' })
    await t.advance(6 * MINUTE)
    expect((await mails(reader)).map(({ subject }) => subject)).toEqual([1, 1, 1].map(count => `${writer.username} 给你发了 ${count} 条消息`))
  })

  it('are found also when nobody looked for long', async () => {
    const { writer, reader, id } = await pair()
    await sendMessage(writer, id, { text: '你好' })
    await t.advance(durationMs({ days: 7 }))
    expect(await mails(reader)).toHaveLength(1)
  })

  it('are looked for by one process at a time, and told once', async () => {
    const { writer, reader, id } = await pair()
    await sendMessage(writer, id, { text: '你好' })
    await t.deps.clock.advance(t.deps.sql, 6 * MINUTE)
    const told = await Promise.all(Array.from({ length: 6 }, () => tellWaiting(t.deps)))
    expect(told.reduce((sum, count) => sum + count, 0)).toBe(1)
    await t.worker.drain()
    expect(await mails(reader)).toHaveLength(1)
  })

  it('are not mailed in the morning when they were read in the night', async () => {
    const { writer, reader, id } = await pair()
    const clock = (ms: number): string => new Date(t.deps.clock.now().getTime() + ms).toISOString().slice(11, 16)
    await reader.inject({ method: 'PUT', url: '/api/v1/notices/settings/quiet-hours', payload: { from: clock(-MINUTE), until: clock(durationMs({ hours: 8 })), timeZone: 'UTC' } })
    await sendMessage(writer, id, { text: '你好' })
    await t.advance(durationMs({ hours: 1 }))
    await read(reader, id, 1)
    await t.advance(durationMs({ hours: 8 }))
    expect(await mails(reader)).toEqual([])
  })
})

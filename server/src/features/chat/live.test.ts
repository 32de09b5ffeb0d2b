import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { ChatClient } from '../../../test/chat-client.ts'
import { sendMessage, startConversation } from '../../../test/chat.ts'
import { signUp, type TestPerson } from '../../../test/people.ts'

let t: TestApp
let address: string
beforeAll(async () => {
  t = await createTestApp()
  address = await t.app.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(() => t.close())

async function pair(): Promise<{ one: TestPerson, other: TestPerson, id: string }> {
  const [one, other] = await Promise.all([signUp(t), signUp(t)])
  return { one, other, id: await startConversation(one, other) }
}
const texts = (client: ChatClient) => client.messages.map(message => message.text)

describe('live', () => {
  it('brings each message once and in order, also to one whose line breaks in the middle', async () => {
    const { one, other, id } = await pair()
    const client = new ChatClient(address, other.cookie, id)
    await client.connect()
    const expected = Array.from({ length: 60 }, (_, i) => i % 10 === 9 ? `${i} ${'长'.repeat(1_200)}` : String(i))
    for (const [i, text] of expected.entries()) {
      if (i === 20) await client.drop()
      if (i === 45) await client.connect()
      await sendMessage(one, id, { text })
    }
    await expect.poll(() => client.lastSeq).toBe(60)
    expect(texts(client)).toEqual(expected)
    await client.drop()
  })

  it('carries short texts along; long ones are announced by number only', async () => {
    const { one, other, id } = await pair()
    const client = new ChatClient(address, other.cookie, id)
    await client.connect()
    await sendMessage(one, id, { text: '短' })
    await sendMessage(one, id, { text: '长'.repeat(1_001) })
    await expect.poll(() => texts(client)).toEqual(['短', '长'.repeat(1_001)])
    const announced = client.heard.filter(message => message.type === 'message.created')
    expect(announced).toMatchObject([{ seq: 1, text: '短', senderId: one.userId }, { seq: 2 }])
    expect(announced[1]).not.toHaveProperty('text')
    await client.drop()
  })

  it('tells the sender what has been read, and the other that one is typing, not too often', async () => {
    const { one, other, id } = await pair()
    const [mine, theirs] = [new ChatClient(address, one.cookie, id), new ChatClient(address, other.cookie, id)]
    await Promise.all([mine.connect(), theirs.connect()])
    await sendMessage(one, id, { text: 'read this' })
    await other.inject({ method: 'POST', url: `/api/v1/conversations/${id}/read`, payload: { seq: 1 } })
    await expect.poll(() => mine.heard).toContainEqual({ type: 'conversation.read', conversationId: id, userId: other.userId, seq: 1 })
    for (let i = 0; i < 5; i++) theirs.say({ type: 'chat.typing', conversationId: id })
    const typed = () => mine.heard.filter(message => message.type === 'chat.typing')
    await expect.poll(typed).toEqual([{ type: 'chat.typing', conversationId: id, userId: other.userId }])
    // A message that is sent later arrives later: nothing more was said about typing before it.
    await sendMessage(other, id, { text: 'done' })
    await expect.poll(() => mine.lastSeq).toBe(2)
    expect(typed()).toHaveLength(1)
    await Promise.all([mine.drop(), theirs.drop()])
  })

  it('hands no typing of a stranger on', async () => {
    const { other, id } = await pair()
    const stranger = await signUp(t)
    const [theirs, intruder] = [new ChatClient(address, other.cookie, id), new ChatClient(address, stranger.cookie, await startConversation(stranger, other))]
    await theirs.connect()
    await intruder.connect()
    intruder.say({ type: 'chat.typing', conversationId: id })
    intruder.say({ type: 'chat.typing', conversationId: 'no such thing' })
    await sendMessage(other, id, { text: 'nobody else is here' })
    await expect.poll(() => theirs.lastSeq).toBe(1)
    expect(theirs.heard.filter(message => message.type === 'chat.typing')).toEqual([])
    await Promise.all([theirs.drop(), intruder.drop()])
  })

  it('tells those one talks with who is here', async () => {
    const { one, other, id } = await pair()
    const [mine, theirs] = [new ChatClient(address, one.cookie, id), new ChatClient(address, other.cookie, id)]
    await mine.connect()
    await theirs.connect()
    await expect.poll(() => mine.heard).toContainEqual({ type: 'presence.changed', userId: other.userId, online: true })
    expect((await one.inject({ url: `/api/v1/conversations/${id}` })).json().other.online).toBe(true)
    await theirs.drop()
    await expect.poll(() => mine.heard, { timeout: 10_000 }).toContainEqual({ type: 'presence.changed', userId: other.userId, online: false })
    await mine.drop()
  })
})

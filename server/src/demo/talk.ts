/** What people write each other, and how far they have read. */
import { announcements } from '@miaodan/shared/announcements/contract'
import { chat } from '@miaodan/shared/chat/contract'
import type { Conversation, SubjectKind } from '@miaodan/shared/chat/model'
import { notifications } from '@miaodan/shared/notifications/contract'
import { newId } from '../kernel/ids.ts'
import { momentOf } from './clock.ts'
import { conversations } from './content/conversations/index.ts'
import type { DemoConversation, DemoMessage } from './content/types.ts'
import { send } from './files/index.ts'
import { tradeNameOf } from './people.ts'
import { scene, type Scene } from './scenes.ts'
import { known, type Actor, type Stage } from './stage.ts'

type Side = 'buyer' | 'provider'
/** Notices and messages of before are read; what came since is what a visitor finds new. */
const LAST_READ = { day: -3, time: '12:00' } as const
const PAGE = 100

export function talkScenes(stage: Stage): Scene[] {
  return [
    ...conversations.flatMap(conversation => conversation.messages.map(message => ({
      at: momentOf(message.at, stage.loadedAt), name: `${conversation.id} goes on`, play: () => say(stage, conversation, message),
    }))),
    scene(stage, LAST_READ, 'everybody reads', async () => {
      for (const actor of stage.people.values()) await catchUp(actor)
    }),
  ]
}

/** What each side has left unread in its conversations of the content. Played at the very end. */
export async function leaveUnread(stage: Stage): Promise<void> {
  for (const conversation of conversations) for (const side of ['buyer', 'provider'] as const) {
    const [reader, other] = [sideOf(stage, conversation, side), sideOf(stage, conversation, side === 'buyer' ? 'provider' : 'buyer')]
    const { id, lastSeq } = await open(stage, conversation, side)
    const { items } = await reader.call(chat.messages, { params: { id }, query: { limit: PAGE } })
    const theirs = items.filter(item => item.senderId === other.userId).map(item => item.seq)
    const count = conversation.unread[side]
    const seq = count === 0 ? lastSeq : (theirs.at(-count) ?? 1) - 1
    await reader.call(chat.read, { params: { id }, body: { seq } })
  }
}

const sideOf = (stage: Stage, { buyerId, providerId }: DemoConversation, side: Side): Actor => known(stage.people, side === 'buyer' ? buyerId : providerId)

function open(stage: Stage, conversation: DemoConversation, side: Side): Promise<Conversation> {
  return sideOf(stage, conversation, side).call(chat.start, { body: { userId: sideOf(stage, conversation, side === 'buyer' ? 'provider' : 'buyer').userId } })
}

async function say(stage: Stage, conversation: DemoConversation, message: DemoMessage): Promise<void> {
  const sender = sideOf(stage, conversation, message.by)
  const { id, lastSeq } = await open(stage, conversation, message.by)
  if (lastSeq > 0) await sender.call(chat.read, { params: { id }, body: { seq: lastSeq } })
  const content = await contentOf(stage, sender, conversation, message)
  await sender.call(chat.send, { params: { id }, body: { clientId: newId(), text: '', uploadIds: [], ...content } })
}

async function contentOf(stage: Stage, sender: Actor, conversation: DemoConversation, message: DemoMessage): Promise<{ text?: string, uploadIds?: string[], subject?: { kind: SubjectKind, id: string } }> {
  if ('text' in message) return { text: message.text }
  if ('card' in message) return { subject: subjectOf(stage, conversation) }
  const sending = { about: '', author: tradeNameOf(message.by === 'buyer' ? conversation.buyerId : conversation.providerId), paragraphs: [] }
  if ('image' in message) return { text: message.caption, uploadIds: await send(stage, sender.userId, [message.image], sending) }
  return { uploadIds: await send(stage, sender.userId, [message.file], sending) }
}

function subjectOf(stage: Stage, { about }: DemoConversation): { kind: SubjectKind, id: string } {
  if ('serviceId' in about) return { kind: 'service', id: known(stage.services, about.serviceId) }
  if ('requirementId' in about) return { kind: 'requirement', id: known(stage.requirements, about.requirementId) }
  return { kind: 'order', id: known(stage.orders, about.orderId) }
}

async function catchUp(actor: Actor): Promise<void> {
  await actor.call(notifications.readAll, {})
  const { latest } = await actor.call(announcements.news, {})
  if (latest && !latest.read) await actor.call(announcements.read, { params: { id: latest.id } })
  const { items } = await actor.call(chat.list, { query: { limit: PAGE, filter: 'unread' } })
  for (const { id, lastSeq } of items) await actor.call(chat.read, { params: { id }, body: { seq: lastSeq } })
}

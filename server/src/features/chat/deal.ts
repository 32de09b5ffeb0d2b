/**
 * What happens in a deal stands in the conversation of its two sides: offers and deliveries as cards of who made them,
 * everything else as a line. The facts are the event's own, so that this feature need not know orders.
 */
import { CARD_EVENTS, LINE_EVENTS, type Card, type CardEvent, type Subject } from '@miaodan/shared/chat/model'
import { fen, type Money } from '@miaodan/shared/kernel/money'
import type { Deps } from '../../deps.ts'
import type { Event, Subscriber } from '../../kernel/outbox.ts'
import { afterCommit } from '../../kernel/tx.ts'
import { conversationOf, noteSubject } from './conversations.ts'
import { post, publish } from './post.ts'

type Payload = Event['payload']

const text = (payload: Payload, name: string): string | null => (typeof payload[name] === 'string' && payload[name] !== '' ? payload[name] : null)
const whole = (payload: Payload, name: string): number | null => (Number.isSafeInteger(payload[name]) ? payload[name] as number : null)
const money = (payload: Payload, name: string): Money | null => {
  const amount = text(payload, name)
  return amount !== null && /^\d{1,18}$/.test(amount) ? fen(BigInt(amount)) : null
}
const moment = (payload: Payload, ...names: string[]): Date | null => {
  const at = new Date(names.map(name => text(payload, name)).find(value => value !== null) ?? NaN)
  return Number.isNaN(at.getTime()) ? null : at
}

/** Null when the event does not say what it is about. */
function subjectOf(event: Event): Subject | null {
  const { topic, payload } = event
  const kind = topic.startsWith('quote.') ? 'quote' : 'order'
  const id = kind === 'quote' ? text(payload, 'id') : text(payload, 'orderId')
  const title = text(payload, 'title')
  if (id === null || title === null) return null
  return { kind, id, title, number: kind === 'order' ? text(payload, 'number') : null, amount: money(payload, 'orderAmount') ?? money(payload, 'amount') }
}

function cardOf(event: Event, subject: Subject): Card {
  const { payload } = event
  const position = whole(payload, 'position')
  return {
    event: event.topic as CardEvent, subject, by: text(payload, 'actorId'), amount: money(payload, 'amount'),
    milestone: position === null ? null : { position, title: text(payload, 'milestoneTitle') ?? '' },
    version: whole(payload, 'version'), dueAt: moment(payload, 'acceptBy', 'payBy', 'expiresAt'), reason: text(payload, 'reason'),
  }
}

/** Whose card it is. A counter-offer is the buyer's; offers and deliveries are the provider's. */
const senderOf = (topic: string): 'buyerId' | 'providerId' => (topic === 'quote.counter' ? 'buyerId' : 'providerId')

export const tellDeal: Subscriber<Deps> = {
  name: 'chat.deal',
  on: [...CARD_EVENTS, ...LINE_EVENTS],
  handle: async (tx, event, deps) => {
    const buyerId = text(event.payload, 'buyerId')
    const providerId = text(event.payload, 'providerId')
    const subject = subjectOf(event)
    // An order born from a quote is told by the quote's acceptance, an instant one, paid before it was made, by its start.
    if (event.topic === 'order.created' && (text(event.payload, 'quoteId') !== null || event.payload['origin'] === 'instant')) return
    if (buyerId === null || providerId === null || buyerId === providerId || !subject) return
    const conversationId = await conversationOf(tx, deps, buyerId, providerId)
    const isCard = (CARD_EVENTS as readonly string[]).includes(event.topic)
    const senderId = isCard ? text(event.payload, senderOf(event.topic)) : null
    const card = cardOf(event, subject)
    const posted = await post(tx, conversationId, {
      senderId, clientId: event.eventId, kind: isCard ? 'card' : 'system', text: '', uploads: [], at: event.at, card: isCard ? { ...card, by: card.by ?? senderId } : card,
    })
    await noteSubject(tx, conversationId, subject, event.at)
    if (posted.fresh) afterCommit(tx, () => publish(deps, conversationId, posted))
  },
}

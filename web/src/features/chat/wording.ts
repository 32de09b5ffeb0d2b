/** What is said of a message where there is room for one line: in the list, and between messages. */
import { useI18n } from 'vue-i18n'
import type { Card, Message } from './types.ts'

/** Events whose line differs by who did it. */
const BY_SOMEBODY = new Set<Card['event']>(['quote.accept', 'quote.agree', 'quote.reject', 'quote.withdraw', 'order.accept', 'order.decline', 'order.withdraw', 'order.recall', 'milestone.revise', 'milestone.extend', 'milestone.accept', 'change_order.proposed', 'change_order.agree', 'change_order.agree_to_pay', 'change_order.reject', 'change_order.withdraw'])

export function useWording() {
  const { t } = useI18n()

  function line(card: Card, viewerId: string | undefined): string {
    const values = { title: card.subject.title, position: card.milestone?.position ?? 1, milestone: card.milestone?.title ?? '', version: card.version ?? 1, reason: card.reason ?? '' }
    const key = `chat.event.${card.event.replace('.', '_')}`
    if (!BY_SOMEBODY.has(card.event)) return t(key, values)
    return t('chat.eventBy', { who: t(card.by === viewerId ? 'chat.you' : 'chat.other'), what: t(key, values) })
  }

  function summary(message: Message, viewerId: string | undefined): string {
    if (message.card) return line(message.card, viewerId)
    if (message.removed) return t('chat.removed')
    const files = message.kind === 'image' ? t('chat.imageMark') : message.kind === 'file' ? t('chat.fileMark', { name: message.uploads[0]?.name ?? '' }) : ''
    return [files, message.text].filter(Boolean).join(' ')
  }

  return { line, summary }
}

/** Where a card leads. */
export function linkOf({ kind, id }: Card['subject']): string | null {
  return { order: `/orders/${id}`, service: `/services/${id}`, requirement: `/requirements/${id}`, quote: null }[kind]
}

/**
 * Until two people have an order that is paid, their messages may hold neither contact details nor words of the list.
 * Afterwards they have reasons to call each other. Only orders know of payment: they offer that fact when loaded.
 */
import { problem } from '@miaodan/shared/errors'
import { findContacts } from '@miaodan/shared/words/find'
import type { Deps } from '../../deps.ts'
import type { Executor } from '../../kernel/db.ts'
import { findSensitive } from '../words/index.ts'
import { peopleOf } from './conversations.ts'

type PaidOrderBetween = (db: Executor, oneId: string, otherId: string) => Promise<boolean>
let paidOrderBetween: PaidOrderBetween = async () => false

export function offerPaidOrders(fact: PaidOrderBetween): void {
  paidOrderBetween = fact
}

/** @throws problem `chat.contact_refused` | `chat.word_refused`, and `kernel.not_found` to a stranger */
export async function screen(deps: Deps, senderId: string, conversationId: string, text: string): Promise<void> {
  const contacts = findContacts(text)
  const words = await findSensitive(deps, text)
  const [found] = [...contacts, ...words]
  // Hardly a message has any: only then it matters whether something was paid.
  if (found === undefined) return
  const { otherId } = await peopleOf(deps.db, conversationId, senderId)
  if (await paidOrderBetween(deps.db, senderId, otherId)) return
  throw problem(contacts.length > 0 ? 'chat.contact_refused' : 'chat.word_refused', { found }, { field: 'body.text' })
}

/** What stands in a thread, top to bottom: days, the line above what is new, and messages in groups of one speaker. */
import type { Message, Pending } from './types.ts'

export type Entry = {
  key: string
  senderId: string | null
  at: string
  message: Message | null
  pending: Pending | null
}
export type Row =
  | { kind: 'day', key: string, at: string }
  | { kind: 'unread', key: string }
  | { kind: 'line', key: string, message: Message }
  | { kind: 'entry', key: string, entry: Entry, mine: boolean, opens: boolean, closes: boolean }

/** Bubbles closer than this belong together and print their time once. */
const GROUP_MS = 5 * 60_000

const dayOf = (at: string): number => new Date(at).setHours(0, 0, 0, 0)
const keyOf = (senderId: string | null, clientId: string): string => `${senderId ?? 'system'} ${clientId}`

/** Stored messages, then those on their way; a message that is both is shown once, under the same key, so that it does not jump. */
export function entriesOf(items: readonly Message[], pending: readonly Pending[], viewerId: string): Entry[] {
  const stored = new Set(items.filter(item => item.senderId === viewerId).map(item => item.clientId))
  return [
    ...items.map(message => ({ key: keyOf(message.senderId, message.clientId), senderId: message.senderId, at: message.at, message, pending: null })),
    ...pending.filter(one => !stored.has(one.clientId)).map(one => ({ key: keyOf(viewerId, one.clientId), senderId: viewerId, at: one.at, message: null, pending: one })),
  ]
}

/** `readSeq`: how far the person had read when they opened it; the line stands above the first message of the other's after that. */
export function rowsOf(entries: readonly Entry[], viewerId: string, readSeq: number): Row[] {
  const rows: Row[] = []
  let divided = false
  entries.forEach((entry, i) => {
    const before = entries[i - 1]
    const after = entries[i + 1]
    if (!before || dayOf(before.at) !== dayOf(entry.at)) rows.push({ kind: 'day', key: `day ${entry.key}`, at: entry.at })
    const isNew = !divided && entry.message !== null && entry.message.seq > readSeq && entry.senderId !== null && entry.senderId !== viewerId
    if (isNew && readSeq > 0) rows.push({ kind: 'unread', key: 'unread' })
    divided ||= isNew
    if (entry.message?.kind === 'system') rows.push({ kind: 'line', key: entry.key, message: entry.message })
    else rows.push({ kind: 'entry', key: entry.key, entry, mine: entry.senderId === viewerId, opens: !together(before, entry), closes: !together(entry, after) })
  })
  return rows
}

function together(one: Entry | undefined, next: Entry | undefined): boolean {
  if (!one || !next || one.message?.kind === 'system' || next.message?.kind === 'system') return false
  return one.senderId === next.senderId && dayOf(one.at) === dayOf(next.at) && new Date(next.at).getTime() - new Date(one.at).getTime() < GROUP_MS
}

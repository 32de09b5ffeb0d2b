/** Putting messages in their place: each number once, ascending, whatever comes first or twice. */
import type { Message } from './types.ts'

export function merge(known: readonly Message[], incoming: readonly Message[]): Message[] {
  const bySeq = new Map(known.map(message => [message.seq, message]))
  for (const message of incoming) bySeq.set(message.seq, message)
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq)
}

/** Where an unbroken run from the first known message ends: what comes after a gap does not count. */
export function lastWithoutGap(items: readonly Message[]): number {
  let last = 0
  for (const { seq } of items) {
    if (last !== 0 && seq !== last + 1) break
    last = seq
  }
  return last
}

export type Announcement = { conversationId: string, seq: number, kind?: string, senderId?: string, clientId?: string, text?: string, at?: string }

/** The message an announcement carries whole; null when it only says that there is one. */
export function announced({ seq, kind, senderId, clientId, text, at }: Announcement): Message | null {
  if (kind !== 'text' || senderId === undefined || clientId === undefined || text === undefined || at === undefined) return null
  return { seq, kind, senderId, clientId, text, at, uploads: [], card: null }
}

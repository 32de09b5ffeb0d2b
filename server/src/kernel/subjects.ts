/**
 * Things other features speak of by kind and id: the service a conversation is about, the order a card shows. The
 * feature they belong to registers how they are named, so that nobody has to believe what a browser says of them.
 */
import type { Executor } from './db.ts'

/** `amount` in fen. */
export type SubjectFacts = { title: string, number: string | null, amount: bigint | null }

/** Null when there is no such thing, or this person may not see it. */
export type SubjectReader = (db: Executor, id: string, viewerId: string) => Promise<SubjectFacts | null>

const readers = new Map<string, SubjectReader>()

export function registerSubject(kind: string, reader: SubjectReader): void {
  readers.set(kind, reader)
}

export async function readSubject(db: Executor, kind: string, id: string, viewerId: string): Promise<SubjectFacts | null> {
  return await readers.get(kind)?.(db, id, viewerId) ?? null
}

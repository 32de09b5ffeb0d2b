/** Words of an index as they were looked up last, until it is written again: the same few thousand are asked for over and over. */
import type { Sql } from 'postgres'
import type { Store } from './memory/store.ts'
import type { Tables } from './schema.ts'

/** `number` stands for the word in memory. */
export type Word = { readonly number: number; readonly word: string; readonly surface: string; readonly documents: number; readonly reading: string | null; readonly initials: string | null }

/** What a search of one index reads. */
export type Index = { readonly sql: Sql; readonly tables: Tables; readonly store: Store }

/** The most frequent word first. */
type Known = { readonly version: bigint; readonly byWord: Map<string, readonly Word[]>; readonly byReading: Map<string, readonly Word[]>; readonly byInitials: Map<string, readonly Word[]> }

type Asked = { readonly words: readonly string[]; readonly readings: readonly string[]; readonly initials: readonly string[] }

/** Entries that are kept; most say that there is no such word. */
const mostKept = 50_000

const kept = new WeakMap<Store, Known>()

export async function knownWords({ sql, tables, store }: Index, asked: Asked): Promise<Asked & Known> {
  const known = keptOf(store)
  const missing = {
    words: asked.words.filter((each) => !known.byWord.has(each)),
    readings: asked.readings.filter((each) => !known.byReading.has(each)),
    initials: asked.initials.filter((each) => !known.byInitials.has(each)),
  }
  if (missing.words.length + missing.readings.length + missing.initials.length === 0) return { ...asked, ...known }
  const rows = await sql.unsafe<Word[]>(
    `select number, word, surface, documents, reading, initials from ${tables.words}
     where word = any($1::text[]) or reading = any($2::text[]) or initials = any($3::text[]) order by documents desc, word`,
    [missing.words, missing.readings, missing.initials],
    { prepare: true },
  )
  // What was read while somebody wrote stays out: it may be of before.
  const into = store.version === known.version ? known : copyOf(known)
  note(into.byWord, missing.words, Map.groupBy(rows, ({ word }) => word))
  note(into.byReading, missing.readings, Map.groupBy(rows, ({ reading }) => reading ?? ''))
  note(into.byInitials, missing.initials, Map.groupBy(rows, ({ initials }) => initials ?? ''))
  return { ...asked, ...into }
}

function note(into: Map<string, readonly Word[]>, asked: readonly string[], found: ReadonlyMap<string, readonly Word[]>): void {
  for (const each of asked) into.set(each, found.get(each) ?? [])
}

function keptOf(store: Store): Known {
  const known = kept.get(store)
  if (known?.version === store.version && known.byWord.size + known.byReading.size + known.byInitials.size < mostKept) return known
  const fresh: Known = { version: store.version, byWord: new Map(), byReading: new Map(), byInitials: new Map() }
  kept.set(store, fresh)
  return fresh
}

const copyOf = ({ version, byWord, byReading, byInitials }: Known): Known => ({ version, byWord: new Map(byWord), byReading: new Map(byReading), byInitials: new Map(byInitials) })

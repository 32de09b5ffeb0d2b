/** Stores and removes documents in one generation, and keeps its words and phrases counted. */
import { isHanWord } from '../analysis/segment.ts'
import { phraseKeys } from '../analysis/phrase-keys.ts'
import { reading } from '../analysis/pinyin.ts'
import { normalize } from '../analysis/normalize.ts'
import type { IndexDefinition } from '../index-definition.ts'
import type { DocumentRow, WordCount } from './document-row.ts'
import { phraseSeparator } from './document-row.ts'
import { totalDocuments, totalLength } from './hints.ts'
import { term, wordsKept } from './memory/postings.ts'
import { columnType, filterColumn, sortColumn, type Session, type Tables } from './schema.ts'

export type Counts = { readonly words: Map<string, WordCount>; readonly phrases: Map<string, number> }

export const noCounts = (): Counts => ({ words: new Map(), phrases: new Map() })

/** Answers the ids that were stored: with `keep` those that were there already stay as they are. `numbers` has every word of the rows. */
export async function insertRows(sql: Session, definition: IndexDefinition, tables: Tables, rows: readonly DocumentRow[], numbers: ReadonlyMap<string, number>, onConflict: 'keep' | 'fail'): Promise<Set<string>> {
  const columns = [
    ['id', 'text'], ['terms', 'bytea'], ['head', 'tsvector'], ['length', 'integer'], ['quality', 'real'],
    ['phrases', 'text[]'], ['source', 'jsonb'],
    ...Object.entries(definition.filters).map(([name, kind]) => [filterColumn(name), columnType(kind)]),
    ...Object.entries(definition.sorts).map(([name, kind]) => [sortColumn(name), columnType(kind)]),
  ]
  const names = columns.map(([name]) => name).join(', ')
  const stored = await sql.unsafe<{ id: string }[]>(
    `insert into ${tables.documents} (${names})
     select ${names} from json_to_recordset($1::text::json) as row(${columns.map(([name, type]) => `${name} ${type}`).join(', ')})
     ${onConflict === 'keep' ? 'on conflict (id) do nothing' : ''} returning id`,
    [JSON.stringify(rows.map((row) => ({ ...row.columns, terms: termsOf(row, numbers) })))],
  )
  return new Set(stored.map((row) => row.id))
}

/** As Postgres reads bytes. */
function termsOf({ counts }: DocumentRow, numbers: ReadonlyMap<string, number>): string {
  const terms = new Uint32Array(counts.size)
  let size = 0
  for (const [word, count] of counts) {
    const number = numbers.get(word) ?? wordsKept
    if (number < wordsKept) terms[size++] = term(number, count)
  }
  return `\\x${Buffer.from(terms.buffer, 0, size * terms.BYTES_PER_ELEMENT).toString('hex')}`
}

/** What the removed documents had counted as phrases, and their numbers. Ids in sorted order, so that writers cannot deadlock. */
export async function deleteRows(sql: Session, tables: Tables, ids: readonly string[]): Promise<{ phrases: Map<string, number>; numbers: number[] }> {
  const removed = await sql.unsafe<{ phrases: string[]; number: number }[]>(
    `delete from ${tables.documents} where id in (select id from ${tables.documents} where id = any($1::text[]) order by id for update) returning phrases, number`,
    [[...ids]],
  )
  const phrases = new Map<string, number>()
  for (const row of removed) for (const phrase of row.phrases) phrases.set(phrase, (phrases.get(phrase) ?? 0) - 1)
  return { phrases, numbers: removed.map(({ number }) => number) }
}

export function count(counts: Counts, row: DocumentRow): void {
  for (const [word, surface] of row.words) {
    const known = counts.words.get(word)
    if (known === undefined) counts.words.set(word, { surface, documents: 1 })
    else known.documents++
  }
  for (const [total, more] of [[totalDocuments, 1], [totalLength, row.length]] as const) {
    const known = counts.words.get(total)
    if (known === undefined) counts.words.set(total, { surface: '', documents: more })
    else known.documents += more
  }
  for (const phrase of row.phrases) counts.phrases.set(phrase, (counts.phrases.get(phrase) ?? 0) + 1)
}

const batch = 2_000

/**
 * Adds to the number of documents that have each word, and answers the numbers of the words. Words are only added up: how
 * rare a word is may lag behind removals until the next rebuild, and nothing but the order of hits depends on it.
 */
export async function addWords(sql: Session, tables: Tables, words: ReadonlyMap<string, WordCount>): Promise<Map<string, number>> {
  const numbers = new Map<string, number>()
  const rows = sorted(words)
  for (let start = 0; start < rows.length; start += batch) {
    const part = rows.slice(start, start + batch)
    const known = await sql.unsafe<NumberedWord[]>(
      `update ${tables.words} as words set documents = words.documents + added.documents
       from unnest($1::text[], $2::integer[]) as added(word, documents) where words.word = added.word returning words.word, words.number`,
      [part.map(([word]) => word), part.map(([, { documents }]) => documents)],
    )
    for (const { word, number } of known) numbers.set(word, number)
    for (const [word, number] of await newWords(sql, tables, part.filter(([word]) => !numbers.has(word)))) numbers.set(word, number)
  }
  return numbers
}

type NumberedWord = { word: string; number: number }

/** Words in sorted order that are probably not there yet. */
export async function newWords(sql: Session, tables: Tables, words: readonly (readonly [string, WordCount])[]): Promise<Map<string, number>> {
  if (words.length === 0) return new Map()
  const rows = words.map(([word, { surface, documents }]) => {
    const spoken = isHanWord(word) ? reading(word) : null
    return { word, surface, documents, reading: spoken?.full ?? null, initials: spoken?.initials ?? null }
  })
  const stored = await sql.unsafe<NumberedWord[]>(
    `insert into ${tables.words} as words (word, surface, documents, reading, initials)
     select * from json_to_recordset($1::text::json) as row(word text, surface text, documents integer, reading text, initials text)
     on conflict (word) do update set documents = words.documents + excluded.documents returning word, number`,
    [JSON.stringify(rows)],
  )
  return new Map(stored.map(({ word, number }) => [word, number]))
}

/** Adds to the number of documents that carry each phrase; one that nothing carries any more goes. */
export async function addPhrases(sql: Session, tables: Tables, phrases: ReadonlyMap<string, number>): Promise<void> {
  const changes = sorted(phrases).filter(([, change]) => change !== 0)
  for (let start = 0; start < changes.length; start += batch) {
    const rows = changes.slice(start, start + batch).map(([phrase, change]) => {
      const [text = '', kind = ''] = phrase.split(phraseSeparator)
      return { text, kind, folded: normalize(text), change }
    })
    const changed = await sql.unsafe<{ id: string; text: string; kind: string; documents: number }[]>(
      `insert into ${tables.phrases} as phrases (text, kind, folded, documents)
       select text, kind, folded, change from jsonb_to_recordset($1::text::jsonb) as row(text text, kind text, folded text, change integer)
       on conflict (text, kind) do update set documents = phrases.documents + excluded.documents
       returning id::text, text, kind, documents`,
      [JSON.stringify(rows)],
    )
    const gone = changed.filter((row) => row.documents <= 0).map((row) => row.id)
    const moved = changed.filter((row) => {
      const before = row.documents - (phrases.get(`${row.text}${phraseSeparator}${row.kind}`) ?? 0)
      return row.documents > 0 && popularity(row.documents) !== popularity(before)
    })
    if (gone.length > 0) {
      await sql.unsafe(`delete from ${tables.keys} where phrase = any($1::bigint[])`, [gone])
      await sql.unsafe(`delete from ${tables.phrases} where id = any($1::bigint[])`, [gone])
    }
    const moving = moved.filter((row) => row.documents > (phrases.get(`${row.text}${phraseSeparator}${row.kind}`) ?? 0)).map((row) => row.id)
    if (moving.length > 0) await sql.unsafe(`delete from ${tables.keys} where phrase = any($1::bigint[])`, [moving])
    if (moved.length === 0) continue
    const keyed = moved.map((row) => {
      const keys = phraseKeys(normalize(row.text))
      return { phrase: row.id, popularity: popularity(row.documents), openings: keys.filter(({ opening }) => opening).map(({ key }) => key), others: keys.filter(({ opening }) => !opening).map(({ key }) => key) }
    })
    await sql.unsafe(
      `insert into ${tables.keys} (key, phrase, popularity, opening)
       select key, phrase, popularity, opening from json_to_recordset($1::text::json) as row(phrase bigint, popularity smallint, openings text[], others text[])
       cross join lateral (select unnest(openings) as key, true as opening union all select unnest(others), false) as keys`,
      [JSON.stringify(keyed)],
    )
  }
}

/** A whole-number logarithm: the keys of a phrase are rewritten when its use doubles, not at every document. */
const popularity = (documents: number): number => (documents <= 0 ? -1 : Math.floor(Math.log2(documents)))

export function sorted<V>(map: ReadonlyMap<string, V>): [string, V][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
}

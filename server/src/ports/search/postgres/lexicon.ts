/** Looks up how common words are, and which words somebody may have meant: one statement a query. */
import type { Sql } from 'postgres'
import { editDistance } from '../analysis/edit-distance.ts'
import { stem } from '../analysis/stem.ts'
import { totalDocuments, totalLength } from './hints.ts'
import type { Tables } from './schema.ts'

export type Word = { readonly word: string; readonly surface: string; readonly documents: number; readonly reading: string | null; readonly initials: string | null }

export type Lexicon = {
  /** Documents in the index, as far as known. */
  readonly size: number
  /** The mean length of a document, as `closeness` counts it. */
  readonly usualLength: number
  documents(word: string): number
  /** Inverse document frequency, as in BM25. */
  rarity(word: string): number
  byReading(reading: string): readonly Word[]
  byInitials(initials: string): readonly Word[]
}

/** Words taken for one spelling in pinyin; the most frequent say what was meant. */
const homophones = 4
const initialReadings = 6

export async function lookUp(sql: Sql, tables: Tables, words: readonly string[], readings: readonly string[], initials: readonly string[]): Promise<Lexicon> {
  const rows = await sql.unsafe<Word[]>(
    `select word, surface, documents, reading, initials from ${tables.words}
     where word = any($1::text[]) or reading = any($2::text[]) or initials = any($3::text[])`,
    [[...words, totalDocuments, totalLength], [...readings], [...initials]],
    { prepare: true },
  )
  const byWord = new Map(rows.map((row) => [row.word, row]))
  const frequent = rows.filter((row) => row.reading !== null).sort((a, b) => b.documents - a.documents || (a.word < b.word ? -1 : 1))
  const documents = (word: string): number => byWord.get(word)?.documents ?? 0
  const size = Math.max(1, documents(totalDocuments))
  return {
    size,
    usualLength: Math.max(1, documents(totalLength) / size),
    documents,
    rarity: (word) => Math.log(1 + Math.max(0, size - documents(word) + 0.5) / (documents(word) + 0.5)),
    byReading: (reading) => frequent.filter((row) => row.reading === reading).slice(0, homophones),
    byInitials: (typed) => frequent.filter((row) => row.initials === typed && row.word.length > 1).slice(0, initialReadings),
  }
}

const nearWords = 40

/** The word of the index that was most likely meant by a misspelt Latin one; null if none is near. */
export async function correctWord(sql: Sql, tables: Tables, surface: string): Promise<Word | null> {
  // Trigrams miss exchanged letters in short words: "potser" shares two of ten with "poster".
  const rows = await sql.unsafe<Word[]>(
    `select word, surface, documents, reading, initials from ${tables.words}
     where (surface % $1::text or word = any($2::text[])) and surface <> '' and length(surface) between length($1) - 2 and length($1) + 2
     order by similarity(surface, $1) desc, documents desc limit ${nearWords}`,
    [surface, exchanged(surface).map(stem)],
    { prepare: true },
  )
  const allowed = surface.length < 8 ? 1 : 2
  const near = rows.map((row) => ({ row, edits: editDistance(row.surface, surface) })).filter(({ edits }) => edits <= allowed)
  near.sort((a, b) => a.edits - b.edits || b.row.documents - a.row.documents)
  return near[0]?.row ?? null
}

const exchanged = (word: string): string[] =>
  Array.from({ length: Math.max(0, word.length - 1) }, (_, index) => word.slice(0, index) + word.charAt(index + 1) + word.charAt(index) + word.slice(index + 2))

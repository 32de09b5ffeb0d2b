/** Looks up how common words are, and which words somebody may have meant: one statement a query. */
import { editDistance } from '../analysis/edit-distance.ts'
import { stem } from '../analysis/stem.ts'
import { totalDocuments, totalLength } from './hints.ts'
import { knownWords, type Index, type Word } from './known-words.ts'

export type Lexicon = {
  /** Documents in the index, as far as known. */
  readonly size: number
  /** The mean length of a document, as `closeness` counts it. */
  readonly usualLength: number
  documents(word: string): number
  /** Of each word that is in the index. */
  readonly ids: ReadonlyMap<string, number>
  /** Inverse document frequency, as in BM25. */
  rarity(word: string): number
  byReading(reading: string): readonly Word[]
  byInitials(initials: string): readonly Word[]
}

/** Words taken for one spelling in pinyin; the most frequent say what was meant. */
const homophones = 4
const initialReadings = 6

export async function lookUp(index: Index, words: readonly string[], readings: readonly string[], initials: readonly string[]): Promise<Lexicon> {
  const known = await knownWords(index, { words: [...words, totalDocuments, totalLength], readings, initials })
  const rows = [...known.words.flatMap((each) => known.byWord.get(each) ?? []), ...readings.flatMap((each) => known.byReading.get(each) ?? []), ...initials.flatMap((each) => known.byInitials.get(each) ?? [])]
  const byWord = new Map(rows.map((row) => [row.word, row]))
  const documents = (word: string): number => byWord.get(word)?.documents ?? 0
  const size = Math.max(1, documents(totalDocuments))
  return {
    size,
    usualLength: Math.max(1, documents(totalLength) / size),
    documents,
    ids: new Map(rows.map(({ word, number }) => [word, number])),
    rarity: (word) => Math.log(1 + Math.max(0, size - documents(word) + 0.5) / (documents(word) + 0.5)),
    byReading: (reading) => (known.byReading.get(reading) ?? []).slice(0, homophones),
    byInitials: (typed) => (known.byInitials.get(typed) ?? []).filter((row) => row.word.length > 1).slice(0, initialReadings),
  }
}

const nearWords = 40
/** Words shorter than this are taken for another one only if they differ from it by one letter. */
const longWord = 8

/**
 * The word of the index that was most likely meant by a Latin one: itself if it is there, null if none is near. Only a `bold`
 * guess takes a short word for one that it shares few letters in a row with.
 */
export async function correctWord({ sql, tables }: Pick<Index, 'sql' | 'tables'>, surface: string, { bold }: { bold: boolean }): Promise<Word | null> {
  // Trigrams miss most of what is one letter off in a short word: "potser" shares two of ten with "poster", "lofo" two of eight with "logo".
  const oneAway = new Set((bold ? oneOff(surface) : exchanged(surface)).map(stem))
  const rows = await sql.unsafe<Word[]>(
    `select number, word, surface, documents, reading, initials from ${tables.words}
     where (surface % $1::text or word = any($2::text[])) and surface <> '' and length(surface) between length($1::text) - 2 and length($1::text) + 2
     order by similarity(surface, $1::text) desc, documents desc limit ${nearWords}`,
    [surface, [...oneAway]],
    { prepare: true },
  )
  const allowed = surface.length < longWord ? 1 : 2
  const near = rows.map((row) => ({ row, edits: row.surface === surface ? 0 : bold && oneAway.has(row.word) ? 1 : editDistance(row.surface, surface) })).filter(({ edits }) => edits <= allowed)
  near.sort((a, b) => a.edits - b.edits || b.row.documents - a.row.documents)
  return near[0]?.row ?? null
}

const exchanged = (word: string): string[] =>
  Array.from({ length: Math.max(0, word.length - 1) }, (_, index) => word.slice(0, index) + word.charAt(index + 1) + word.charAt(index) + word.slice(index + 2))

const alphabet = [...'abcdefghijklmnopqrstuvwxyz']

/** Every word that differs from this one by a letter: left out, put in, exchanged for another, or for its neighbour. */
function oneOff(word: string): string[] {
  return Array.from({ length: word.length + 1 }, (_, at) => {
    const [before, after] = [word.slice(0, at), word.slice(at)]
    const put = alphabet.map((letter) => before + letter + after)
    return after === '' ? put : [...put, before + after.slice(1), ...alphabet.map((letter) => before + letter + after.slice(1))]
  }).flat().concat(exchanged(word)).filter((other) => other !== word)
}

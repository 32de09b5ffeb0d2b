/** Letters that are the first ones of the syllables of several words, with Latin words among them: "hbsj" for 海报设计, "pptmh" for PPT美化. */
import { stem } from '../analysis/stem.ts'
import { quoteLexeme } from './document-row.ts'
import type { Index, Word } from './known-words.ts'

export type Spelled = {
  /** As it would have been written. */
  readonly text: string
  /** The letters cannot be a Latin word: no vowel is among those that stand for syllables. */
  readonly isSure: boolean
}

const letters = { least: 4, most: 10 }
const wordLetters = { least: 2, most: 4 }
/** A Latin word among them may be longer. */
const latinLetters = 8
const mostWords = 3
/** The most frequent words with the same first letters: of three at once fewer, or there would be too many ways to combine them. */
const candidates = { ofTwo: 6, ofThree: 4 }

/** Ways to read the letters that are looked at closely, and documents of each. */
const looked = { ways: 6, documents: 30 }
/** What words count that stand in the same documents but not next to each other. */
const apart = 0.05

/** What was most likely meant: the words that most documents have next to each other. Null if none has all of them. */
export async function spelledOut({ sql, tables, store }: Index, typed: string): Promise<Spelled | null> {
  if (typed.length < letters.least || typed.length > letters.most) return null
  const cuts = cutsOf(typed)
  const pieces = [...new Set(cuts.flat())]
  const rows = await sql.unsafe<Word[]>(
    `select number, word, surface, documents, reading, initials from (
       select *, row_number() over (partition by initials order by documents desc, word) as place from ${tables.words} where initials = any($1::text[]) and length(word) > 1
     ) as spoken where place <= ${candidates.ofTwo}
     union all (select number, word, surface, documents, reading, null from ${tables.words} where word = any($2::text[]) and surface <> '')`,
    [pieces.filter((piece) => piece.length <= wordLetters.most), pieces.map(stem)],
    { prepare: true },
  )
  const spoken = Map.groupBy(rows, ({ initials }) => initials)
  const written = new Map(rows.filter(({ initials }) => initials === null).map((row) => [row.word, row]))
  const ways: Way[] = []
  for (const cut of cuts) {
    const choices = cut.map((piece): Choice[] => {
      const latin = written.get(stem(piece))
      return [...(latin === undefined ? [] : [{ ...latin, piece, text: piece, isLatin: true }]), ...(spoken.get(piece) ?? []).slice(0, cut.length > 2 ? candidates.ofThree : candidates.ofTwo).map((word) => ({ ...word, piece, text: word.word, isLatin: false }))]
    })
    for (const words of combined(choices)) {
      if (words.every(({ isLatin }) => isLatin)) continue
      const { times, ids } = store.togetherness(words.map(({ number }) => number), looked.documents)
      if (times > 0) ways.push({ words, times, ids })
    }
  }
  const likeliest = ways.sort((a, b) => b.times - a.times).slice(0, looked.ways)
  if (likeliest.length === 0) return null
  const shares = await sharesInARow({ sql, tables }, likeliest)
  const worth = likeliest.map(({ times }, place) => times * ((shares.get(place) ?? 0) + apart))
  const { words } = likeliest[worth.indexOf(Math.max(...worth))] as Way
  return { text: words.map(({ text }) => text).join(''), isSure: words.every(({ isLatin, piece }) => isLatin || !/[aeiou]/.test(piece)) }
}

/** Words in the order of the letters, how often they come together, and documents that have them all. */
type Way = { readonly words: readonly Choice[]; readonly times: number; readonly ids: readonly string[] }

/** In how many of its documents, from 0 to 1, the words of each way follow each other. */
async function sharesInARow({ sql, tables }: Pick<Index, 'sql' | 'tables'>, ways: readonly Way[]): Promise<Map<number, number>> {
  const rows = await sql.unsafe<{ way: number; share: number }[]>(
    `select asked.way, avg((document.head @@ ($3::tsquery[])[asked.way + 1])::integer)::float8 as share
     from unnest($1::text[], $2::integer[]) as asked(id, way) join ${tables.documents} as document on document.id = asked.id group by asked.way`,
    [ways.flatMap(({ ids }) => ids), ways.flatMap(({ ids }, way) => ids.map(() => way)), ways.map(({ words }) => words.map(({ word }) => quoteLexeme(word)).join(' <-> '))],
    { prepare: true },
  )
  return new Map(rows.map(({ way, share }) => [way, share]))
}

type Choice = Word & { readonly piece: string; readonly text: string; readonly isLatin: boolean }

/** Every way to cut the letters into two or three pieces. */
function cutsOf(typed: string, most = mostWords): string[][] {
  const whole = typed.length <= latinLetters && typed.length >= wordLetters.least && most < mostWords ? [[typed]] : []
  if (most === 1) return whole
  const longest = Math.min(latinLetters, typed.length - wordLetters.least)
  const firsts = Array.from({ length: Math.max(0, longest - wordLetters.least + 1) }, (_, index) => index + wordLetters.least)
  return [...whole, ...firsts.flatMap((length) => cutsOf(typed.slice(length), most - 1).map((rest) => [typed.slice(0, length), ...rest]))]
}

const combined = (choices: readonly (readonly Choice[])[]): Choice[][] =>
  choices.reduce<Choice[][]>((found, words) => found.flatMap((before) => words.map((word) => [...before, word])), [[]])

/** Letters that are the first ones of the syllables of several words, with Latin words among them: "hbsj" for 海报设计, "pptmh" for PPT美化. */
import { stem } from '../analysis/stem.ts'
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

/** What was most likely meant: the words that most documents have together. Null if none has. */
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
  let best: { words: readonly Choice[]; together: number } | undefined
  for (const cut of cuts) {
    const choices = cut.map((piece): Choice[] => {
      const latin = written.get(stem(piece))
      return [...(latin === undefined ? [] : [{ ...latin, piece, text: piece, isLatin: true }]), ...(spoken.get(piece) ?? []).slice(0, cut.length > 2 ? candidates.ofThree : candidates.ofTwo).map((word) => ({ ...word, piece, text: word.word, isLatin: false }))]
    })
    for (const words of combined(choices)) {
      if (words.every(({ isLatin }) => isLatin)) continue
      const together = store.togetherness(words.map(({ number }) => number))
      if (together > (best?.together ?? 0)) best = { words, together }
    }
  }
  if (best === undefined) return null
  return { text: best.words.map(({ text }) => text).join(''), isSure: best.words.every(({ isLatin, piece }) => isLatin || !/[aeiou]/.test(piece)) }
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

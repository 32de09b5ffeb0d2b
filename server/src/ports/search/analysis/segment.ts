/** From text to the tokens that are indexed and searched. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Jieba } from '@node-rs/jieba'
import { normalize } from './normalize.ts'
import { stem } from './stem.ts'

/**
 * `surface` is the word as written (normalized), `token` what is compared; `position` counts words from 1, `start`
 * characters of the normalized text from 0.
 */
export type Token = { readonly token: string; readonly surface: string; readonly position: number; readonly start: number }

export type IndexOptions = {
  /** Each Chinese character by itself too. */
  readonly characters?: boolean
  /** The text is normalized already, and is to keep its length. */
  readonly normalized?: boolean
}

/** Runs of Han, or Latin words and numbers with the signs that belong to names: c++, c#, node.js, 3d. */
const runs =
  /\p{Script=Han}+|[[\p{L}\p{N}]--\p{Script=Han}](?:[[\p{L}\p{N}\p{M}]--\p{Script=Han}]|[.'’_](?=[[\p{L}\p{N}]--\p{Script=Han}]))*(?:\+\+|#)?/gv
const han = /^\p{Script=Han}/u

/** A token longer than this is no word: a hash, a link, somebody's cat on the keyboard. */
const tokenChars = 40

/** From this length on a Chinese word is a compound whose parts may also stand apart. */
const partedWordChars = 4

const knownPartsSize = 50_000

/** Frequency that keeps a platform word in one piece against its parts in the default dictionary. */
const ownWordFrequency = 100_000

/** Words that can be learned; beyond them the dictionary is as good as it gets. */
const ownWords = 20_000

export type Segmenter = {
  /** Every word and the words within it: "小程序" gives 小程序, and 程序 at the same position. */
  forIndex(text: string, options?: IndexOptions): Token[]
  /** The longest words only. */
  forQuery(text: string): Token[]
  /** From now on these words stay in one piece too; what was cut before is still found by its parts. */
  learn(words: Iterable<string>): void
  /** The words within a long Chinese word, none for others: "网页设计" gives 网页, 设计. */
  partsOf(word: string): string[]
}

/**
 * `words` are the platform's own: categories, skills and trade terms that the default dictionary would cut apart. The
 * dictionary, some 40 MB of memory, is opened with the first text: a process that cuts none does not carry it.
 */
export function createSegmenter(words: Iterable<string> = []): Segmenter {
  let opened: Jieba | undefined
  /** Asking the dictionary costs more than everything else here, and words come again and again. */
  const knownParts = new Map<string, readonly string[]>()
  const own = new Set<string>()
  learn(words)

  function learn(words: Iterable<string>): void {
    const added = [...new Set([...words].map(normalize))].filter((word) => /^\p{Script=Han}{2,8}$/u.test(word) && !own.has(word)).slice(0, ownWords - own.size)
    if (added.length === 0) return
    for (const word of added) own.add(word)
    opened?.loadDict(linesOf(added))
    knownParts.clear()
  }

  function jieba(): Jieba {
    if (opened === undefined) {
      opened = Jieba.withDict(readFileSync(createRequire(import.meta.url).resolve('@node-rs/jieba/dict.txt')))
      if (own.size > 0) opened.loadDict(linesOf([...own]))
    }
    return opened
  }

  function tokens(text: string, withParts: boolean, { characters = false, normalized = false }: IndexOptions = {}): Token[] {
    const found: Token[] = []
    let position = 0
    for (const match of (normalized ? text : normalize(text)).matchAll(runs)) {
      const [run] = match
      let start = match.index
      if (!han.test(run)) {
        position++
        found.push(...latinTokens(run, position, start, withParts))
        continue
      }
      for (const word of jieba().cut(run, true)) {
        position++
        found.push({ token: word, surface: word, position, start })
        if (withParts && word.length > 2) found.push(...partsIn(word, position, start))
        if (characters && word.length > 1) found.push(...charactersIn(word, position, start))
        start += word.length
      }
    }
    return found
  }

  function wordsWithin(word: string): readonly string[] {
    const known = knownParts.get(word)
    if (known !== undefined) return known
    const parts = [...new Set(jieba().cutForSearch(word, true))].filter((part) => part !== word)
    if (knownParts.size >= knownPartsSize) knownParts.clear()
    knownParts.set(word, parts)
    return parts
  }

  function partsIn(word: string, position: number, start: number): Token[] {
    return wordsWithin(word).map((part) => ({ token: part, surface: part, position, start: start + Math.max(0, word.indexOf(part)) }))
  }

  return {
    learn,
    forIndex: (text, options) => tokens(text, true, options),
    forQuery: (text) => tokens(text, false),
    partsOf(word) {
      if (word.length < partedWordChars || !han.test(word)) return []
      return [...wordsWithin(word)]
    },
  }
}

const linesOf = (words: readonly string[]): Buffer => Buffer.from(words.map((word) => `${word} ${ownWordFrequency} n`).join('\n'))

function charactersIn(word: string, position: number, start: number): Token[] {
  return [...word].map((one) => ({ token: one, surface: one, position, start: start + word.indexOf(one) }))
}

/** "node.js" is indexed as itself and as node and js; "html5" as itself and as html. */
function latinTokens(run: string, position: number, start: number, withParts: boolean): Token[] {
  const surface = run.slice(0, tokenChars).toWellFormed().replaceAll('’', "'").replace(/'s$/, '')
  const whole = { token: stem(surface), surface, position, start }
  if (!withParts) return [whole]
  const parts = [...surface.matchAll(/[a-z]{2,}/g)].filter(([part]) => part !== surface)
  return [whole, ...parts.map((match) => ({ token: stem(match[0]), surface: match[0], position, start: start + match.index }))]
}

export const isHanWord = (word: string): boolean => han.test(word)

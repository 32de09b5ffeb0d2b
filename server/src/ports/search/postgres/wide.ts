/** Ways to say a word beyond itself, and what else in a text speaks for a document. */
import { dictionary } from '../analysis/dictionary.ts'
import { isHanWord, type Segmenter, type Token } from '../analysis/segment.ts'
import { rootOf } from '../analysis/stem.ts'
import type { Say, Width, Without } from './concepts.ts'
import { itemToken, rootToken } from './hints.ts'

// Weights found on labelled sets of titles, skills and job texts in both languages.
const translationWeight = 0.7
const translatedCharacterWeight = 0.1
const likeChineseWeight = 0.5
const likeEnglishWeight = 0.25
const rootWeight = 0.5
const partWeight = 0.5
const itemShare = 1.5
const characterShare = 0.2

/** Shorter Latin words are names and abbreviations more than words that a dictionary translates. */
const translatedChars = 3
/** Translations of one word that are looked at. */
const translations = 40

/** `isKnown`: the platform's own synonyms say already what it is called. */
export function saysBeyond(token: string, segmenter: Segmenter, without: Without | undefined, width: Width, isKnown: boolean): Say[] {
  const known = without?.has('dictionary') ? null : dictionary()
  if (isHanWord(token)) return width === 'wide' ? beyondChinese(token, segmenter, known) : []
  if (token.length < translatedChars || !/^[a-z]+$/.test(token) || (isKnown && width === 'narrow')) return []
  const chinese = (known?.chineseFor([token]) ?? []).slice(0, translations)
  const translated = chinese.map(({ word, weight }) => ({ tokens: [word], weight: weight * translationWeight }))
  if (width === 'narrow') return translated
  return [
    ...translated,
    ...chinese.flatMap(({ word, weight }) => [...word].map((character) => ({ tokens: [character], weight: weight * translatedCharacterWeight }))),
    ...(without?.has('roots') ? [] : [{ tokens: [rootToken(rootOf(token))], weight: rootWeight }]),
    ...(known?.likeEnglish(token) ?? []).map(({ tokens, weight }) => ({ tokens, weight: weight * likeEnglishWeight })),
  ]
}

function beyondChinese(token: string, segmenter: Segmenter, known: ReturnType<typeof dictionary> | null): Say[] {
  return [
    ...segmenter.partsOf(token).map((part) => ({ tokens: [part], weight: partWeight })),
    ...(known?.likeChinese(token) ?? []).map(({ tokens, weight }) => ({ tokens, weight: weight * likeChineseWeight })),
  ]
}

/** Something that a document may have; `share` is what it counts beside the words themselves. */
export type Hint = { readonly says: readonly Say[]; readonly share: number }

/** Names of skills have up to so many words, and expressions of a dictionary. */
const nameWords = 5
const expressionWords = 3
/** In a longer text single characters say nothing. */
const shortText = 6
const textWords = 200

export function hintsOf(all: readonly Token[], meaningful: readonly Token[], without: Without | undefined): Hint[] {
  const words = all.slice(0, textWords).map(({ token }) => token)
  const runs = (length: number): string[][] => words.slice(0, Math.max(0, words.length - length + 1)).map((_, start) => words.slice(start, start + length))
  const items = without?.has('skills') ? [] : Array.from({ length: nameWords }, (_, index) => runs(index + 1)).flat()
  const expressions = without?.has('dictionary') ? [] : Array.from({ length: expressionWords - 1 }, (_, index) => runs(index + 2)).flat()
  const characters = without?.has('characters') || meaningful.length > shortText ? [] : [...new Set(meaningful.flatMap(({ token }) => (isHanWord(token) && token.length > 1 ? [...token] : [])))]
  const itemHints = [...new Set(items.map(itemToken))].map((token) => ({ says: [{ tokens: [token], weight: 1 }], share: itemShare }))
  return [
    ...itemHints,
    ...expressions.flatMap((run) => {
      const chinese = run.some(isHanWord) ? [] : dictionary().chineseFor(run)
      return chinese.length === 0 ? [] : [{ says: chinese.map(({ word, weight }) => ({ tokens: [word], weight })), share: 1 }]
    }),
    ...characters.map((character) => ({ says: [{ tokens: [character], weight: 1 }], share: characterShare })),
  ]
}

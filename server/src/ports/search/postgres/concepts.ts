/** From what was typed to what is searched: one concept for each word or term, with every way to say it. */
import type { Sql } from 'postgres'
import { normalize } from '../analysis/normalize.ts'
import { cutPinyin, isPinyin, pieces } from '../analysis/pinyin.ts'
import type { Segmenter, Token } from '../analysis/segment.ts'
import { isHanWord } from '../analysis/segment.ts'
import { isStopWord } from '../analysis/stop-words.ts'
import type { Synonyms } from '../analysis/synonyms.ts'
import { correctWord, lookUp, type Lexicon } from './lexicon.ts'
import type { Tables } from './schema.ts'

/** Tokens that must all be there; `weight` is below 1 where it is not quite what was typed. */
export type Wording = { readonly tokens: readonly string[]; readonly weight: number }

export type Concept = {
  readonly wordings: readonly Wording[]
  /** Inverse document frequency: how much it tells that a document has it. */
  readonly rarity: number
}

export type Reading = { readonly concepts: readonly Concept[]; readonly correction: string | null }

export type Analysis = { readonly segmenter: Segmenter; readonly synonyms: Synonyms }

const synonymWeight = 0.7
const partsWeight = 0.8
const pinyinWeight = 0.9
const initialsWeight = 0.7
/** For a Chinese word that no document has: the characters of it, wherever words were cut. */
const charactersWeight = 0.5
/** Letters that may be initials: "sj", "xcx". */
const initialLetters = /^[a-z]{2,6}$/
const correctedChars = 4
/** Concepts kept of a long text, the rarest. Of 16, 24 and 40 each found clearly more for long job texts; time grows with it. */
const longestQuery = 40
/** Corrections looked up for one query. */
const corrections = 3

export async function readText(sql: Sql, tables: Tables, analysis: Analysis, text: string, correct: boolean): Promise<Reading> {
  const tokens = meaningful(analysis.segmenter.forQuery(text))
  if (tokens.length === 0) return { concepts: [], correction: null }
  const lexicon = await lookUpAll(sql, tables, analysis, tokens)
  const unknown = correct ? tokens.filter((token) => isMisspelt(token, lexicon, analysis)).slice(0, corrections) : []
  let corrected = text
  for (const token of unknown) {
    const word = await correctWord(sql, tables, token.surface)
    if (word !== null) corrected = replaceWord(corrected, token.surface, word.surface)
  }
  if (corrected !== text) {
    const again = await readText(sql, tables, analysis, corrected, false)
    return { concepts: again.concepts, correction: corrected }
  }
  return { concepts: conceptsOf(tokens, lexicon, analysis), correction: null }
}

function meaningful(tokens: readonly Token[]): Token[] {
  const content = tokens.filter((token) => !isStopWord(token.surface))
  const seen = new Set<string>()
  return (content.length > 0 ? content : tokens).filter(({ token }) => !seen.has(token) && seen.add(token))
}

function lookUpAll(sql: Sql, tables: Tables, { segmenter, synonyms }: Analysis, tokens: readonly Token[]): Promise<Lexicon> {
  const words = new Set<string>()
  const readings = new Set<string>()
  const initials = new Set<string>()
  tokens.forEach(({ token, surface }, index) => {
    words.add(token)
    for (const part of [...segmenter.partsOf(token), ...(isHanWord(token) ? token : '')]) words.add(part)
    for (const other of synonyms.at(tokens, index)?.others ?? []) for (const word of other) words.add(word)
    if (!/^[a-z0-9]+$/.test(surface)) return
    if (initialLetters.test(surface)) initials.add(surface)
    for (const piece of pieces(surface)) {
      if (isPinyin(piece)) readings.add(piece)
      words.add(piece)
    }
  })
  return lookUp(sql, tables, [...words], [...readings], [...initials])
}

function isMisspelt({ token, surface }: Token, lexicon: Lexicon, analysis: Analysis): boolean {
  if (isHanWord(surface) || surface.length < correctedChars || !/^[a-z]+$/.test(surface) || lexicon.documents(token) > 0) return false
  const { synonyms } = analysis
  return synonyms.at([{ token, surface, position: 1, start: 0 }], 0) === null && inPinyin(surface, lexicon, synonyms) === null && lexicon.byInitials(surface).length === 0
}

/** The word is known to be Latin letters only. Text in full width is replaced in its normalized form. */
function replaceWord(text: string, wrong: string, right: string): string {
  const pattern = new RegExp(wrong, 'i')
  return (pattern.test(text) ? text : normalize(text)).replace(pattern, () => right)
}

function conceptsOf(tokens: readonly Token[], lexicon: Lexicon, analysis: Analysis): Concept[] {
  const concepts: Concept[] = []
  for (let index = 0; index < tokens.length; ) {
    const match = analysis.synonyms.at(tokens, index)
    const covered = tokens.slice(index, index + (match?.length ?? 1))
    const others = (match?.others ?? []).map((other) => ({ tokens: other, weight: synonymWeight }))
    const [token] = covered
    if (token === undefined) break
    if (covered.length > 1) concepts.push(concept([{ tokens: covered.map((each) => each.token), weight: 1 }, ...others], lexicon))
    else concepts.push(...wordConcepts(token, others, lexicon, analysis))
    index += covered.length
  }
  const rarest = new Set([...concepts].sort((a, b) => b.rarity - a.rarity).slice(0, longestQuery))
  return concepts.filter((each) => rarest.has(each))
}

function wordConcepts({ token, surface }: Token, others: readonly Wording[], lexicon: Lexicon, { segmenter, synonyms }: Analysis): Concept[] {
  const literal = { tokens: [token], weight: 1 }
  const parts = segmenter.partsOf(token)
  const apart = parts.length > 1 ? [{ tokens: parts, weight: partsWeight }] : []
  const characters = isHanWord(token) && token.length > 1 && lexicon.documents(token) === 0 ? [{ tokens: [...token], weight: charactersWeight }] : []
  const spoken = /^[a-z0-9]+$/.test(surface) ? inPinyin(surface, lexicon, synonyms) : null
  const written = lexicon.documents(token)
  if (spoken !== null && spoken.length > 1 && written === 0) return spoken.map((wordings) => concept(wordings, lexicon))
  const single = spoken?.length === 1 ? (spoken[0] ?? []) : []
  const short = written === 0 && initialLetters.test(surface) ? lexicon.byInitials(surface).map(({ word }) => ({ tokens: [word], weight: initialsWeight })) : []
  return [concept([literal, ...apart, ...characters, ...single, ...short, ...others], lexicon)]
}

/** The letters read as pinyin, mixed with Latin words of the index: one list of wordings for each word. Null if they cannot be. */
function inPinyin(letters: string, lexicon: Lexicon, synonyms: Synonyms): Wording[][] | null {
  const wordings = (piece: string): Wording[] => [
    ...lexicon.byReading(piece).map(({ word }) => ({ tokens: [word], weight: pinyinWeight })),
    ...lexicon.byReading(piece).slice(0, 1).flatMap(({ word }) => otherWordings(word, synonyms)),
    ...(piece.length < letters.length && lexicon.documents(piece) > 0 ? [{ tokens: [piece], weight: 1 }] : []),
  ]
  const weight = (piece: string): number | undefined => {
    const found = wordings(piece)
    const frequency = Math.max(0, ...found.map(({ tokens }) => lexicon.documents(tokens[0] ?? '')))
    return found.length === 0 ? undefined : Math.log1p(frequency)
  }
  const cut = cutPinyin(letters, weight)
  if (cut === null || !cut.some((piece) => lexicon.byReading(piece).length > 0)) return null
  return cut.map(wordings)
}

/** What the likeliest word behind the pinyin is called otherwise. */
const otherWordings = (word: string, synonyms: Synonyms): Wording[] =>
  (synonyms.at([{ token: word, surface: word, position: 1, start: 0 }], 0)?.others ?? []).map((tokens) => ({ tokens, weight: synonymWeight }))

function concept(wordings: readonly Wording[], lexicon: Lexicon): Concept {
  const unique = [...new Map(wordings.map((wording) => [wording.tokens.join(' '), wording])).values()]
  const found = unique.map(({ tokens }) => Math.min(...tokens.map((token) => lexicon.documents(token))))
  const documents = Math.min(lexicon.size, Math.max(0, ...found))
  return { wordings: unique, rarity: Math.log(1 + (lexicon.size - documents + 0.5) / (documents + 0.5)) }
}

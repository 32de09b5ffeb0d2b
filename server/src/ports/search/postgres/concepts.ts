/** From what was typed to what is searched: one concept for each word or term, with every way to say it. */
import { dictionary } from '../analysis/dictionary.ts'
import { normalize } from '../analysis/normalize.ts'
import { cutPinyin, isPinyin, pieces } from '../analysis/pinyin.ts'
import type { Segmenter, Token } from '../analysis/segment.ts'
import { isHanWord } from '../analysis/segment.ts'
import { isStopWord } from '../analysis/stop-words.ts'
import type { Synonyms } from '../analysis/synonyms.ts'
import type { Index } from './known-words.ts'
import { correctWord, lookUp, type Lexicon } from './lexicon.ts'
import { spelledOut } from './spelled.ts'
import { hintsOf, saysBeyond, type Hint } from './wide.ts'

/** Tokens that must all be there. */
export type Wording = {
  readonly tokens: readonly string[]
  /** How much it tells that a document has it: how rare it is, and less where it is not quite what was typed. */
  readonly value: number
  /** Documents that have it, at most. */
  readonly documents: number
}

export type Concept = {
  readonly wordings: readonly Wording[]
  /** The value of its best wording. */
  readonly value: number
  /** Not a word that was typed but something that speaks for a document: it never has to be there. */
  readonly hint: boolean
}

/** `ids` has the numbers of all words that are in the index. */
export type Reading = { readonly concepts: readonly Concept[]; readonly correction: string | null; readonly usualLength: number; readonly ids: ReadonlyMap<string, number> }

/**
 * - `narrow` what was typed, its synonyms and translations: documents are expected to have it
 * - `wide` also relatives of words, words with a meaning in common, whole skills, single characters: for ranking
 */
export type Width = 'narrow' | 'wide'

/** A wording before it is known how rare it is; `weight` is below 1 where it is not quite what was typed. */
export type Say = { readonly tokens: readonly string[]; readonly weight: number }

/** What ranking is made of: each can be left out, to see what it brings. */
export const rankingParts = ['synonyms', 'dictionary', 'roots', 'characters', 'skills', 'companions', 'opening', 'adjacency', 'weights'] as const
export type Without = ReadonlySet<(typeof rankingParts)[number]>

export type Analysis = { readonly segmenter: Segmenter; readonly synonyms: Synonyms; readonly without?: Without }

const synonymWeight = 0.7
const partsWeight = 0.8
const pinyinWeight = 0.9
const initialsWeight = 0.7
/** For a Chinese word that no document has: the characters of it, wherever words were cut. */
const charactersWeight = 0.5
/** Letters that may be initials: "sj", "xcx". */
const initialLetters = /^[a-z]{2,6}$/
const correctedChars = 4
/** Concepts kept of a long text, the most telling. */
const longestQuery = 64
/** Wordings kept of one concept, the most telling. */
const mostWordings = 16
/** Corrections looked up for one query. */
const corrections = 3

export async function readText(index: Index, analysis: Analysis, text: string, { correct, width }: { correct: boolean; width: Width }): Promise<Reading> {
  const all = analysis.segmenter.forQuery(text)
  const tokens = meaningful(all)
  if (tokens.length === 0) return { concepts: [], correction: null, usualLength: 1, ids: new Map() }
  const hints = width === 'wide' ? hintsOf(all, tokens, analysis.without) : []
  const lexicon = await lookUpAll(index, analysis, tokens, width, hints)
  const unknown = correct ? tokens.filter((token) => isMisspelt(token, lexicon, analysis)) : []
  const isLost = unknown.length === tokens.length
  let corrected = text
  for (const token of unknown.slice(0, corrections)) {
    const word = await meantBy(index, token, width, isLost)
    if (word !== null) corrected = replaceWord(corrected, token.surface, word)
  }
  if (corrected !== text) {
    const again = await readText(index, analysis, corrected, { correct: false, width })
    return { ...again, correction: corrected }
  }
  const opening = analysis.without?.has('opening') ? null : openingOf(analysis, text)
  const words = conceptsOf(tokens, lexicon, analysis, width).map((each) => (opening !== null && opening.has(each.first) ? emphasized(each) : each))
  const known = hints.map(({ says, share }) => concept(says, lexicon, { hint: true, share })).filter(({ value }) => value > 0)
  return { concepts: mostTelling([...words, ...known]), correction: null, usualLength: lexicon.usualLength, ids: lexicon.ids }
}

/** What stands in the first line of a longer text is its title, and counts twice. */
const openingWeight = 2

function openingOf({ segmenter }: Analysis, text: string): ReadonlySet<string> | null {
  const end = text.search(/\n\s*\S/)
  return end <= 0 ? null : new Set(segmenter.forQuery(text.slice(0, end)).map(({ token }) => token))
}

function emphasized(concept: WordConcept): WordConcept {
  const wordings = concept.wordings.map((wording) => ({ ...wording, value: wording.value * openingWeight }))
  return { ...concept, wordings, value: concept.value * openingWeight }
}

/** In the order they were asked for. */
function mostTelling(concepts: readonly Concept[]): Concept[] {
  const kept = new Set([...concepts].sort((a, b) => b.value - a.value).slice(0, longestQuery))
  return concepts.filter((each) => kept.has(each))
}

function meaningful(tokens: readonly Token[]): Token[] {
  const content = tokens.filter((token) => !isStopWord(token.surface))
  const seen = new Set<string>()
  return (content.length > 0 ? content : tokens).filter(({ token }) => !seen.has(token) && seen.add(token))
}

function lookUpAll(source: Index, { segmenter, synonyms, without }: Analysis, tokens: readonly Token[], width: Width, hints: readonly Hint[]): Promise<Lexicon> {
  const words = new Set<string>()
  const readings = new Set<string>()
  const initials = new Set<string>()
  tokens.forEach(({ token, surface }, index) => {
    words.add(token)
    for (const part of [...segmenter.partsOf(token), ...(isHanWord(token) ? token : '')]) words.add(part)
    const others = synonyms.at(tokens, index)?.others ?? []
    for (const other of others) for (const word of other) words.add(word)
    for (const say of saysBeyond(token, segmenter, without, width, others.length > 0)) for (const word of say.tokens) words.add(word)
    if (!/^[a-z0-9]+$/.test(surface)) return
    if (initialLetters.test(surface)) initials.add(surface)
    for (const piece of pieces(surface)) {
      if (isPinyin(piece)) readings.add(piece)
      words.add(piece)
    }
  })
  for (const { says } of hints) for (const { tokens: each } of says) for (const word of each) words.add(word)
  return lookUp(source, [...words], [...readings], [...initials])
}

function isMisspelt({ token, surface }: Token, lexicon: Lexicon, analysis: Analysis): boolean {
  if (isHanWord(surface) || surface.length < correctedChars || !/^[a-z]+$/.test(surface) || lexicon.documents(token) > 0) return false
  const { synonyms } = analysis
  return synonyms.at([{ token, surface, position: 1, start: 0 }], 0) === null && inPinyin(surface, lexicon, synonyms) === null && lexicon.byInitials(surface).length === 0
}

/**
 * What somebody meant with letters that are no word here: first letters of words, or a word with a mistake in it. Where the
 * other words find something a doubtful reading does more harm than good: `isLost` says that there are none.
 */
async function meantBy(index: Index, { token, surface: letters }: Token, width: Width, isLost: boolean): Promise<string | null> {
  const spelled = width === 'narrow' ? await spelledOut(index, letters) : null
  if (spelled?.isSure) return spelled.text
  // A word of the language is hardly a mistake, though nobody here has used it.
  const bold = isLost && dictionary().chineseFor([token]).length === 0
  return (await correctWord(index, letters, { bold }))?.surface ?? (isLost ? (spelled?.text ?? null) : null)
}

/** The word is known to be Latin letters only. Text in full width is replaced in its normalized form. */
function replaceWord(text: string, wrong: string, right: string): string {
  const pattern = new RegExp(wrong, 'i')
  return (pattern.test(text) ? text : normalize(text)).replace(pattern, () => right)
}

/** `first` is the word it was read from. */
type WordConcept = Concept & { readonly first: string }

function conceptsOf(tokens: readonly Token[], lexicon: Lexicon, analysis: Analysis, width: Width): WordConcept[] {
  const concepts: WordConcept[] = []
  for (let index = 0; index < tokens.length; ) {
    const match = analysis.synonyms.at(tokens, index)
    const covered = tokens.slice(index, index + (match?.length ?? 1))
    const others = (match?.others ?? []).map((other) => ({ tokens: other, weight: synonymWeight }))
    const [token] = covered
    if (token === undefined) break
    if (covered.length > 1) {
      const beyond = width === 'wide' ? covered.flatMap((each) => saysBeyond(each.token, analysis.segmenter, analysis.without, width, true)) : []
      concepts.push({ ...concept([{ tokens: covered.map((each) => each.token), weight: 1 }, ...others, ...beyond], lexicon), first: token.token })
    } else concepts.push(...wordConcepts(token, others, lexicon, analysis, width).map((each) => ({ ...each, first: token.token })))
    index += covered.length
  }
  return concepts
}

function wordConcepts({ token, surface }: Token, others: readonly Say[], lexicon: Lexicon, { segmenter, synonyms, without }: Analysis, width: Width): Concept[] {
  const literal = { tokens: [token], weight: 1 }
  const parts = segmenter.partsOf(token)
  const apart = parts.length > 1 ? [{ tokens: parts, weight: partsWeight }] : []
  const characters = isHanWord(token) && token.length > 1 && lexicon.documents(token) === 0 ? [{ tokens: [...token], weight: charactersWeight }] : []
  const spoken = /^[a-z0-9]+$/.test(surface) ? inPinyin(surface, lexicon, synonyms) : null
  const written = lexicon.documents(token)
  if (spoken !== null && spoken.length > 1 && written === 0) return spoken.map((wordings) => concept(wordings, lexicon))
  const single = spoken?.length === 1 ? (spoken[0] ?? []) : []
  const short = written === 0 && initialLetters.test(surface) ? lexicon.byInitials(surface).map(({ word }) => ({ tokens: [word], weight: initialsWeight })) : []
  const beyond = saysBeyond(token, segmenter, without, width, others.length > 0)
  return [concept([literal, ...apart, ...characters, ...single, ...short, ...others, ...beyond], lexicon)]
}

/** The letters read as pinyin, mixed with Latin words of the index: one list of wordings for each word. Null if they cannot be. */
function inPinyin(letters: string, lexicon: Lexicon, synonyms: Synonyms): Say[][] | null {
  const wordings = (piece: string): Say[] => [
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
const otherWordings = (word: string, synonyms: Synonyms): Say[] =>
  (synonyms.at([{ token: word, surface: word, position: 1, start: 0 }], 0)?.others ?? []).map((tokens) => ({ tokens, weight: synonymWeight }))

/** Of several ways to say the same with the same words the surest counts; what no document has is kept only if nothing else is. */
function concept(says: readonly Say[], lexicon: Lexicon, { hint = false, share = 1 } = {}): Concept {
  const unique = new Map<string, Say>()
  for (const say of says) {
    const key = say.tokens.join(' ')
    if ((unique.get(key)?.weight ?? 0) < say.weight) unique.set(key, say)
  }
  const all = [...unique.values()].map(({ tokens, weight }) => ({
    tokens, documents: Math.min(...tokens.map((token) => lexicon.documents(token))),
    value: share * weight * tokens.reduce((sum, token) => sum + lexicon.rarity(token), 0) / tokens.length,
  }))
  const found = all.filter(({ documents }) => documents > 0).sort((a, b) => b.value - a.value).slice(0, mostWordings)
  if (found.length === 0) return { wordings: hint ? [] : all.slice(0, 1), value: hint ? 0 : (all[0]?.value ?? 0), hint }
  return { wordings: found, value: found[0]?.value ?? 0, hint }
}

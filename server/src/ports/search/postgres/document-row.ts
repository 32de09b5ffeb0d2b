/** From a document to the row that is stored. */
import type { Segmenter, Token } from '../analysis/segment.ts'
import { rootOf } from '../analysis/stem.ts'
import { checkDeclared, fieldText, storableText, storableValue } from '../analysis/values.ts'
import type { FieldWeight, IndexDefinition, SearchDocument } from '../index-definition.ts'
import { fieldBoosts } from './closeness.ts'
import { itemToken, rootToken } from './hints.ts'

export type WordCount = { surface: string; documents: number }

export type DocumentRow = {
  /** As `jsonb_to_recordset` reads it. */
  readonly columns: Readonly<Record<string, unknown>>
  readonly id: string
  /** In words, those of titles and skills counted several times. */
  readonly length: number
  /** Distinct words of the document by token, with a spelling to show. */
  readonly words: ReadonlyMap<string, string>
  /** How often each is there, weighed by its fields, in halves. */
  readonly counts: ReadonlyMap<string, number>
  /** Keys `text` + separator + `kind`. */
  readonly phrases: readonly string[]
}

/** Separates the text of a phrase from its kind; normal text never holds it. */
export const phraseSeparator = '\u001f'

/** Postgres counts positions up to 16383; what comes later is found but not near to anything. */
const lastPosition = 16_383
/** Between two fields, so that no phrase runs from one into the next. */
const fieldGap = 8
const phraseChars = 60

export function toRow<D extends IndexDefinition>(segmenter: Segmenter, definition: D, document: SearchDocument<D>, boosts: Readonly<Record<FieldWeight, number>> = fieldBoosts): DocumentRow {
  const words = new Map<string, string>()
  const counts = new Map<string, number>()
  const head = new Map<string, string[]>()
  const source: Record<string, string> = {}
  let weighedWords = 0
  let offset = 0
  for (const [field, weight] of Object.entries(definition.fields)) {
    const text = fieldText(document.fields[field])
    if (text === '') continue
    source[field] = text
    // Single characters are searched where it matters, in titles, skills and categories.
    const tokens = segmenter.forIndex(text, { characters: weight === 'A' || weight === 'B' })
    const length = tokens.at(-1)?.position ?? 0
    const hints = weight === 'D' ? [] : [...rootTokens(tokens), ...itemTokens(segmenter, document.fields[field])]
    addCounts(counts, [...tokens, ...hints], boosts[weight])
    if (weight !== 'D') addPositions(head, [...tokens, ...hints], offset, weight)
    for (const token of tokens) if (!words.has(token.token)) words.set(token.token, token.surface)
    for (const hint of hints) words.set(hint.token, '')
    weighedWords += length * boosts[weight]
    offset += length + fieldGap
  }
  const phrases = phrasesOf(document)
  return {
    id: document.id,
    length: Math.round(weighedWords),
    words,
    counts,
    phrases,
    columns: {
      id: document.id,
      head: vectorOf(head),
      length: Math.round(weighedWords),
      quality: Math.min(1, Math.max(0, document.quality ?? 0)),
      phrases,
      source,
      ...values('f_', definition.filters, document.filters),
      ...values('s_', definition.sorts, document.sorts),
    },
  }
}

/** A word counts once at each place, also where it was cut in several ways. */
function addCounts(counts: Map<string, number>, tokens: readonly Token[], boost: number): void {
  for (const [index, { token, position }] of tokens.entries()) {
    let before = index - 1
    while (before >= 0 && tokens[before]?.position === position && tokens[before]?.token !== token) before--
    if (before >= 0 && tokens[before]?.position === position) continue
    counts.set(token, (counts.get(token) ?? 0) + boost * 2)
  }
}

function addPositions(vector: Map<string, string[]>, tokens: readonly Token[], offset: number, weight: FieldWeight): void {
  for (const { token, position } of tokens) {
    const places = vector.get(token) ?? []
    places.push(`${Math.min(lastPosition, offset + position)}${weight}`)
    vector.set(token, places)
  }
}

function vectorOf(words: ReadonlyMap<string, readonly string[]>): string {
  return [...words].map(([word, places]) => `${quoteLexeme(word)}:${places.join(',')}`).join(' ')
}

/** As tsvector and tsquery read a lexeme, whatever is in it. */
export function quoteLexeme(word: string): string {
  return /['\\]/.test(word) ? `'${word.replaceAll('\\', '\\\\').replaceAll("'", "''")}'` : `'${word}'`
}

const itemWords = 5

/** Each item of a list is a name: skills and categories are found as a whole too, so that "web design" is more than web and design. */
function itemTokens(segmenter: Segmenter, value: string | readonly string[] | null | undefined): Token[] {
  if (!Array.isArray(value)) return []
  return (value as readonly string[]).flatMap((item) => {
    const words = segmenter.forQuery(storableText(item).slice(0, phraseChars)).map(({ token }) => token)
    return words.length === 0 || words.length > itemWords ? [] : [{ token: itemToken(words), surface: '', position: 1, start: 0 }]
  })
}

function rootTokens(tokens: readonly Token[]): Token[] {
  return tokens.flatMap((token) => {
    const root = rootOf(token.token)
    return /^[a-z]{4,}$/.test(token.token) ? [{ ...token, token: rootToken(root) }] : []
  })
}

function phrasesOf(document: SearchDocument): string[] {
  const keys = (document.suggestions ?? []).map(({ text, kind }) => {
    const shown = storableText(text.slice(0, phraseChars)).replace(/\p{Cc}+/gu, ' ').trim()
    return shown === '' ? '' : `${shown}${phraseSeparator}${storableText(kind)}`
  })
  return [...new Set(keys)].filter((key) => key !== '')
}

function values(prefix: string, kinds: Readonly<Record<string, string>>, given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  checkDeclared(kinds, given)
  return Object.fromEntries(Object.entries(kinds).map(([name, kind]) => [prefix + name, storableValue(name, kind, given[name])]))
}

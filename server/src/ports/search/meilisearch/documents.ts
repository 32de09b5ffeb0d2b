/** From a document to what Meilisearch stores. */
import { dictionary } from '../analysis/dictionary.ts'
import { normalize } from '../analysis/normalize.ts'
import { phraseKeys } from '../analysis/phrase-keys.ts'
import { reading } from '../analysis/pinyin.ts'
import { isHanWord, type Segmenter } from '../analysis/segment.ts'
import { stem } from '../analysis/stem.ts'
import type { Synonyms } from '../analysis/synonyms.ts'
import { checkDeclared, fieldText, storableText, storableValue } from '../analysis/values.ts'
import type { FieldWeight, IndexDefinition, SearchDocument } from '../index-definition.ts'
import { attribute, filterAttribute, sortAttribute } from './settings.ts'

export type RemoteDocument = Readonly<Record<string, unknown>>

/** Ids there may hold letters, digits, - and _ only; any other id is written in base64url behind a dot's stand-in. */
export const remoteId = (id: string): string => (/^[A-Za-z0-9-][A-Za-z0-9_-]{0,200}$/.test(id) ? id : `_${Buffer.from(id).toString('base64url').slice(0, 500)}`)

/** Between the key that completes, the phrase and its kind in a facet value. */
export const completionSeparator = '\u001f'
const phraseChars = 60
/** Meanings of one Chinese word that English queries find it by. */
const meanings = 4

export function toRemote<D extends IndexDefinition>(segmenter: Segmenter, synonyms: Synonyms, definition: D, document: SearchDocument<D>): RemoteDocument {
  const words: Record<FieldWeight, string[]> = { A: [], B: [], C: [], D: [] }
  const also = new Set<string>()
  const alsoBody = new Set<string>()
  const spoken = new Set<string>()
  const characters: string[] = []
  const source: Record<string, string> = {}
  for (const [field, weight] of Object.entries(definition.fields)) {
    const text = fieldText(document.fields[field])
    if (text === '') continue
    source[field] = text
    const tokens = segmenter.forIndex(text)
    words[weight].push(...tokens.map(({ token }) => token))
    const whole = segmenter.forQuery(text)
    if (weight === 'D') {
      whole.forEach((_, index) => synonyms.at(whole, index)?.others.forEach((other) => alsoBody.add(other.join(' '))))
      continue
    }
    whole.forEach(({ token }, index) => {
      for (const other of synonyms.at(whole, index)?.others ?? []) also.add(other.join(' '))
      for (const other of translationsOf(token)) also.add(other)
    })
    for (const each of spokenOf(tokens.map(({ token }) => token), whole.map(({ token }) => token), itemsOf(document.fields[field]))) spoken.add(each)
    if (weight !== 'C') characters.push(...tokens.filter(({ token }) => isHanWord(token)).flatMap(({ token }) => [...token]))
  }
  return {
    [attribute.id]: remoteId(document.id), [attribute.key]: document.id,
    [attribute.A]: words.A.join(' '), [attribute.B]: words.B.join(' '), [attribute.C]: words.C.join(' '), [attribute.D]: words.D.join(' '),
    [attribute.also]: [...also], [attribute.alsoBody]: [...alsoBody], [attribute.spoken]: [...spoken], [attribute.characters]: [...new Set(characters)].join(' '),
    [attribute.quality]: Math.min(1, Math.max(0, document.quality ?? 0)), [attribute.source]: source, [attribute.completions]: completionsOf(document),
    ...values(filterAttribute, definition.filters, document.filters), ...values(sortAttribute, definition.sorts, document.sorts),
  }
}

function translationsOf(token: string): readonly string[] {
  if (isHanWord(token)) return dictionary().englishFor(token).slice(0, meanings)
  return /^[a-z]{3,}$/.test(token) ? dictionary().chineseFor([token]).slice(0, meanings).map(({ word }) => word) : []
}

/** Items of a list are names, and are spoken as one. */
const itemsOf = (value: string | readonly string[] | null | undefined): string[] => (Array.isArray(value) ? (value as readonly string[]).map((item) => normalize(storableText(item)).slice(0, itemChars)) : [])
const itemChars = 12

/** Readings and initials of each word, of each item, and of two or three neighbours written as one: "haibao", "hb", "haibaosheji", "logosheji", "hdhbsj". */
function spokenOf(tokens: readonly string[], whole: readonly string[], items: readonly string[]): string[] {
  const runs = [2, 3].flatMap((length) => whole.slice(length - 1).map((_, start) => whole.slice(start, start + length).join('')))
  return [...tokens, ...runs, ...items].filter((word) => /\p{Script=Han}/u.test(word)).flatMap((word) => {
    const { full, initials } = reading(word)
    // What is typed is reduced like any Latin word before it is known to be pinyin.
    return [full, stem(full), ...(initials.length > 1 ? [initials] : [])]
  })
}

function completionsOf(document: SearchDocument): string[] {
  return (document.suggestions ?? []).flatMap(({ text, kind }) => {
    const shown = storableText(text.slice(0, phraseChars)).replace(/\p{Cc}+/gu, ' ').trim()
    return phraseKeys(normalize(shown)).map(({ key }) => [key, shown, storableText(kind)].join(completionSeparator))
  })
}

function values(nameOf: (name: string) => string, kinds: Readonly<Record<string, string>>, given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  checkDeclared(kinds, given)
  return Object.fromEntries(Object.entries(kinds).flatMap(([name, kind]) => {
    const value = storableValue(name, kind, given[name])
    if (value === null) return []
    // Amounts in fen stay far below 2^53, and numbers are all that Meilisearch compares.
    if (kind === 'integer') return [[nameOf(name), Number(value)]]
    return [[nameOf(name), value instanceof Date ? value.getTime() : value]]
  }))
}

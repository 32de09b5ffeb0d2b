/** A search as one multi-search: the page, the exact total, and each facet without its own filter. */
import type { Meilisearch, MultiSearchQuery, MultiSearchResult } from 'meilisearch'
import { highlight } from '../analysis/highlight.ts'
import { isStopWord } from '../analysis/stop-words.ts'
import type { Vocabulary } from '../analysis/synonyms.ts'
import type { IndexDefinition } from '../index-definition.ts'
import { pageOf } from '../page.ts'
import { SearchError, searchLimits } from '../port.ts'
import type { Histogram, Hit, HighlightPart, Query, SearchResult } from '../query.ts'
import { guarded } from './client.ts'
import { correctionOf } from './correct.ts'
import { conditionsOf, kindOf, quoted, rangeCondition } from './filters.ts'
import { attribute, filterAttribute, sortAttribute } from './settings.ts'
import { meansFor } from './vocabulary.ts'

/** Meilisearch reads no more words than this of one query. */
const longestQuery = 10
/** With fewer hits than this words may be missing. */
const littleFound = 10
/** Words of a long text whose number of documents is asked for. */
const countedWords = 40

type Found = { hits: Stored[]; total: number; facets: MultiSearchResult<Stored>[]; page: MultiSearchResult<Stored> }
export type Stored = { [attribute.key]: string; [attribute.source]?: Record<string, string>; _rankingScore?: number }
type Strategy = 'all' | 'last'

/** `carriers`: a word counts from so many documents on; 2 leaves out what only one document says. */
export async function runSearch(client: Meilisearch, uid: string, vocabulary: Vocabulary, definition: IndexDefinition, query: Query, carriers = 1): Promise<SearchResult> {
  const started = performance.now()
  checkNames(definition, query)
  const long = query.match === 'any'
  const text = (query.text ?? '').toWellFormed().slice(0, long ? searchLimits.fieldChars : searchLimits.textChars)
  let words = wordsOf(vocabulary, text)
  let correction: string | null = null
  let relaxed = false
  const hopeless = words.length === 0 && text.trim() !== ''
  const run = (asked: readonly string[], strategy: Strategy) => find(client, uid, definition, query, asked, strategy)
  let found = hopeless ? null : long ? await run(await rarest(client, uid, words, carriers), 'last') : await run(words.slice(0, longestQuery), 'all')
  if (found !== null && !long && found.total === 0 && query.correct !== false && words.length > 0) {
    correction = await correctionOf(client, uid, vocabulary, text)
    if (correction !== null) {
      words = wordsOf(vocabulary, correction)
      found = await run(words.slice(0, longestQuery), 'all')
    }
  }
  if (found !== null && !long && found.total < littleFound && words.length > 1) {
    // Words that nobody wrote are left out first, then the common ones.
    const known = await rarest(client, uid, words)
    if (known.length > 0) {
      found = await run(known, 'all')
      if (found.total < littleFound && known.length > 1) found = await run(known, 'last')
      relaxed = true
    }
  }
  return {
    hits: (found?.hits ?? []).map((stored) => hitOf(stored, query, words, vocabulary)),
    total: found?.total ?? 0,
    facets: found === null ? {} : facetsOf(found, query), histograms: found === null ? {} : histogramsOf(found, query),
    correction: (found?.total ?? 0) > 0 ? correction : null, relaxed, engine: 'meilisearch', tookMs: Math.round((performance.now() - started) * 10) / 10,
  }
}

export function wordsOf({ segmenter }: Vocabulary, text: string): string[] {
  const tokens = segmenter.forQuery(text)
  const content = tokens.filter(({ surface }) => !isStopWord(surface))
  return [...new Set((content.length > 0 ? content : tokens).map(({ token }) => token))]
}

/** Those of the words that some document has, the rarest first. */
async function rarest(client: Meilisearch, uid: string, words: readonly string[], carriers = 1): Promise<string[]> {
  const asked = words.slice(0, countedWords)
  const { results } = await guarded(() => client.multiSearch<{ queries: MultiSearchQuery[] }, Stored>({ queries: asked.map((word) => ({ indexUid: uid, q: quoted(word), page: 1, hitsPerPage: 0 })) }))
  return asked.map((word, index) => ({ word, documents: results[index]?.totalHits ?? 0 })).filter(({ documents }) => documents >= carriers)
    .sort((a, b) => a.documents - b.documents).slice(0, longestQuery).map(({ word }) => word)
}

async function find(client: Meilisearch, uid: string, definition: IndexDefinition, query: Query, words: readonly string[], strategy: Strategy): Promise<Found> {
  const conditions = conditionsOf(definition, query.filters ?? {})
  const base = { indexUid: uid, q: words.map(quoted).join(' '), matchingStrategy: strategy } as const
  const filter = (except?: string): { filter?: string[] } => {
    const kept = [...conditions].filter(([name]) => name !== except).map(([, condition]) => condition)
    return kept.length === 0 ? {} : { filter: kept }
  }
  const { offset, limit } = pageOf(query)
  const counting = { page: 1, hitsPerPage: 0 }
  const sort = query.sort === undefined ? (words.length === 0 ? [`${attribute.quality}:desc`] : []) : [`${sortAttribute(query.sort.by)}:${query.sort.direction}`]
  const page = { ...base, ...filter(), offset, limit, sort: [...sort, ...(sort.length === 0 ? [] : [`${attribute.key}:asc`])], attributesToRetrieve: [attribute.key, ...(query.highlight?.length ? [attribute.source] : [])], showRankingScore: true }
  const { results } = await guarded(() => client.multiSearch<{ queries: MultiSearchQuery[] }, Stored>({
    queries: [page, { ...base, ...filter(), ...counting }, ...countersOf(query).map(({ name, extra, facets }) => {
      const own = filter(name).filter ?? []
      return { ...base, ...counting, filter: [...own, ...extra], ...(facets ? { facets: [filterAttribute(name)] } : {}) }
    })],
  }))
  const [first, total, ...facets] = results
  if (first === undefined || total === undefined) throw new SearchError('search.unavailable', 'Meilisearch answered less than it was asked.')
  return { page: first, hits: first.hits, total: total.totalHits ?? 0, facets }
}

type Counter = { readonly name: string; readonly extra: readonly string[]; readonly facets: boolean }

/** In this order the answers come: one for each facet, then for each histogram its ends and each of its buckets. */
function countersOf(query: Query): Counter[] {
  return [
    ...(query.facets?.values ?? []).map((name) => ({ name, extra: [], facets: true })),
    ...histograms(query).flatMap(([name, bounds]) => [
      { name, extra: [], facets: true },
      ...bucketsOf(bounds).map(({ from, to }) => ({ name, extra: [rangeCondition(filterAttribute(name), from, to)], facets: false })),
    ]),
  ]
}

const histograms = (query: Query): [string, bigint[]][] =>
  Object.entries((query.facets?.histograms ?? {}) as Record<string, readonly (bigint | number)[]>).map(([name, bounds]) => [name, bounds.slice(0, searchLimits.buckets - 1).map((bound) => BigInt(bound))])

const bucketsOf = (bounds: readonly bigint[]): { from: bigint | null; to: bigint | null }[] =>
  Array.from({ length: bounds.length + 1 }, (_, index) => ({ from: bounds[index - 1] ?? null, to: bounds[index] ?? null }))

function facetsOf(found: Found, query: Query): SearchResult['facets'] {
  const filters: Readonly<Record<string, unknown>> = query.filters ?? {}
  return Object.fromEntries((query.facets?.values ?? []).map((name, index) => {
    const counts = found.facets[index]?.facetDistribution?.[filterAttribute(name)] ?? {}
    const chosen = filters[name]
    const values = (Array.isArray(chosen) ? chosen : typeof chosen === 'string' || typeof chosen === 'boolean' ? [chosen] : []).map(String)
    return [name, { ...counts, ...Object.fromEntries(values.slice(0, searchLimits.filterValues).filter((value) => counts[value] === undefined).map((value) => [value, 0])) }]
  }))
}

function histogramsOf(found: Found, query: Query): SearchResult['histograms'] {
  let place = query.facets?.values?.length ?? 0
  return Object.fromEntries(histograms(query).map(([name, bounds]) => {
    const ends = found.facets[place++]?.facetStats?.[filterAttribute(name)]
    const buckets = bucketsOf(bounds).map((bucket) => ({ ...bucket, count: found.facets[place++]?.totalHits ?? 0 }))
    const histogram: Histogram = { min: ends === undefined ? null : BigInt(ends.min), max: ends === undefined ? null : BigInt(ends.max), buckets }
    return [name, histogram]
  }))
}

function hitOf(stored: Stored, query: Query, words: readonly string[], vocabulary: Vocabulary): Hit {
  const highlights: Record<string, HighlightPart[]> = {}
  const wanted = meansFor(vocabulary, words)
  for (const field of query.highlight ?? []) {
    const parts = words.length === 0 ? null : highlight(vocabulary.segmenter, stored[attribute.source]?.[field] ?? '', wanted, searchLimits.excerptChars)
    if (parts !== null) highlights[field] = parts
  }
  return { id: stored[attribute.key], score: stored._rankingScore ?? 0, highlights }
}

function checkNames(definition: IndexDefinition, query: Query): void {
  const fields = (query.highlight ?? []).find((field) => !Object.hasOwn(definition.fields, field))
  if (fields !== undefined) throw new SearchError('search.unknown_field', `"${definition.name}" has no field "${fields}".`)
  if (query.sort !== undefined && !Object.hasOwn(definition.sorts, query.sort.by)) throw new SearchError('search.unknown_field', `"${definition.name}" cannot be sorted by "${query.sort.by}".`)
  for (const name of query.facets?.values ?? []) if (!['keyword', 'keywords', 'boolean'].includes(kindOf(definition, name))) throw new SearchError('search.unknown_field', `"${name}" is counted by a histogram.`)
  for (const [name] of histograms(query)) if (kindOf(definition, name) !== 'integer') throw new SearchError('search.unknown_field', `"${name}" is not an integer: no histogram.`)
}

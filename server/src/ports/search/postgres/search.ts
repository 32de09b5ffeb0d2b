/** Runs a search: reads the text, matches strictly, then less strictly if too little was found. */
import { highlight } from '../analysis/highlight.ts'
import type { IndexDefinition } from '../index-definition.ts'
import { pageOf } from '../page.ts'
import { SearchError, searchLimits } from '../port.ts'
import type { Hit, HighlightPart, Query, SearchResult } from '../query.ts'
import { lifted, neighbours, type Pair } from './closeness.ts'
import { closestAsked, withCompanions } from './companions.ts'
import { readText, type Analysis, type Concept, type Reading } from './concepts.ts'
import { quoteLexeme } from './document-row.ts'
import { conditionsOf, highest, orderKeys, passable, passing, type Condition, type Passing } from './memory/choose.ts'
import type { Index } from './known-words.ts'
import { checkCounted, countedNames, countsOf } from './memory/counts.ts'
import { matchesOf, nothing, type Matches, type Strictness } from './memory/match.ts'
import { sheetOf } from './memory/sheet.ts'
import type { Store } from './memory/store.ts'

/** With fewer hits than this, about half a page, the next looser way of matching is tried; what has every word still comes first. */
const littleFound = 10

export async function runSearch(index: Index, analysis: Analysis, definition: IndexDefinition, query: Query): Promise<SearchResult> {
  const started = performance.now()
  const { store } = index
  check(store, definition, query)
  const typed = (query.text ?? '').toWellFormed()
  const long = query.match === 'any'
  const text = typed.slice(0, long ? searchLimits.fieldChars : searchLimits.textChars)
  let reading = await readText(index, analysis, text, { correct: query.correct ?? true, width: long ? 'wide' : 'narrow' })
  const { correction } = reading
  // Something was typed but no word is in it: that is not the same as asking for everything.
  const hopeless = reading.concepts.length === 0 && text.trim() !== ''
  const find = (strictness: Strictness): Found => findIn(store, definition, query, hopeless ? null : reading, strictness)
  let found = find(long ? 'any' : 'all')
  let relaxed = false
  if (long && found.total > 0) {
    if (!analysis.without?.has('companions')) {
      reading = await withCompanions(index, await withAdjacency(index, analysis, reading, closestOf(store, found, firstLook), firstLook, closestAsked), reading)
      found = find('any')
    }
  } else if (!long && !hopeless && reading.concepts.length > 1) {
    for (const strictness of strictnessAfterAll(reading.concepts.length)) {
      if (found.total >= littleFound) break
      if (strictness === 'any') reading = await readText(index, analysis, correction ?? text, { correct: false, width: 'wide' })
      found = find(strictness)
      relaxed = true
    }
  }
  const { total } = found
  const counted = countsOf(store, definition, query, found, found.conditions)
  const hits = await pageOfHits(index, analysis, definition, query, reading, found)
  return {
    hits: await withHighlights(index, analysis, query, reading.concepts, hits),
    total,
    ...counted,
    correction: total > 0 ? correction : null,
    relaxed,
    engine: 'postgres',
    tookMs: Math.round((performance.now() - started) * 10) / 10,
  }
}

/** Hits that are compared with how the words stand to each other too; the others keep the order they have without. */
const closeLook = 120
/** Of a long text the closest few say what goes along with it, and then more are looked at. */
const firstLook = 60
const secondLook = 300

/** "All but one" of many words is a long expression and hardly ever what somebody meant. */
const mostOf = { least: 3, largest: 8 }

const strictnessAfterAll = (concepts: number): Strictness[] => (concepts >= mostOf.least && concepts <= mostOf.largest ? ['most', 'any'] : ['any'])

/** Stands on the store's sheet: good until the next wait, when another search may use it. */
type Found = Passing & { readonly total: number; readonly conditions: readonly Condition[] }

/** Without a reading, nothing. */
function findIn(store: Store, definition: IndexDefinition, query: Query, reading: Reading | null, strictness: Strictness): Found {
  const conditions = conditionsOf(store, definition, query.filters ?? {})
  const counted = countedNames(query)
  const { matches, left } = reading?.concepts.length === 0 ? passable(store, conditions, counted) : { matches: reading === null ? nothing : matchesOf(store, reading, strictness), left: conditions }
  const passed = passing(store, matches, left, counted)
  return { ...passed, total: passed.documents.length, conditions }
}

export type Scored = { readonly id: string; readonly score: number }
type Close = Scored & { readonly sum: number; readonly quality: number }

/** The best by their words and quality, without adjacency. */
function closestOf(store: Store, { documents, scores }: Matches, count: number): Close[] {
  const { qualities, ids } = store
  const keys = sheetOf(store).keys.subarray(0, documents.length)
  for (let place = 0; place < keys.length; place++) keys[place] = lifted(scores[place] as number, qualities[documents[place] as number] as number, 0)
  return highest(count, keys, documents, ids).map((place) => {
    const document = documents[place] as number
    return { id: ids[document] as string, score: keys[place] as number, sum: scores[place] as number, quality: qualities[document] as number }
  })
}

/** The closest documents by the words that were read alone. */
export function closest({ store }: Index, definition: IndexDefinition, reading: Reading, filters: Readonly<Record<string, unknown>>, count: number): Scored[] {
  const found = passing(store, matchesOf(store, reading, 'any'), conditionsOf(store, definition, filters), new Set())
  return closestOf(store, found, count).map(({ id, score }) => ({ id, score }))
}

/**
 * The first `look` in their order with adjacency, which only the tables know; the others after them as they are. Only the first
 * `needed` are sure: what cannot come among them is not asked for.
 */
async function withAdjacency(index: Index, { without }: Analysis, { concepts }: Reading, best: readonly Close[], look: number, needed: number): Promise<Scored[]> {
  const close = best.slice(0, look)
  const least = best[needed - 1]?.score ?? 0
  const pairs = without?.has('adjacency') ? [] : neighbours(concepts)
  const together = await togetherIn(index, close.filter(({ sum, quality }) => lifted(sum, quality, 1) >= least).map(({ id }) => id), pairs)
  const compared = close.map(({ id, sum, quality }) => ({ id, score: lifted(sum, quality, (together.get(id) ?? 0) / Math.max(1, pairs.length)) }))
  return [...compared.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1)), ...best.slice(look)]
}

/** How many of the pairs stand next to each other in a document's titles, skills and names. */
async function togetherIn({ sql, tables }: Index, ids: readonly string[], pairs: readonly Pair[]): Promise<Map<string, number>> {
  if (ids.length === 0 || pairs.length === 0) return new Map()
  const oneOf = (tokens: readonly string[]): string => `(${tokens.map(quoteLexeme).join(' | ')})`
  const rows = await sql.unsafe<{ id: string; together: number }[]>(
    `select id, (select count(*)::integer from unnest($2::tsquery[]) as pair where head @@ pair) as together from ${tables.documents} where id = any($1::text[])`,
    [[...ids], pairs.map(({ left, right }) => `${oneOf(left)} <-> ${oneOf(right)}`)],
    { prepare: true },
  )
  return new Map(rows.map(({ id, together }) => [id, together]))
}

async function pageOfHits(index: Index, analysis: Analysis, definition: IndexDefinition, query: Query, reading: Reading, found: Found): Promise<Scored[]> {
  const { store } = index
  const { offset, limit } = pageOf(query)
  if (limit === 0) return []
  if (query.sort === undefined && reading.concepts.length > 0) {
    const look = query.match === 'any' ? secondLook : closeLook
    return (await withAdjacency(index, analysis, reading, closestOf(store, found, Math.max(look, offset + limit)), look, offset + limit)).slice(offset, offset + limit)
  }
  const { documents } = found
  return highest(offset + limit, orderKeys(definition, store, query.sort, documents), documents, store.ids).slice(offset).map((place) => {
    const document = documents[place] as number
    return { id: store.ids[document] as string, score: store.qualities[document] as number }
  })
}

/** A mistake of the caller is one whatever was typed. */
function check(store: Store, definition: IndexDefinition, query: Query): void {
  const wrong = (query.highlight ?? []).find((field) => !Object.hasOwn(definition.fields, field))
  if (wrong !== undefined) throw new SearchError('search.unknown_field', `"${definition.name}" has no field "${wrong}".`)
  orderKeys(definition, store, query.sort, nothing.documents)
  checkCounted(store, definition, query)
}

async function withHighlights({ sql, tables }: Index, { segmenter }: Analysis, query: Query, concepts: readonly Concept[], hits: readonly Scored[]): Promise<Hit[]> {
  const wanted = new Set(concepts.filter(({ hint }) => !hint).flatMap(({ wordings }) => wordings.flatMap(({ tokens }) => tokens)))
  const fields = query.highlight ?? []
  if (fields.length === 0 || wanted.size === 0 || hits.length === 0) return hits.map(({ id, score }) => ({ id, score, highlights: {} }))
  const rows = await sql.unsafe<{ id: string; source: Record<string, string> }[]>(`select id, source from ${tables.documents} where id = any($1::text[])`, [hits.map(({ id }) => id)], { prepare: true })
  const sources = new Map(rows.map(({ id, source }) => [id, source]))
  return hits.map(({ id, score }) => {
    const highlights: Record<string, HighlightPart[]> = {}
    for (const field of fields) {
      const parts = highlight(segmenter, sources.get(id)?.[field] ?? '', wanted, searchLimits.excerptChars)
      if (parts !== null) highlights[field] = parts
    }
    return { id, score, highlights }
  })
}

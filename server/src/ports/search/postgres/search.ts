/** Runs a search: reads the text, matches strictly, then less strictly if too little was found. */
import type { Sql } from 'postgres'
import { highlight } from '../analysis/highlight.ts'
import type { IndexDefinition } from '../index-definition.ts'
import { SearchError, searchLimits } from '../port.ts'
import type { Histogram, Hit, HighlightPart, Query, SearchResult } from '../query.ts'
import { readText, type Analysis, type Concept } from './concepts.ts'
import type { Tables } from './schema.ts'
import { searchStatement } from './statement.ts'
import type { Strictness } from './tsquery.ts'

type Row = {
  total: number
  hits: { id: string; score: number; source?: Record<string, string> }[]
  [column: string]: unknown
}

/** With fewer hits than this the next looser way of matching is tried. */
const littleFound = 3

export async function runSearch(sql: Sql, tables: Tables, analysis: Analysis, definition: IndexDefinition, query: Query): Promise<SearchResult> {
  const started = performance.now()
  checkHighlight(definition, query)
  const typed = (query.text ?? '').toWellFormed()
  const text = typed.slice(0, query.match === 'any' ? searchLimits.fieldChars : searchLimits.textChars)
  const { concepts, correction } = await readText(sql, tables, analysis, text, query.correct ?? true)
  // Something was typed but no word is in it: that is not the same as asking for everything.
  const hopeless = concepts.length === 0 && text.trim() !== ''
  let found = hopeless ? nothing : await run(sql, tables, definition, query, concepts, query.match === 'any' ? 'any' : 'all')
  let relaxed = false
  if (query.match !== 'any' && concepts.length > 1) {
    for (const strictness of strictnessAfterAll(concepts.length)) {
      if (found.total >= littleFound) break
      found = await run(sql, tables, definition, query, concepts, strictness)
      relaxed = true
    }
  }
  return {
    hits: hitsOf(found, query, concepts, analysis),
    total: found.total,
    facets: facetsOf(found, query),
    histograms: histogramsOf(found, query),
    correction: found.total > 0 ? correction : null,
    relaxed,
    engine: 'postgres',
    tookMs: Math.round((performance.now() - started) * 10) / 10,
  }
}

const nothing: Row = { total: 0, hits: [] }

/** "All but one" of many words is a long expression and hardly ever what somebody meant. */
const mostOf = { least: 3, largest: 8 }

const strictnessAfterAll = (concepts: number): Strictness[] => (concepts >= mostOf.least && concepts <= mostOf.largest ? ['most', 'any'] : ['any'])

async function run(sql: Sql, tables: Tables, definition: IndexDefinition, query: Query, concepts: readonly Concept[], strictness: Strictness): Promise<Row> {
  const { text, parameters } = searchStatement(definition, tables, query, concepts, strictness)
  const [row] = await sql.unsafe<Row[]>(text, [...parameters.values] as (string | string[])[], { prepare: true })
  return row ?? nothing
}

function checkHighlight(definition: IndexDefinition, query: Query): void {
  const wrong = (query.highlight ?? []).find((field) => !Object.hasOwn(definition.fields, field))
  if (wrong !== undefined) throw new SearchError('search.unknown_field', `"${definition.name}" has no field "${wrong}".`)
}

function hitsOf(row: Row, query: Query, concepts: readonly Concept[], { segmenter }: Analysis): Hit[] {
  const wanted = new Set(concepts.flatMap(({ wordings }) => wordings.flatMap(({ tokens }) => tokens)))
  return row.hits.map(({ id, score, source }) => {
    const highlights: Record<string, HighlightPart[]> = {}
    for (const field of query.highlight ?? []) {
      const parts = wanted.size === 0 ? null : highlight(segmenter, source?.[field] ?? '', wanted, searchLimits.excerptChars)
      if (parts !== null) highlights[field] = parts
    }
    return { id, score, highlights }
  })
}

function facetsOf(row: Row, query: Query): SearchResult['facets'] {
  const filters: Readonly<Record<string, unknown>> = query.filters ?? {}
  return Object.fromEntries(
    (query.facets?.values ?? []).map((name) => {
      const counts = (row[`f_${name}`] ?? {}) as Record<string, number>
      const chosen = filters[name]
      const values = (Array.isArray(chosen) ? chosen : typeof chosen === 'string' || typeof chosen === 'boolean' ? [chosen] : []).map(String)
      return [name, { ...counts, ...Object.fromEntries(values.slice(0, searchLimits.filterValues).filter((value) => counts[value] === undefined).map((value) => [value, 0])) }]
    }),
  )
}

function histogramsOf(row: Row, query: Query): SearchResult['histograms'] {
  const wanted: Readonly<Record<string, readonly (bigint | number)[] | undefined>> = query.facets?.histograms ?? {}
  return Object.fromEntries(
    Object.entries(wanted).map(([name, given]) => {
      const bounds = (given ?? []).slice(0, searchLimits.buckets - 1).map((bound) => BigInt(bound))
      const found = row[`h_${name}`] as { min: string | null; max: string | null; counts: Record<string, number> } | undefined
      const buckets = Array.from({ length: bounds.length + 1 }, (_, index) => ({
        from: bounds[index - 1] ?? null,
        to: bounds[index] ?? null,
        count: found?.counts[index] ?? 0,
      }))
      const histogram: Histogram = { min: whole(found?.min), max: whole(found?.max), buckets }
      return [name, histogram]
    }),
  )
}

const whole = (text: string | null | undefined): bigint | null => (text === null || text === undefined ? null : BigInt(text))

/** Rare words of the document's title, skills and description that stand for it. */
const tellingWords = 12

/** Takes the telling words of a document as the query that finds its like. */
export async function similarTo(sql: Sql, tables: Tables, definition: IndexDefinition, id: string, limit: number, filters: Query['filters']): Promise<Hit[]> {
  const words = await sql.unsafe<{ word: string; rarity: number }[]>(
    `select word, rarity from (
       select words.word, own.weights, ln(1 + greatest(0, size.documents - words.documents + 0.5) / (words.documents + 0.5))::real as rarity
       from ${tables.documents} as document
       cross join lateral unnest(document.head) as own(lexeme, positions, weights)
       join ${tables.words} as words on words.word = own.lexeme
       cross join (select greatest(reltuples, (select max(documents) from ${tables.words})) as documents from pg_class where oid = $2::text::regclass) as size
       where document.id = $1 and words.documents > 1 and length(words.word) > 1
     ) as telling order by rarity * case when 'A' = any(weights) then 1.5 else 1 end desc, word limit ${tellingWords}`,
    [id, tables.documents],
    { prepare: true },
  )
  if (words.length === 0) return []
  const concepts = words.map(({ word, rarity }) => ({ wordings: [{ tokens: [word], weight: 1 }], rarity }))
  const found = await run(sql, tables, definition, { match: 'any', limit: Math.min(searchLimits.pageSize, limit + 1), ...(filters === undefined ? {} : { filters }) }, concepts, 'any')
  return found.hits.filter((hit) => hit.id !== id).slice(0, limit).map(({ id: other, score }) => ({ id: other, score, highlights: {} }))
}

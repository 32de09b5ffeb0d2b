/** Runs a search: reads the text, matches strictly, then less strictly if too little was found. */
import type { Sql } from 'postgres'
import { highlight } from '../analysis/highlight.ts'
import type { IndexDefinition } from '../index-definition.ts'
import { pageOf } from '../page.ts'
import { SearchError, searchLimits } from '../port.ts'
import type { Histogram, Hit, HighlightPart, Query, SearchResult } from '../query.ts'
import { closeness, type Candidate } from './closeness.ts'
import { companions } from './companions.ts'
import { readText, type Analysis, type Concept, type Reading } from './concepts.ts'
import type { Tables } from './schema.ts'
import { isRanked, searchStatement } from './statement.ts'
import type { Strictness } from './tsquery.ts'

type Row = {
  total: number
  hits: (Partial<Candidate> & { id: string; score: number })[]
  [column: string]: unknown
}

/** With fewer hits than this, about half a page, the next looser way of matching is tried; what has every word still comes first. */
const littleFound = 10

export async function runSearch(sql: Sql, tables: Tables, analysis: Analysis, definition: IndexDefinition, query: Query): Promise<SearchResult> {
  const started = performance.now()
  checkHighlight(definition, query)
  const typed = (query.text ?? '').toWellFormed()
  const long = query.match === 'any'
  const text = typed.slice(0, long ? searchLimits.fieldChars : searchLimits.textChars)
  let reading = await readText(sql, tables, analysis, text, { correct: query.correct ?? true, width: long ? 'wide' : 'narrow' })
  const { correction } = reading
  // Something was typed but no word is in it: that is not the same as asking for everything.
  const hopeless = reading.concepts.length === 0 && text.trim() !== ''
  let found = hopeless ? nothing : await run(sql, tables, definition, query, reading.concepts, long ? 'any' : 'all', long ? firstLook : undefined)
  let relaxed = false
  if (!long && !hopeless && reading.concepts.length > 1) {
    for (const strictness of strictnessAfterAll(reading.concepts.length)) {
      if (found.total >= littleFound) break
      if (strictness === 'any') reading = await readText(sql, tables, analysis, correction ?? text, { correct: false, width: 'wide' })
      found = await run(sql, tables, definition, query, reading.concepts, strictness)
      relaxed = true
    }
  }
  let hits = ranked(found, query, reading)
  if (long && hits.length > 0) {
    reading = { ...reading, concepts: [...reading.concepts, ...(await companions(sql, tables, hits, reading.concepts))] }
    found = await run(sql, tables, definition, query, reading.concepts, 'any', secondLook)
    hits = ranked(found, query, reading)
  }
  return {
    hits: await withHighlights(sql, tables, analysis, query, reading.concepts, onPage(hits, query, reading.concepts)),
    total: found.total,
    facets: facetsOf(found, query),
    histograms: histogramsOf(found, query),
    correction: found.total > 0 ? correction : null,
    relaxed,
    engine: 'postgres',
    tookMs: Math.round((performance.now() - started) * 10) / 10,
  }
}

/** Of a long text the closest few say what goes along with it, and then more are looked at. */
const firstLook = 60
const secondLook = 300

const nothing: Row = { total: 0, hits: [] }

/** "All but one" of many words is a long expression and hardly ever what somebody meant. */
const mostOf = { least: 3, largest: 8 }

const strictnessAfterAll = (concepts: number): Strictness[] => (concepts >= mostOf.least && concepts <= mostOf.largest ? ['most', 'any'] : ['any'])

export async function run(sql: Sql, tables: Tables, definition: IndexDefinition, query: Query, concepts: readonly Concept[], strictness: Strictness, close?: number): Promise<Row> {
  const { text, parameters } = searchStatement(definition, tables, query, concepts, strictness, close)
  const values = [...parameters.values] as (string | string[])[]
  if (strictness !== 'any') return (await sql.unsafe<Row[]>(text, values, { prepare: true }))[0] ?? nothing
  // Matching many words row by row unpacks each description, which Postgres takes for cheap: with 10,000 documents the index halves the time.
  return sql.begin(async (tx) => {
    await tx`set local enable_seqscan = off`
    return (await tx.unsafe<Row[]>(text, values, { prepare: true }))[0] ?? nothing
  })
}

export type Scored = { readonly id: string; readonly score: number }

/** The best by closeness; whatever was not looked at closely stays after them in its order. */
export function ranked(row: Row, query: Query, { concepts, usualLength }: Reading): Scored[] {
  if (!isRanked(query, concepts)) return row.hits
  const isClose = (hit: Row['hits'][number]): hit is Candidate & Scored => hit.head !== undefined
  const close = row.hits.filter(isClose).map((hit) => ({ id: hit.id, score: closeness(concepts, usualLength, hit) }))
  close.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
  return [...close, ...row.hits.filter((hit) => !isClose(hit)).map(({ id }) => ({ id, score: 0 }))]
}

/** A plain page was cut by Postgres already. */
function onPage(hits: readonly Scored[], query: Query, concepts: readonly Concept[]): readonly Scored[] {
  const { offset, limit } = pageOf(query)
  return isRanked(query, concepts) ? hits.slice(offset, offset + limit) : hits
}

function checkHighlight(definition: IndexDefinition, query: Query): void {
  const wrong = (query.highlight ?? []).find((field) => !Object.hasOwn(definition.fields, field))
  if (wrong !== undefined) throw new SearchError('search.unknown_field', `"${definition.name}" has no field "${wrong}".`)
}

async function withHighlights(sql: Sql, tables: Tables, { segmenter }: Analysis, query: Query, concepts: readonly Concept[], hits: readonly Scored[]): Promise<Hit[]> {
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

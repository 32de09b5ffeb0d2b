/** One statement for a whole search: matches, page, total, facets and histograms in one round trip. */
import type { IndexDefinition } from '../index-definition.ts'
import type { Query } from '../query.ts'
import { pageOf } from '../page.ts'
import { SearchError, searchLimits } from '../port.ts'
import type { Concept } from './concepts.ts'
import { conditionsOf, kindOf, type Condition } from './conditions.ts'
import { Parameters } from './parameters.ts'
import { filterColumn, sortColumn, type Tables } from './schema.ts'
import { matchQuery, scoringQuery, type Strictness } from './tsquery.ts'

/** Weights of D, C, B and A for `ts_rank`. */
const fieldWeights = `'{0.1, 0.4, 0.7, 1}'`
/** Hits whose closeness is worked out. The rest keep the order of titles and skills. */
const closeLook = 120

export type Statement = { readonly text: string; readonly parameters: Parameters }

export function searchStatement(definition: IndexDefinition, tables: Tables, query: Query, concepts: readonly Concept[], strictness: Strictness, close = closeLook): Statement {
  const parameters = new Parameters()
  const conditions = conditionsOf(definition, query.filters ?? {}, parameters)
  const counted = [...(query.facets?.values ?? []), ...Object.keys(query.facets?.histograms ?? {})]
  const flags = conditions.filter(({ name }) => counted.includes(name))
  const fixed = conditions.filter(({ name }) => !counted.includes(name))
  const columns = [...new Set(counted)].map((name) => (kindOf(definition, name), `${filterColumn(name)}`))
  const sort = sortOf(definition, query)
  const ranked = isRanked(query, concepts)
  const where = [
    ...(concepts.length === 0 ? [] : [`(head || body) @@ ${parameters.add(matchQuery(concepts, strictness), 'tsquery')}`]),
    ...fixed.map(({ sql }) => `(${sql})`),
    ...flagsWhere(flags),
  ]
  const { offset, limit } = pageOf(query)
  const text = `
    with matched as materialized (
      select id, quality${sort === null ? '' : `, ${sort.column}`}, ${ranked ? onlyPassing(firstScore(concepts, parameters), flags) : '0::real'} as first_score
        ${columns.map((column) => `, ${column}`).join('')}
        ${flags.map(({ sql }, index) => `, coalesce(${sql}, false) as flag_${index}`).join('')}
      from ${tables.documents}
      ${where.length === 0 ? '' : `where ${where.join(' and ')}`}
    ), page as (
      ${ranked ? bestOf(flags, limit === 0 ? 0 : Math.max(close, offset + limit)) : plainPage(flags, sort, offset, limit)}
    )
    select
      (select count(*)::int from matched ${passing(flags)}) as total,
      (select coalesce(json_agg(${ranked ? candidate(concepts, parameters, close) : "json_build_object('id', page.id, 'score', page.score)"} order by page.place), '[]')
       from page ${ranked ? `join ${tables.documents} as document using (id)` : ''}) as hits
      ${(query.facets?.values ?? []).map((name) => `, ${facetCount(definition, name, flags, conditions, parameters)} as ${filterColumn(name)}`).join('')}
      ${Object.entries(query.facets?.histograms ?? {})
        .map(([name, bounds]) => `, ${histogram(definition, name, bounds as readonly (bigint | number)[], flags, parameters)} as "h_${name}"`)
        .join('')}`
  return { text, parameters }
}

/** Whether hits come as candidates whose closeness is to be worked out. */
export const isRanked = (query: Query, concepts: readonly Concept[]): boolean => query.sort === undefined && concepts.length > 0

type Sort = { readonly column: string; readonly direction: 'asc' | 'desc' }

function sortOf(definition: IndexDefinition, query: Query): Sort | null {
  if (query.sort === undefined) return null
  if (!Object.hasOwn(definition.sorts, query.sort.by)) {
    throw new SearchError('search.unknown_field', `"${definition.name}" cannot be sorted by "${query.sort.by}".`)
  }
  return { column: sortColumn(query.sort.by), direction: query.sort.direction === 'desc' ? 'desc' : 'asc' }
}

/** A facet is counted without its own filter, so a match may fail one of the counted filters but not two. */
function flagsWhere(flags: readonly Condition[]): string[] {
  if (flags.length < 2) return []
  return [`(${flags.map(({ sql }) => `coalesce(${sql}, false)::int`).join(' + ')}) >= ${flags.length - 1}`]
}

function passing(flags: readonly Condition[], except?: string): string {
  const kept = flags.flatMap(({ name }, index) => (name === except ? [] : [`flag_${index}`]))
  return kept.length === 0 ? '' : `where ${kept.join(' and ')}`
}

function plainPage(flags: readonly Condition[], sort: Sort | null, offset: number, limit: number): string {
  const order = sort === null ? 'quality desc, id' : `${sort.column} ${sort.direction} nulls last, id`
  return `select id, score, row_number() over () as place from (
    select id, quality as score from matched ${passing(flags)} order by ${order} offset ${offset} limit ${limit}) as ordered`
}

function bestOf(flags: readonly Condition[], count: number): string {
  return `select id, score, row_number() over () as place from (
    select id, first_score as score from matched ${passing(flags)} order by first_score desc, quality desc, id limit ${count}) as ordered`
}

/** What `closeness` needs to know of the best; only how they stand of those after them. */
function candidate(concepts: readonly Concept[], parameters: Parameters, close: number): string {
  const tokens = parameters.add([...new Set(concepts.flatMap(({ wordings }) => wordings.flatMap((wording) => wording.tokens)))], 'text[]')
  const words = (vector: string, value: string): string =>
    `(select coalesce(json_object_agg(lexeme, ${value}), '{}') from unnest(document.${vector}) where lexeme = any(${tokens}))`
  return `case when page.place > ${close} then json_build_object('id', page.id, 'score', page.score) else json_build_object(
    'id', page.id, 'score', page.score, 'quality', document.quality, 'length', document.length,
    'head', ${words('head', "json_build_array(array_to_string(weights, ''), array_to_string(positions, ','))")},
    'body', ${words('body', 'cardinality(positions)')}) end`
}

/** Scoring is the dear part, and what a facet's own filter keeps out is only counted. */
function onlyPassing(score: string, flags: readonly Condition[]): string {
  return flags.length === 0 ? score : `case when ${flags.map(({ sql }) => `(${sql})`).join(' and ')} then ${score} else 0 end`
}

/** Words are taken together by what they are worth, each step being worth this much less than the one before. */
const stepRatio = 1.5
const steps = 7
/** Words of a query that the first choice of hits looks for in each document. */
const scoredWords = 100

/**
 * `ts_rank` of one word saturates with its occurrences much as BM25's term does, and of several it divides their sum by
 * how many there are. A call for each step of worth instead of one for each word costs a fraction and chooses well enough.
 */
function firstScore(concepts: readonly Concept[], parameters: Parameters): string {
  const worth = new Map<string, number>()
  for (const { wordings } of concepts) {
    for (const { tokens, value } of wordings) for (const token of tokens) worth.set(token, Math.max(worth.get(token) ?? 0, value / tokens.length))
  }
  const telling = [...worth].sort(([, a], [, b]) => b - a).slice(0, scoredWords)
  const most = telling[0]?.[1] ?? 1
  const groups = Map.groupBy(telling, ([, value]) => Math.floor(Math.log(most / value) / Math.log(stepRatio)))
  const ranks = [...groups].filter(([step]) => step < steps).map(([step, words]) => {
    const query = parameters.add(scoringQuery(words.map(([token]) => token)), 'tsquery')
    return `${(words.length / stepRatio ** step).toFixed(4)} * ts_rank(${fieldWeights}, head, ${query})`
  })
  return `(head_norm * (${ranks.join(' + ')}))::real`
}

function facetCount(definition: IndexDefinition, name: string, flags: readonly Condition[], conditions: readonly Condition[], parameters: Parameters): string {
  const column = filterColumn(name)
  const kind = kindOf(definition, name)
  if (kind !== 'keyword' && kind !== 'keywords' && kind !== 'boolean') {
    throw new SearchError('search.unknown_field', `"${name}" is a ${kind} and is counted by a histogram.`)
  }
  const chosen = conditions.find((condition) => condition.name === name)?.chosen ?? []
  const value = kind === 'keywords' ? `unnest(${column})` : `${column}::text`
  return `(select coalesce(json_object_agg(value, found order by found desc, value), '{}') from (
    select value, count(*)::int as found from (select ${value} as value from matched ${passing(flags, name)}) as listed
    group by value having value is not null
    order by ${chosen.length === 0 ? '' : `value = any(${parameters.add(chosen, 'text[]')}) desc, `}found desc, value limit ${searchLimits.facetValues}) as counted)`
}

function histogram(definition: IndexDefinition, name: string, bounds: readonly (bigint | number)[], flags: readonly Condition[], parameters: Parameters): string {
  if (kindOf(definition, name) !== 'integer') throw new SearchError('search.unknown_field', `"${name}" is not an integer: no histogram.`)
  const column = filterColumn(name)
  const list = parameters.add(bounds.slice(0, searchLimits.buckets - 1).map(String), 'bigint[]')
  return `(select json_build_object('min', min(low)::text, 'max', max(high)::text, 'counts', coalesce(json_object_agg(bucket, found), '{}')) from (
    select width_bucket(${column}, ${list}) as bucket, count(*)::int as found, min(${column}) as low, max(${column}) as high
    from matched ${passing(flags, name)} group by bucket having width_bucket(${column}, ${list}) is not null) as counted)`
}

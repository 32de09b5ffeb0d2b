/** One statement for a whole search: matches, page, total, facets and histograms in one round trip. */
import type { IndexDefinition } from '../index-definition.ts'
import type { Query } from '../query.ts'
import { SearchError, searchLimits } from '../port.ts'
import type { Concept } from './concepts.ts'
import { conditionsOf, kindOf, type Condition } from './conditions.ts'
import { Parameters } from './parameters.ts'
import { filterColumn, sortColumn, type Tables } from './schema.ts'
import { adjacencyQueries, matchQuery, scoringQuery, type Strictness } from './tsquery.ts'

/** Weights of D, C, B and A for `ts_rank`. */
const fieldWeights = `'{0.1, 0.4, 0.7, 1}'`
/** A hit in the description against one in the title. */
const bodyInfluence = 6
/** Hits that are looked at closely: description, neighbouring words. The rest keep the order of titles and skills. */
const closeLook = 200
const closeLookLong = 1_000
const adjacencyLift = 0.25
const qualityLift = 0.2
/** What a wording that is not what was typed counts. */
const otherWordingWeight = 0.7

export type Statement = { readonly text: string; readonly parameters: Parameters }

export function searchStatement(definition: IndexDefinition, tables: Tables, query: Query, concepts: readonly Concept[], strictness: Strictness): Statement {
  const parameters = new Parameters()
  const conditions = conditionsOf(definition, query.filters ?? {}, parameters)
  const counted = [...(query.facets?.values ?? []), ...Object.keys(query.facets?.histograms ?? {})]
  const flags = conditions.filter(({ name }) => counted.includes(name))
  const fixed = conditions.filter(({ name }) => !counted.includes(name))
  const columns = [...new Set(counted)].map((name) => (kindOf(definition, name), `${filterColumn(name)}`))
  const sort = sortOf(definition, query)
  const ranked = sort === null && concepts.length > 0
  const where = [
    ...(concepts.length === 0 ? [] : [`(head || body) @@ ${parameters.add(matchQuery(concepts, strictness), 'tsquery')}`]),
    ...fixed.map(({ sql }) => `(${sql})`),
    ...flagsWhere(flags),
  ]
  const offset = Math.max(0, Math.trunc(query.offset ?? 0) || 0)
  const limit = offset >= searchLimits.depth ? 0 : Math.min(searchLimits.pageSize, searchLimits.depth - offset, Math.max(0, Math.trunc(query.limit ?? 20) || 0))
  const close = query.match === 'any' ? closeLookLong : closeLook
  const text = `
    with matched as materialized (
      select id, quality${sort === null ? '' : `, ${sort.column}`}, ${ranked ? onlyPassing(headScore(concepts, parameters), flags) : '0::real'} as first_score
        ${columns.map((column) => `, ${column}`).join('')}
        ${flags.map(({ sql }, index) => `, coalesce(${sql}, false) as flag_${index}`).join('')}
      from ${tables.documents}
      ${where.length === 0 ? '' : `where ${where.join(' and ')}`}
    ), page as (
      ${ranked ? rankedPage(tables, concepts, parameters, flags, close, offset, limit) : plainPage(flags, sort, offset, limit)}
    )
    select
      (select count(*)::int from matched ${passing(flags)}) as total,
      (select coalesce(json_agg(json_build_object('id', page.id, 'score', page.score${
        query.highlight === undefined || query.highlight.length === 0 ? '' : ", 'source', document.source"
      }) order by page.place), '[]') from page ${query.highlight?.length ? `join ${tables.documents} as document using (id)` : ''}) as hits
      ${(query.facets?.values ?? []).map((name) => `, ${facetCount(definition, name, flags, conditions, parameters)} as ${filterColumn(name)}`).join('')}
      ${Object.entries(query.facets?.histograms ?? {})
        .map(([name, bounds]) => `, ${histogram(definition, name, bounds as readonly (bigint | number)[], flags, parameters)} as "h_${name}"`)
        .join('')}`
  return { text, parameters }
}

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

/** The best by titles and skills are read again with their descriptions; whatever comes after them stays after them. */
function rankedPage(tables: Tables, concepts: readonly Concept[], parameters: Parameters, flags: readonly Condition[], close: number, offset: number, limit: number): string {
  const last = Math.max(close, offset + limit)
  return `
    select id, score, row_number() over () as place from (select id, score from (
      select id, place <= ${close} as near, case when place <= ${close} then (first_score + ${bodyScore(concepts, parameters)}) * ${lift(concepts, parameters)} else first_score end as score
      from (
        select id, first_score, row_number() over () as place from (
          select id, first_score from matched ${passing(flags)} order by first_score desc, quality desc, id limit ${last}
        ) as ordered
      ) as best join ${tables.documents} as document using (id)
    ) as closer
    order by near desc, score desc, id offset ${offset} limit ${limit}) as paged`
}

/** Scoring is the dear part, and what a facet's own filter keeps out is only counted. */
function onlyPassing(score: string, flags: readonly Condition[]): string {
  return flags.length === 0 ? score : `case when ${flags.map(({ sql }) => `(${sql})`).join(' and ')} then ${score} else 0 end`
}

function headScore(concepts: readonly Concept[], parameters: Parameters): string {
  return `(head_norm * (${concepts.map((concept) => conceptScore('head', concept, parameters)).join(' + ')}))::real`
}

function bodyScore(concepts: readonly Concept[], parameters: Parameters): string {
  return `${bodyInfluence} * body_norm * (${concepts.map((concept) => conceptScore('body', concept, parameters)).join(' + ')})`
}

/**
 * \`ts_rank\` of one word saturates with its occurrences much as BM25's term does; multiplied by the word's rarity
 * and divided by the text's length it is close to BM25 with fields, in C.
 */
function conceptScore(column: 'head' | 'body', { wordings, rarity }: Concept, parameters: Parameters): string {
  const typed = new Set(wordings.filter(({ weight }) => weight >= 0.9).flatMap(({ tokens }) => tokens))
  const others = new Set(wordings.flatMap(({ tokens }) => tokens).filter((token) => !typed.has(token)))
  const rank = (tokens: ReadonlySet<string>): string =>
    `${tokens.size} * ts_rank(${fieldWeights}, ${column}, ${parameters.add(scoringQuery([...tokens]), 'tsquery')})`
  const scores = [...(typed.size > 0 ? [rank(typed)] : []), ...(others.size > 0 ? [`${otherWordingWeight} * ${rank(others)}`] : [])]
  return `${rarity.toFixed(4)} * least(1, greatest(${scores.join(', ')}))`
}

function lift(concepts: readonly Concept[], parameters: Parameters): string {
  const neighbours = adjacencyQueries(concepts.slice(0, 6))
  const adjacent = neighbours.map((query) => `(head @@ ${parameters.add(query, 'tsquery')})::int`)
  const part = adjacent.length === 0 ? '' : ` + ${adjacencyLift} * (${adjacent.join(' + ')}) / ${adjacent.length}.0`
  return `(1 + ${qualityLift} * document.quality${part})`
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

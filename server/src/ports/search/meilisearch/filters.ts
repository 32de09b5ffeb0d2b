/** Filters as Meilisearch writes them; values are always quoted, so that nothing a person sends is an operator. */
import type { IndexDefinition } from '../index-definition.ts'
import { SearchError, searchLimits } from '../port.ts'
import { filterAttribute } from './settings.ts'

/** By the name of the filter; those that say nothing are left out. */
export function conditionsOf(definition: IndexDefinition, filters: Readonly<Record<string, unknown>>): Map<string, string> {
  const conditions = new Map<string, string>()
  for (const [name, wanted] of Object.entries(filters)) {
    if (wanted === undefined) continue
    const kind = kindOf(definition, name)
    const condition = conditionOf(filterAttribute(name), kind, wanted)
    if (condition !== null) conditions.set(name, condition)
  }
  return conditions
}

export function kindOf(definition: IndexDefinition, name: string): string {
  const kind = Object.hasOwn(definition.filters, name) ? definition.filters[name] : undefined
  if (kind === undefined) throw new SearchError('search.unknown_field', `"${name}" cannot be filtered or counted in "${definition.name}".`)
  return kind
}

export const rangeCondition = (attribute: string, from: bigint | null, to: bigint | null): string =>
  [...(from === null ? [] : [`${attribute} >= ${numeral(from)}`]), ...(to === null ? [] : [`${attribute} < ${numeral(to)}`])].join(' AND ') || `${attribute} EXISTS`

function conditionOf(attribute: string, kind: string, wanted: unknown): string | null {
  if (kind === 'boolean') return `${attribute} = ${wanted === true}`
  if (kind === 'keyword' || kind === 'keywords') {
    const all = isAll(wanted) ? wanted.all : null
    const values = listOf(all ?? wanted)
    if (values.length === 0) return null
    return all === null ? `${attribute} IN [${values.map(quoted).join(', ')}]` : values.map((value) => `${attribute} = ${quoted(value)}`).join(' AND ')
  }
  if (typeof wanted === 'bigint' || typeof wanted === 'number') return `${attribute} = ${numeral(wanted)}`
  const { min, max } = wanted as { min?: unknown; max?: unknown }
  const parts = [...(min === undefined ? [] : [`${attribute} >= ${numeral(min)}`]), ...(max === undefined ? [] : [`${attribute} <= ${numeral(max)}`])]
  return parts.length === 0 ? null : parts.join(' AND ')
}

/** Beyond this no number of ours lies, and Meilisearch reads no other notation than plain digits. */
const largest = 9_007_199_254_740_991

function numeral(value: unknown): string {
  const number = value instanceof Date ? value.getTime() : Number(value)
  if (Number.isNaN(number)) return '0'
  return String(Math.min(largest, Math.max(-largest, number)))
}

export const quoted = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

const isAll = (wanted: unknown): wanted is { all: readonly string[] } => typeof wanted === 'object' && wanted !== null && 'all' in wanted

const listOf = (wanted: unknown): string[] =>
  (Array.isArray(wanted) ? wanted : [wanted]).slice(0, searchLimits.filterValues).map((value) => String(value).toWellFormed().replaceAll('\0', ' '))

/** Filters as SQL. */
import type { FilterKind, IndexDefinition } from '../index-definition.ts'
import { SearchError, searchLimits } from '../port.ts'
import type { Parameters } from './parameters.ts'
import { columnType, filterColumn } from './schema.ts'

export type Condition = { readonly name: string; readonly sql: string; readonly chosen: readonly string[] }

/** One condition for each filter that says something. */
export function conditionsOf(definition: IndexDefinition, filters: Readonly<Record<string, unknown>>, parameters: Parameters): Condition[] {
  return Object.entries(filters).flatMap(([name, wanted]) => {
    if (wanted === undefined) return []
    const sql = conditionOf(filterColumn(name), kindOf(definition, name), wanted, parameters)
    return sql === null ? [] : [{ name, sql, chosen: chosenOf(wanted) }]
  })
}

export function kindOf(definition: IndexDefinition, name: string): FilterKind {
  const kind = Object.hasOwn(definition.filters, name) ? definition.filters[name] : undefined
  if (kind === undefined) throw new SearchError('search.unknown_field', `"${name}" cannot be filtered or counted in "${definition.name}".`)
  return kind
}

function conditionOf(column: string, kind: FilterKind, wanted: unknown, parameters: Parameters): string | null {
  switch (kind) {
    case 'keyword': {
      const values = listOf(wanted)
      return values.length === 0 ? null : `${column} = any(${parameters.add(values, 'text[]')})`
    }
    case 'keywords': {
      const all = isAll(wanted) ? wanted.all : null
      const values = listOf(all ?? wanted)
      return values.length === 0 ? null : `${column} ${all === null ? '&&' : '@>'} ${parameters.add(values, 'text[]')}`
    }
    case 'boolean':
      return wanted === true ? column : `not ${column}`
    default:
      return rangeOf(column, columnType(kind), wanted, parameters)
  }
}

function rangeOf(column: string, type: string, wanted: unknown, parameters: Parameters): string | null {
  if (typeof wanted === 'bigint' || typeof wanted === 'number') return `${column} = ${parameters.add(numeral(wanted, type), type)}`
  const { min, max } = wanted as { min?: unknown; max?: unknown }
  const parts = [
    ...(min === undefined ? [] : [`${column} >= ${parameters.add(numeral(min, type), type)}`]),
    ...(max === undefined ? [] : [`${column} <= ${parameters.add(numeral(max, type), type)}`]),
  ]
  return parts.length === 0 ? null : parts.join(' and ')
}

const lowest = -(2n ** 63n)
const highest = 2n ** 63n - 1n

/** A bound outside what the column can hold means the end of the column's range. */
function numeral(value: unknown, type: string): string {
  if (value instanceof Date) return value.toISOString()
  if (type !== 'bigint') return String(value)
  if (typeof value === 'bigint') return String(value < lowest ? lowest : value > highest ? highest : value)
  const number = Number(value)
  if (Number.isNaN(number)) return '0'
  return number <= Number(lowest) ? String(lowest) : number >= Number(highest) ? String(highest) : BigInt(Math.round(number)).toString()
}

const isAll = (wanted: unknown): wanted is { all: readonly string[] } => typeof wanted === 'object' && wanted !== null && 'all' in wanted

const listOf = (wanted: unknown): string[] =>
  (Array.isArray(wanted) ? wanted : [wanted]).slice(0, searchLimits.filterValues).map((value) => String(value).toWellFormed().replaceAll('\0', ' '))

const chosenOf = (wanted: unknown): string[] => (typeof wanted === 'string' || Array.isArray(wanted) ? listOf(wanted) : typeof wanted === 'boolean' ? [String(wanted)] : isAll(wanted) ? listOf(wanted.all) : [])

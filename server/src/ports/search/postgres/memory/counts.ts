/** Facets and histograms, counted over documents in memory. */
import type { IndexDefinition } from '../../index-definition.ts'
import { SearchError, searchLimits } from '../../port.ts'
import type { Histogram, Query, SearchResult } from '../../query.ts'
import { columnOf, kindOf, type Condition, type Passing } from './choose.ts'
import { NumbersColumn, ValuesColumn } from './columns.ts'
import type { Store } from './store.ts'

export type Counted = Pick<SearchResult, 'facets' | 'histograms'>

/** Names that the query wants counted; they are counted without their own filter. */
export const countedNames = ({ facets }: Query): Set<string> => new Set([...(facets?.values ?? []), ...Object.keys(facets?.histograms ?? {})])

export function countsOf(store: Store, definition: IndexDefinition, { facets }: Query, { documents, failing }: Passing, conditions: readonly Condition[]): Counted {
  const over = (name: string): Int32Array[] => [documents, ...(failing.has(name) ? [failing.get(name) as Int32Array] : [])]
  const chosen = new Map(conditions.map((condition) => [condition.name, condition.chosen]))
  const histograms: Readonly<Record<string, readonly (bigint | number)[] | undefined>> = facets?.histograms ?? {}
  return {
    facets: Object.fromEntries((facets?.values ?? []).map((name) => [name, facetOf(store, definition, name, over(name), chosen.get(name) ?? [])])),
    histograms: Object.fromEntries(Object.entries(histograms).map(([name, bounds]) => [name, histogramOf(store, definition, name, over(name), bounds ?? [])])),
  }
}

/** Throws what `countsOf` would, also when there is nothing to count. */
export function checkCounted(store: Store, definition: IndexDefinition, { facets }: Query): void {
  for (const name of facets?.values ?? []) valuesColumn(store, definition, name)
  for (const name of Object.keys(facets?.histograms ?? {})) wholeColumn(store, definition, name)
}

function valuesColumn(store: Store, definition: IndexDefinition, name: string): ValuesColumn {
  const column = columnOf(store, definition, name)
  if (column instanceof ValuesColumn) return column
  throw new SearchError('search.unknown_field', `"${name}" is a ${kindOf(definition, name)} and is counted by a histogram.`)
}

function wholeColumn(store: Store, definition: IndexDefinition, name: string): NumbersColumn {
  const column = columnOf(store, definition, name)
  if (column instanceof NumbersColumn && kindOf(definition, name) === 'integer') return column
  throw new SearchError('search.unknown_field', `"${name}" is not an integer: no histogram.`)
}

/** The most frequent values, and every chosen one. */
function facetOf(store: Store, definition: IndexDefinition, name: string, over: readonly Int32Array[], chosen: readonly string[]): Record<string, number> {
  const column = valuesColumn(store, definition, name)
  const counts = new Int32Array(column.values.length)
  for (const documents of over) column.count(documents, counts)
  const found = column.values.flatMap((value, code) => (counts[code] === 0 ? [] : [[value, counts[code] as number] as const]))
  const isChosen = new Set(chosen)
  const byCount = (a: readonly [string, number], b: readonly [string, number]): number => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)
  const kept = found.sort((a, b) => Number(isChosen.has(b[0])) - Number(isChosen.has(a[0])) || byCount(a, b)).slice(0, searchLimits.facetValues).sort(byCount)
  return Object.fromEntries([...kept, ...chosen.filter((value) => !kept.some(([other]) => other === value)).map((value) => [value, 0] as const)])
}

function histogramOf(store: Store, definition: IndexDefinition, name: string, over: readonly Int32Array[], given: readonly (bigint | number)[]): Histogram {
  const column = wholeColumn(store, definition, name)
  const bounds = given.slice(0, searchLimits.buckets - 1)
  const codes = column.buckets(bounds.map(Number))
  const { numbers } = column
  const counts = new Int32Array(bounds.length + 2)
  let [min, max] = [Infinity, -Infinity]
  for (const documents of over) {
    for (let place = 0; place < documents.length; place++) {
      const document = documents[place] as number
      const code = codes[document] as number
      counts[code] = (counts[code] as number) + 1
      const value = numbers[document] as number
      if (value < min) min = value
      if (value > max) max = value
    }
  }
  const edge = (index: number): bigint | null => (bounds[index] === undefined ? null : BigInt(bounds[index]))
  const isEmpty = min > max
  return {
    min: isEmpty ? null : BigInt(min), max: isEmpty ? null : BigInt(max),
    buckets: Array.from(counts.subarray(0, bounds.length + 1), (count, index) => ({ from: edge(index - 1), to: edge(index), count })),
  }
}

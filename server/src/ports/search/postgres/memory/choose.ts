/** Filters, order and page over documents in memory. */
import type { FilterKind, IndexDefinition } from '../../index-definition.ts'
import { SearchError, searchLimits } from '../../port.ts'
import type { Query } from '../../query.ts'
import { NumbersColumn, ValuesColumn, type Test } from './columns.ts'
import { everything, nothing, type Matches } from './match.ts'
import { lackingOf, sheetOf } from './sheet.ts'
import type { Store } from './store.ts'

export type Condition = {
  readonly name: string
  readonly test: Test
  readonly chosen: readonly string[]
  /** Whoever passes has one of these values, and with `isAll` whoever has one passes; null where the condition is no list of values. */
  readonly among: { readonly column: ValuesColumn; readonly values: readonly string[]; readonly isAll: boolean } | null
}

/** One condition for each filter that says something. */
export function conditionsOf(store: Store, definition: IndexDefinition, filters: Readonly<Record<string, unknown>>): Condition[] {
  return Object.entries(filters).flatMap(([name, wanted]) => {
    if (wanted === undefined) return []
    const column = columnOf(store, definition, name)
    const chosen = chosenOf(wanted)
    const test = testOf(column, kindOf(definition, name), wanted)
    return test === null ? [] : [{ name, test, chosen, among: column instanceof ValuesColumn ? { column, values: chosen, isAll: !isAll(wanted) } : null }]
  })
}

export function kindOf(definition: IndexDefinition, name: string): FilterKind {
  const kind = Object.hasOwn(definition.filters, name) ? definition.filters[name] : undefined
  if (kind === undefined) throw new SearchError('search.unknown_field', `"${name}" cannot be filtered or counted in "${definition.name}".`)
  return kind
}

export function columnOf(store: Store, definition: IndexDefinition, name: string): ValuesColumn | NumbersColumn {
  kindOf(definition, name)
  return store.filters.get(name) as ValuesColumn | NumbersColumn
}

function testOf(column: ValuesColumn | NumbersColumn, kind: FilterKind, wanted: unknown): Test | null {
  if (column instanceof NumbersColumn) return rangeOf(column, wanted)
  if (kind === 'boolean') return column.any([String(wanted === true)])
  const all = isAll(wanted) ? wanted.all : null
  const values = listOf(all ?? wanted)
  if (values.length === 0) return null
  return kind === 'keywords' && all !== null ? column.all(values) : column.any(values)
}

function rangeOf(column: NumbersColumn, wanted: unknown): Test | null {
  if (typeof wanted === 'bigint' || typeof wanted === 'number') return column.between(Number(wanted), Number(wanted))
  const { min, max } = wanted as { min?: unknown; max?: unknown }
  return min === undefined && max === undefined ? null : column.between(min === undefined ? -Infinity : Number(min), max === undefined ? Infinity : Number(max))
}

const isAll = (wanted: unknown): wanted is { all: readonly string[] } => typeof wanted === 'object' && wanted !== null && 'all' in wanted

const listOf = (wanted: unknown): string[] =>
  (Array.isArray(wanted) ? wanted : [wanted]).slice(0, searchLimits.filterValues).map((value) => String(value).toWellFormed().replaceAll('\0', ' '))

const chosenOf = (wanted: unknown): string[] => (typeof wanted === 'string' || Array.isArray(wanted) ? listOf(wanted) : typeof wanted === 'boolean' ? [String(wanted)] : isAll(wanted) ? listOf(wanted.all) : [])

/**
 * Every document that may pass, and the conditions that are still to be asked: those of the rarest values that are asked for, where
 * one of them must be there. A condition that is counted without itself leaves others in.
 */
export function passable(store: Store, conditions: readonly Condition[], counted: ReadonlySet<string>): { matches: Matches; left: readonly Condition[] } {
  const lists = conditions.flatMap((condition) => (condition.among === null || counted.has(condition.name) ? [] : [{ ...condition.among, condition, size: condition.among.column.documentsOf(condition.among.values) }]))
  const shortest = lists.reduce<(typeof lists)[number] | undefined>((least, list) => (least === undefined || list.size < least.size ? list : least), undefined)
  if (shortest === undefined || shortest.size * worthwhile > store.size) return { matches: everything(store), left: conditions }
  const { found, scores, had } = sheetOf(store)
  const { isGone } = store
  let count = 0
  shortest.column.each(shortest.values, (document) => {
    if (isGone[document] !== 0 || had[document] !== 0) return
    had[document] = 1
    found[count++] = document
  })
  const documents = found.subarray(0, count)
  for (const document of documents) had[document] = 0
  // They were listed from the last one on, and what comes first by its id is kept soonest.
  return { matches: { documents: documents.reverse(), scores: scores.subarray(0, count) }, left: shortest.isAll ? conditions.filter((each) => each !== shortest.condition) : conditions }
}
/** Documents of a value are spread over the memory: looking through all of them in a row is quicker unless there are few. */
const worthwhile = 2

/**
 * What passes every condition, and for each condition that is counted without itself what fails it alone: a facet is
 * counted over the first and its own.
 */
export type Passing = Matches & { readonly failing: ReadonlyMap<string, Int32Array> }

export function passing(store: Store, { documents, scores }: Matches, conditions: readonly Condition[], counted: ReadonlySet<string>): Passing {
  if (conditions.length === 0) return { documents, scores, failing: new Map() }
  // What keeps a document out for good is asked first.
  const ordered = [...conditions].sort((a, b) => Number(counted.has(a.name)) - Number(counted.has(b.name)))
  const tests = ordered.map(({ test }) => test)
  const fixed = ordered.filter(({ name }) => !counted.has(name)).length
  const failing = tests.map((_, at) => ({ documents: at < fixed ? nothing.documents : lackingOf(sheetOf(store), at), count: 0 }))
  let count = 0
  for (let index = 0; index < documents.length; index++) {
    const document = documents[index] as number
    let failed = -1
    let at = 0
    for (; at < tests.length; at++) {
      if ((tests[at] as Test)(document)) continue
      if (at < fixed || failed >= 0) break
      failed = at
    }
    if (at < tests.length) continue
    if (failed >= 0) {
      const lacking = failing[failed] as (typeof failing)[number]
      lacking.documents[lacking.count++] = document
      continue
    }
    documents[count] = document
    scores[count++] = scores[index] as number
  }
  return {
    documents: documents.subarray(0, count), scores: scores.subarray(0, count),
    failing: new Map(failing.map(({ documents: lacking, count: some }, at) => [(ordered[at] as Condition).name, lacking.subarray(0, some)])),
  }
}

/** What each of the documents is ordered by, on the sheet, the highest first; unknown is lowest in both directions. */
export function orderKeys(definition: IndexDefinition, store: Store, sort: Query['sort'], documents: Int32Array): Float64Array {
  const numbers = sort === undefined ? store.qualities : sortColumnOf(definition, store, sort.by).numbers
  const sign = sort?.direction === 'asc' ? -1 : 1
  const keys = sheetOf(store).keys.subarray(0, documents.length)
  for (let index = 0; index < documents.length; index++) {
    const value = numbers[documents[index] as number] as number
    keys[index] = Number.isNaN(value) ? -Infinity : sign * value
  }
  return keys
}

function sortColumnOf(definition: IndexDefinition, store: Store, name: string): NumbersColumn {
  const column = Object.hasOwn(definition.sorts, name) ? store.sorts.get(name) : undefined
  if (column === undefined) throw new SearchError('search.unknown_field', `"${definition.name}" cannot be sorted by "${name}".`)
  return column
}

/** Places of the highest keys, best first; equal ones are in the order of their ids. A heap of the best so far, the worst of them on top. */
export function highest(count: number, keys: Float64Array, documents: Int32Array, ids: readonly string[]): number[] {
  const isBefore = (a: number, b: number): boolean => {
    const [left, right] = [keys[a] as number, keys[b] as number]
    return left === right ? (ids[documents[a] as number] as string) < (ids[documents[b] as number] as string) : left > right
  }
  const heap: number[] = []
  const sink = (from: number): void => {
    const moved = heap[from] as number
    let place = from
    for (let child = 2 * place + 1; child < heap.length; child = 2 * place + 1) {
      if (child + 1 < heap.length && isBefore(heap[child] as number, heap[child + 1] as number)) child++
      if (isBefore(heap[child] as number, moved)) break
      heap[place] = heap[child] as number
      place = child
    }
    heap[place] = moved
  }
  const room = Math.min(count, keys.length)
  for (let index = 0; index < room; index++) heap.push(index)
  for (let index = (room >>> 1) - 1; index >= 0; index--) sink(index)
  if (room === 0) return heap
  let worst = keys[heap[0] as number] as number
  for (let index = room; index < keys.length; index++) {
    if ((keys[index] as number) < worst || !isBefore(index, heap[0] as number)) continue
    heap[0] = index
    sink(0)
    worst = keys[heap[0] as number] as number
  }
  return heap.sort((a, b) => (isBefore(a, b) ? -1 : 1))
}

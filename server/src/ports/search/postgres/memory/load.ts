/** Reads an index from Postgres into memory, and later what has changed. */
import type { Sql, TransactionSql } from 'postgres'
import type { FilterKind, IndexDefinition, SortKind } from '../../index-definition.ts'
import { filterColumn, sortColumn, tablesOf } from '../schema.ts'
import { isListed, Store, type StoredRow } from './store.ts'

/** Rows in one answer: other requests are served between two of them. */
const batchSize = 2_000

/** The whole index as it is now; null if it is not there. */
export async function loadStore(sql: Sql, definition: IndexDefinition): Promise<Store | null> {
  return atOneMoment(sql, async (tx) => {
    const [state] = await tx<State[]>`select live, version from search.indexes where name = ${definition.name}`
    if (state === undefined) return null
    const store = new Store(definition, BigInt(state.live), BigInt(state.version))
    await appendNew(tx, definition, store)
    return store
  })
}

/** Brings the store up to now; false if it cannot be: another generation answers, or it has missed more than is remembered. */
export async function refreshStore(sql: Sql, definition: IndexDefinition, store: Store): Promise<boolean> {
  return atOneMoment(sql, async (tx) => {
    const [state] = await tx<State[]>`select live, version, forgotten from search.indexes where name = ${definition.name}`
    if (state === undefined || BigInt(state.live) !== store.generation || BigInt(state.forgotten) > store.version) return false
    const gone = await tx<{ number: number }[]>`
      select number from search.gone where generation = ${state.live} and version > ${String(store.version)}`
    await appendNew(tx, definition, store)
    for (const { number } of gone) store.remove(number)
    store.version = BigInt(state.version)
    return true
  })
}

type State = { live: string; version: string; forgotten: string }

/** Several answers that belong together. */
const atOneMoment = <T>(sql: Sql, work: (tx: TransactionSql) => Promise<T>): Promise<T> => sql.begin('isolation level repeatable read read only', work) as Promise<T>

async function appendNew(tx: TransactionSql, definition: IndexDefinition, store: Store): Promise<void> {
  const filters = Object.entries(definition.filters)
  const sorts = Object.entries(definition.sorts)
  const columns = [
    'number', 'id', 'length', 'quality', 'terms',
    ...filters.map(([name, kind]) => readable(filterColumn(name), kind)), ...sorts.map(([name, kind]) => readable(sortColumn(name), kind)),
  ]
  const text = `select ${columns.join(', ')} from ${tablesOf(definition, store.generation).documents} where number > $1 order by number limit ${batchSize}`
  for (;;) {
    const rows = await tx.unsafe(text, [store.lastNumber], { prepare: true }).values()
    store.append(rows.map((row) => rowOf(row as unknown as Raw, filters.map(([, kind]) => kind))))
    if (rows.length < batchSize) return
  }
}

/** Numbers as what JavaScript reckons with; null stays null. */
function readable(column: string, kind: FilterKind | SortKind): string {
  if (kind === 'timestamp') return `(extract(epoch from ${column}) * 1000)::double precision`
  return kind === 'integer' ? `${column}::double precision` : column
}

type Raw = readonly [number: number, id: string, length: number, quality: number, terms: Uint8Array, ...values: unknown[]]

function rowOf([number, id, length, quality, terms, ...values]: Raw, kinds: readonly FilterKind[]): StoredRow {
  return {
    number, id, length, quality, terms: new Uint32Array(terms.buffer.slice(terms.byteOffset, terms.byteOffset + terms.byteLength)),
    filters: kinds.map((kind, index) => (isListed(kind) ? listOf(values[index]) : numberOf(values[index]))),
    sorts: values.slice(kinds.length).map(numberOf),
  }
}

const listOf = (value: unknown): readonly string[] => (Array.isArray(value) ? (value as string[]) : value === null ? [] : [String(value)])
const numberOf = (value: unknown): number => (value === null ? Number.NaN : Number(value))

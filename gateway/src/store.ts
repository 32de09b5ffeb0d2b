import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { schema } from './schema.ts'

type Row = Record<string, SQLInputValue>

/** Columns that hold fen and are therefore read as bigint. */
const MONEY_COLUMNS = new Set(['amount', 'refunded'])

/**
 * SQLite behind five verbs. Everything is synchronous, and the process is the only writer: code between two
 * awaits cannot be interleaved, so a check and the write that relies on it need no further lock.
 */
export class Store {
  readonly #database: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()

  constructor(dataDir: string) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    this.#database = new DatabaseSync(join(dataDir, 'gateway.sqlite'), { timeout: 5000 })
    // A committed payment must outlive a killed process, which WAL with NORMAL gives; only a power cut may lose the last moments.
    this.#database.exec('pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on;')
    this.#database.exec(schema)
  }

  get<T>(sql: string, parameters: Row = {}): T | undefined {
    const row = this.#prepare(sql).get(parameters)
    return row === undefined ? undefined : (toCamelCase(row) as T)
  }

  all<T>(sql: string, parameters: Row = {}): T[] {
    return this.#prepare(sql).all(parameters).map((row) => toCamelCase(row) as T)
  }

  /** Answers how many rows were changed, which is how a compare-and-set sees whether it won. */
  run(sql: string, parameters: Row = {}): number {
    return Number(this.#prepare(sql).run(parameters).changes)
  }

  insert(table: string, row: Row): void {
    const keys = Object.keys(row)
    const columns = keys.map(toSnakeCase).join(', ')
    this.run(`insert into ${table} (${columns}) values (${keys.map((key) => `:${key}`).join(', ')})`, row)
  }

  transaction<T>(work: () => T): T {
    this.#database.exec('begin immediate')
    try {
      const result = work()
      this.#database.exec('commit')
      return result
    } catch (error) {
      this.#database.exec('rollback')
      throw error
    }
  }

  setting(key: string): string | undefined {
    return this.get<{ value: string }>('select value from settings where key = :key', { key })?.value
  }

  setSetting(key: string, value: string): void {
    this.run('insert into settings values (:key, :value) on conflict (key) do update set value = excluded.value', { key, value })
  }

  close(): void {
    this.#database.close()
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql)
    if (known !== undefined) return known
    const statement = this.#database.prepare(sql)
    this.#statements.set(sql, statement)
    return statement
  }
}

function toCamelCase(row: Record<string, unknown>): Record<string, unknown> {
  const result: Record<string, unknown> = {}
  for (const [column, value] of Object.entries(row)) {
    const key = column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
    result[key] = MONEY_COLUMNS.has(column) && typeof value === 'number' ? BigInt(value) : value
  }
  return result
}

function toSnakeCase(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

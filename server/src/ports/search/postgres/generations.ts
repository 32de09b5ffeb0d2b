/** Which generation of an index answers and which ones are written. */
import type { Sql, TransactionSql } from 'postgres'
import type { IndexDefinition } from '../index-definition.ts'
import { SearchError } from '../port.ts'
import type { Store } from './memory/store.ts'
import { Stores, type IndexState } from './memory/stores.ts'
import { createIndexes, createTables, dropTables, fingerprintOf, tablesOf, type Tables } from './schema.ts'

/** Raise it when the analysis makes other tokens, so that every index is rebuilt. */
const analysisVersion = 4

/** Of an index that was declared and not yet filled: whoever began to may have died. */
const neverBuilt = ''

/** A question that is on its way, and the one that follows it. */
type Asking = { running?: Promise<State | undefined> | undefined; next?: Promise<State | undefined> | undefined }

type State = { fingerprint: string; live: string; building: string | null; version: string }

/** Writes whose removals are remembered for copies in memory, and how often older ones are forgotten. */
const remembered = 10_000n
const forgetEvery = 1_000n

export class Generations {
  readonly #sql: Sql
  readonly #stores: Stores
  /** A copy of what the table says; it may lag behind another process's swap, which `withLive` notices and mends. */
  readonly #live = new Map<string, Tables>()
  readonly #asking = new Map<string, Asking>()

  constructor(sql: Sql) {
    this.#sql = sql
    this.#stores = new Stores(sql)
  }

  async declare(definition: IndexDefinition): Promise<{ rebuild: boolean }> {
    const fingerprint = fingerprintOf(definition, analysisVersion)
    await this.#sql.begin(async (tx) => {
      await tx`select pg_advisory_xact_lock(hashtextextended(${`search.declare.${definition.name}`}, 0))`
      const [known] = await tx<State[]>`select fingerprint from search.indexes where name = ${definition.name}`
      if (known !== undefined) return
      const tables = tablesOf(definition, await nextGeneration(tx))
      await createTables(tx, definition, tables)
      await createIndexes(tx, tables)
      await tx`insert into search.indexes (name, fingerprint, live) values (${definition.name}, ${neverBuilt}, ${String(tables.generation)}::bigint)`
    })
    const [state] = await this.#sql<State[]>`select fingerprint from search.indexes where name = ${definition.name}`
    return { rebuild: state?.fingerprint !== fingerprint }
  }

  /** Runs the work on the tables that answer now, and once more if they were replaced meanwhile. */
  async withLive<T>(definition: IndexDefinition, work: (tables: Tables) => Promise<T>): Promise<T> {
    const known = this.#live.get(definition.name)
    if (known !== undefined) {
      try {
        return await work(known)
      } catch (error) {
        if (!wasReplaced(error)) throw error
        this.#live.delete(definition.name)
      }
    }
    const tables = tablesOf(definition, (await this.#state(definition)).generation)
    this.#live.set(definition.name, tables)
    return work(tables)
  }

  /** So that the first search need not wait for it. */
  warm(definition: IndexDefinition): Promise<unknown> {
    return this.#state(definition).then((state) => this.#stores.at(definition, state))
  }

  /** Runs the work on a copy in memory that holds everything committed by now, and once more if its tables were replaced meanwhile. */
  async withStore<T>(definition: IndexDefinition, work: (tables: Tables, store: Store) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      const store = await this.#stores.at(definition, await this.#state(definition))
      if (store === null) throw neverDeclared(definition)
      try {
        return await work(tablesOf(definition, store.generation), store)
      } catch (error) {
        if (attempt >= searchAttempts || !wasReplaced(error)) throw error
      }
    }
  }

  /** As it is after the call: whoever comes while the question is on its way waits for the next one, and all who wait share it. */
  async #state(definition: IndexDefinition): Promise<IndexState> {
    const { name } = definition
    const asking = this.#asking.get(name) ?? {}
    this.#asking.set(name, asking)
    const ask = (): Promise<State | undefined> => {
      const running = this.#sql<State[]>`select fingerprint, live, version from search.indexes where name = ${name}`.then(([row]) => row)
      asking.running = running.finally(() => (asking.running = undefined))
      return asking.running
    }
    asking.next ??= asking.running?.then(ignore, ignore).then(() => {
      asking.next = undefined
      return ask()
    })
    const state = await (asking.next ?? ask())
    if (state === undefined) throw neverDeclared(definition)
    if (state.fingerprint !== fingerprintOf(definition, analysisVersion)) {
      throw new SearchError('search.not_ready', `"${name}" was declared differently and has not been rebuilt.`)
    }
    return { generation: BigInt(state.live), version: BigInt(state.version) }
  }

  /**
   * Runs the work in a transaction on every generation that has to hear of a write, and remembers the documents of the
   * live one that it answers as gone. Writers of one index take turns: they would wait for each other at the counts of
   * common words and phrases anyway, and so cannot deadlock, and numbers of documents rise in the order of commits.
   */
  async write(definition: IndexDefinition, work: (tx: TransactionSql, tables: Tables, isBuilding: boolean) => Promise<readonly number[]>): Promise<void> {
    await retried(() => this.#sql.begin(async (tx) => {
      const [state] = await tx<State[]>`update search.indexes set version = version + 1 where name = ${definition.name} returning fingerprint, live, building, version`
      if (state === undefined) throw neverDeclared(definition)
      // The old generation of an index that was declared differently lacks columns: only the new one takes writes.
      const isCurrent = state.fingerprint === fingerprintOf(definition, analysisVersion)
      if (isCurrent) await remember(tx, definition, state, await work(tx, tablesOf(definition, BigInt(state.live)), false))
      if (state.building !== null) await work(tx, tablesOf(definition, BigInt(state.building)), true)
    }))
  }

  /**
   * Fills a new generation and puts it in place. A session lock says that a rebuild is at work: it ends with the
   * process, so that a rebuild that died does not forbid the next one.
   */
  async rebuild<T>(definition: IndexDefinition, fill: (tables: Tables) => Promise<T>, finish: (tx: TransactionSql, tables: Tables) => Promise<void>): Promise<T> {
    const session = await this.#sql.reserve()
    const lock = `search.rebuild.${definition.name}`
    try {
      const [held] = await session<{ locked: boolean }[]>`select pg_try_advisory_lock(hashtextextended(${lock}, 0)) as locked`
      if (held?.locked !== true) throw new SearchError('search.rebuild_running', `"${definition.name}" is being rebuilt already.`)
      try {
        return await this.#replace(definition, fill, finish)
      } finally {
        await session`select pg_advisory_unlock(hashtextextended(${lock}, 0))`
      }
    } finally {
      session.release()
    }
  }

  async #replace<T>(definition: IndexDefinition, fill: (tables: Tables) => Promise<T>, finish: (tx: TransactionSql, tables: Tables) => Promise<void>): Promise<T> {
    const sql = this.#sql
    const tables = tablesOf(definition, await nextGeneration(sql))
    await createTables(sql, definition, tables)
    const [before] = await sql.begin(async (tx) => {
      const rows = await tx<State[]>`select live, building from search.indexes where name = ${definition.name} for update`
      await tx`update search.indexes set building = ${String(tables.generation)}::bigint where name = ${definition.name}`
      return rows
    })
    if (before === undefined) {
      await dropTables(sql, tables)
      throw neverDeclared(definition)
    }
    if (before.building !== null) await dropTables(sql, tablesOf(definition, BigInt(before.building)))
    try {
      const result = await fill(tables)
      await createIndexes(sql, tables)
      await sql.begin(async (tx) => {
        await tx`select from search.indexes where name = ${definition.name} for update`
        await finish(tx, tables)
        await tx`
          update search.indexes set live = building, building = null, fingerprint = ${fingerprintOf(definition, analysisVersion)}
          where name = ${definition.name}`
      })
      this.#live.set(definition.name, tables)
      await dropTables(sql, tablesOf(definition, BigInt(before.live)))
      return result
    } catch (error) {
      await sql`update search.indexes set building = null where name = ${definition.name} and building = ${String(tables.generation)}::bigint`
      const [state] = await sql<State[]>`select live from search.indexes where name = ${definition.name}`
      if (state?.live !== String(tables.generation)) await dropTables(sql, tables)
      throw error
    }
  }
}

async function nextGeneration(sql: Sql | TransactionSql): Promise<bigint> {
  const [row] = await sql<{ next: string }[]>`select nextval('search.generations')::text as next`
  return BigInt(row?.next ?? 0)
}

async function remember(tx: TransactionSql, { name }: IndexDefinition, { live, version }: State, gone: readonly number[]): Promise<void> {
  if (gone.length > 0) await tx`insert into search.gone (generation, version, number) select ${live}::bigint, ${version}::bigint, unnest(${[...gone]}::integer[])`
  if (BigInt(version) % forgetEvery !== 0n) return
  const forgotten = String(BigInt(version) - remembered)
  await tx`update search.indexes set forgotten = greatest(forgotten, ${forgotten}::bigint) where name = ${name}`
  await tx`delete from search.gone where generation = ${live}::bigint and version <= ${forgotten}::bigint`
}

const neverDeclared = ({ name }: IndexDefinition): SearchError => new SearchError('search.not_ready', `"${name}" was never declared.`)
const ignore = (): void => {}

const searchAttempts = 3
const writeAttempts = 3

/**
 * A write and a rebuild that store the same document at once: one of them fails (23505, 40P01) and finds the other's
 * row the next time.
 */
export async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : ''
      if (attempt >= writeAttempts || (code !== '23505' && code !== '40P01')) throw error
    }
  }
}

/** The tables are gone (42P01), or the statement was planned for tables that are (XX000: could not open relation). */
function wasReplaced(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false
  return error.code === '42P01' || error.code === '42703' || (error.code === 'XX000' && /relation with OID/.test(error.message))
}

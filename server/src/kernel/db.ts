/** The database: drizzle on postgres.js for rows, and the helpers every transaction uses. */
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'

export type Sql = postgres.Sql
export type Db = PostgresJsDatabase
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0]
/** Whatever can run a statement: the pool, or the transaction one is in. */
export type Executor = Db | Tx

const STATEMENT_TIMEOUT_MS = 30_000
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 30_000

/** `others`: settings of postgres.js that are not as usual. */
export function connect(url: string, max: number, applicationName: string, prepare = true, others: postgres.Options<Record<string, postgres.PostgresType>> = {}): Sql {
  return postgres(url, {
    max,
    // Where this is false no statement is left on a connection, whatever it asks for itself.
    prepare,
    idle_timeout: 60,
    connect_timeout: 10,
    onnotice: () => {},
    ...others,
    connection: {
      application_name: applicationName,
      statement_timeout: STATEMENT_TIMEOUT_MS,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
    },
  })
}

/** A statement that comes again so often is worth keeping; a process keeps so many, which bounds what each connection holds. */
const USES_BEFORE_KEEPING = 3
const STATEMENTS_KEPT = 500

/**
 * Drizzle has each statement parsed and planned anew, which takes a round trip more: half of what a payment's callback
 * cost. Here statements that come again are left prepared on their connection.
 */
function keepStatements(client: Sql): Sql {
  const uses = new Map<string, number>()
  const isKept = (text: string): boolean => {
    const count = (uses.get(text) ?? 0) + 1
    if (count <= USES_BEFORE_KEEPING && (count > 1 || uses.size < STATEMENTS_KEPT)) uses.set(text, count)
    return count >= USES_BEFORE_KEEPING
  }
  const wrap = <S extends Sql | postgres.TransactionSql>(inner: S): S => new Proxy(inner, {
    get(target, property) {
      switch (property) {
        case 'unsafe': return (text: string, values: never[] = [], options: postgres.UnsafeQueryOptions = {}) => target.unsafe(text, values, { ...options, prepare: options.prepare || isKept(text) })
        case 'begin': return (work: (tx: postgres.TransactionSql) => Promise<unknown>) => (target as Sql).begin(tx => work(wrap(tx)))
        case 'savepoint': return (work: (tx: postgres.TransactionSql) => Promise<unknown>) => (target as postgres.TransactionSql).savepoint(tx => work(wrap(tx)))
        default: return Reflect.get(target, property)
      }
    },
  })
  return wrap(client)
}

/** The client behind an executor, for statements that are sent past drizzle. */
export function clientOf(executor: Executor): Sql | postgres.TransactionSql {
  return (executor as unknown as { session: { client: Sql | postgres.TransactionSql } }).session.client
}

/** `directUrl`: Postgres itself, where `url` is a pooler's. `prepare`: false for a pooler that does not follow prepared statements. */
export type DatabaseOptions = { max?: number, directUrl?: string, prepare?: boolean }
export type Database = { db: Db, sql: Sql, close: () => Promise<void> }

/**
 * Opens the two pools of a process: `db` for drizzle, and `sql` for statements written by hand (search, listen).
 * They are apart because drizzle turns off postgres.js's own parsing of dates on the client it is given, and because
 * what search and listening do needs sessions: only the rows may come through a pooler that gives each transaction another one.
 */
export function openDatabase(url: string, { max = 16, directUrl = url, prepare = true }: DatabaseOptions = {}): Database {
  const rows = connect(url, max, 'miaodan', prepare)
  const sql = connect(directUrl, Math.max(2, Math.floor(max / 2)), 'miaodan-sql')
  return {
    db: drizzle(keepStatements(rows)),
    sql,
    close: async () => {
      await Promise.all([rows.end({ timeout: 5 }), sql.end({ timeout: 5 })])
    },
  }
}

/** The SQLSTATE of a database error, also when drizzle has wrapped it. */
export function sqlState(error: unknown): string | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = (cause as { code?: unknown }).code
    if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) return code
  }
  return undefined
}

/** Name of the constraint a database error is about. */
export function constraintOf(error: unknown): string | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const name = (cause as { constraint_name?: unknown }).constraint_name
    if (typeof name === 'string') return name
  }
  return undefined
}

/** A pattern of LIKE for text that contains `part`. */
export const containing = (part: string): string => `%${part.replace(/[\\%_]/g, sign => `\\${sign}`)}%`

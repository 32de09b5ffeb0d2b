/**
 * Statements that are put together once. Drizzle takes longer to build a query than Postgres to answer it; with its
 * placeholders in the places of the values a query is built once for the whole process and then only sent.
 *
 *     const orderById = statement(db => db.select().from(orders).where(eq(orders.id, value('id'))))
 *     const [order] = await orderById(tx, { id })
 *
 * What is called one after the other is carried out one after the other, also when nobody waits in between: so what
 * need not wait for an answer is sent and awaited `together`. A failure is thrown as Postgres said it.
 */
import { is, Param, Placeholder, sql, SQL, type Query } from 'drizzle-orm'
import { PgDialect, type PgColumn } from 'drizzle-orm/pg-core'
import { drizzle } from 'drizzle-orm/postgres-js'
import { clientOf, type Db, type Executor } from './db.ts'

type Values = Readonly<Record<string, unknown>>
type Preparable<R> = { prepare(name: string): { execute(values?: Values): Promise<R> } }
type Decoder = { mapFromDriverValue(value: unknown): unknown }
type Field = { path: string[], field: Decoder | { decoder: Decoder } | { sql: { decoder: Decoder } } }
type Built = { text: string, encode: ((values: Values) => unknown)[], fields: { path: string[], decoder: Decoder }[] | undefined }

/** Builds queries and runs none. */
const builder: Db = drizzle.mock()
const dialect = new PgDialect()

/** Stands where a value of this name will be; what it is compared with or stored in says how it is encoded. */
export const value = (name: string): Placeholder => new Placeholder(name)

/** For a list of ids as one value, whatever their number. */
export const idIn = (column: PgColumn, name: string): SQL => sql`${column} = any(${value(name)}::uuid[])`

/**
 * Rows come as drizzle would give them, those of plain SQL as Postgres names their columns. A left join is not for here:
 * its missing side would come as a row of nulls.
 */
export function statement<R extends object>(build: (db: Db) => SQL): (executor: Executor, values: Values) => Promise<R[]>
export function statement<R>(build: (db: Db) => Preparable<R>): (executor: Executor, values: Values) => Promise<R>
export function statement(build: (db: Db) => SQL | Preparable<unknown>): (executor: Executor, values: Values) => Promise<unknown> {
  let built: Built | undefined
  return (executor, values) => {
    built ??= take(build(builder))
    const { text, encode, fields } = built
    const query = clientOf(executor).unsafe(text, encode.map(one => one(values)) as never[], { prepare: true })
    // Without `execute` it would be sent only when it is awaited.
    return fields ? query.values().execute().then(rows => rows.map(row => toRow(fields, row))) : query.execute()
  }
}

/** Awaits what was sent together. When several fail the first is thrown: after it the transaction refuses all others. */
export async function together<T extends readonly unknown[]>(sent: readonly [...T]): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  const ended = await Promise.allSettled(sent)
  const failed = ended.find((end): end is PromiseRejectedResult => end.status === 'rejected')
  if (failed) throw failed.reason
  return ended.map(end => (end as PromiseFulfilledResult<unknown>).value) as { -readonly [K in keyof T]: Awaited<T[K]> }
}

function take(built: SQL | Preparable<unknown>): Built {
  // Drizzle keeps what it has prepared in fields that its types do not tell of.
  const { query, fields } = is(built, SQL) ? { query: dialect.sqlToQuery(built) } : built.prepare('statement') as unknown as { query: Query, fields?: Field[] }
  return { text: query.sql, encode: query.params.map(encoderOf), fields: fields?.map(({ path, field }) => ({ path, decoder: decoderOf(field) })) }
}

function encoderOf(param: unknown): (values: Values) => unknown {
  if (is(param, Placeholder)) {
    return values => {
      const found = given(values, param)
      return found instanceof Date ? found.toISOString() : found
    }
  }
  if (!is(param, Param) || !is(param.value, Placeholder)) return () => param
  const { value: placeholder, encoder } = param
  return values => {
    const found = given(values, placeholder)
    return found === null ? null : encoder.mapToDriverValue(found)
  }
}

function given(values: Values, { name }: Placeholder): unknown {
  const found = values[name]
  if (found === undefined) throw new Error(`the statement was given no ${name}`)
  return found
}

function decoderOf(field: Field['field']): Decoder {
  return 'mapFromDriverValue' in field ? field : 'decoder' in field ? field.decoder : field.sql.decoder
}

function toRow(fields: NonNullable<Built['fields']>, cells: readonly unknown[]): Record<string, unknown> {
  const row: Record<string, unknown> = {}
  fields.forEach(({ path, decoder }, index) => {
    const cell = cells[index]
    const holder = path.slice(0, -1).reduce((node, part) => (node[part] ??= {}) as Record<string, unknown>, row)
    holder[path.at(-1) as string] = cell === null ? null : decoder.mapFromDriverValue(cell)
  })
  return row
}

/** Which tables there are, in an order in which each comes after those it refers to. */
import type postgres from 'postgres'

/** `months` of one that is partitioned by month: their first days. */
export type Table = { name: string, columns: string[], partitioned: boolean, months: string[] }

/** The record of migrations is made by migrating, and the schema `search` is a copy that is made anew. */
const LEFT_OUT = ['migrations']

export async function tablesOf(sql: postgres.Sql | postgres.TransactionSql): Promise<Table[]> {
  const tables = await sql<Table[]>`
    select c.relname as name, c.relkind = 'p' as partitioned,
      array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns,
      array(select month::text from month_partitions where parent = c.oid::regclass order by month) as months
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> all(${LEFT_OUT}) order by c.relname`
  const references = await sql<{ from: string, to: string }[]>`
    select distinct f.relname as from, t.relname as to from pg_constraint k join pg_class f on f.oid = k.conrelid join pg_class t on t.oid = k.confrelid
    where k.contype = 'f' and k.connamespace = 'public'::regnamespace and f.oid <> t.oid`
  return inOrder(tables, references)
}

function inOrder(tables: readonly Table[], references: readonly { from: string, to: string }[]): Table[] {
  const ordered: Table[] = []
  const waiting = new Map(tables.map(table => [table.name, table]))
  while (waiting.size > 0) {
    const free = [...waiting.values()].filter(({ name }) => !references.some(reference => reference.from === name && waiting.has(reference.to)))
    if (free.length === 0) throw new Error(`these tables refer to each other in a circle: ${[...waiting.keys()].join(', ')}`)
    for (const table of free) {
      ordered.push(table)
      waiting.delete(table.name)
    }
  }
  return ordered
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
export const listed = (names: readonly string[]): string => names.map(quoted).join(', ')

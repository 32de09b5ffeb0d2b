/** Postgres makes no index concurrently on a table that is partitioned: it is made on each partition, and these are put together. */
import type postgres from 'postgres'

/** `create [unique] index concurrently NAME on TABLE …`, with the words that make it bear being repeated. */
const CONCURRENT_INDEX = /^create\s+(unique\s+)?index\s+concurrently\s+(?:if\s+not\s+exists\s+)?(\w+)\s+on\s+(\w+)\s*([^\w\s][\s\S]*|using\s[\s\S]*)$/i

/**
 * What is carried out instead of a statement of a migration: itself, unless it makes an index concurrently on a partitioned
 * table. First that table alone is given the index, so that partitions made from then on have it, then one partition after
 * the other. What a run before left unfinished is begun anew.
 */
export async function stepsOf(sql: postgres.Sql, statement: string): Promise<string[]> {
  const [, unique = '', name = '', table = '', rest = ''] = CONCURRENT_INDEX.exec(statement) ?? []
  const [whole] = name === '' ? [] : await sql`select from pg_class where relname = ${table} and relkind = 'p' and relnamespace = 'public'::regnamespace`
  if (!whole) return [statement]
  await sql.unsafe(`create ${unique}index if not exists ${name} on only ${table} ${rest}`)
  const partitions = await sql<{ partition: string, index: string, unfinished: boolean, done: boolean }[]>`
    select inhrelid::regclass::text as partition, index.name as index, coalesce(not made.indisvalid, false) as unfinished,
      exists (select from pg_inherits i join pg_index x on x.indexrelid = i.inhrelid where i.inhparent = ${name}::regclass and x.indrelid = p.inhrelid) as done
    from pg_inherits p join pg_class c on c.oid = inhrelid,
      lateral (select ${name} || substr(c.relname, ${table.length + 1}) as name) index left join pg_index made on made.indexrelid = to_regclass(index.name)
    where inhparent = ${table}::regclass order by 1`
  return partitions.filter(({ done }) => !done).flatMap(({ partition, index, unfinished }) => [
    ...unfinished ? [`drop index concurrently ${index}`] : [],
    `create ${unique}index concurrently if not exists ${index} on ${partition} ${rest}`,
    `alter index ${name} attach partition ${index}`,
  ])
}

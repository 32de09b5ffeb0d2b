/** The tables of one generation of an index, made from its declaration. */
import type { Sql, TransactionSql } from 'postgres'
import type { FilterKind, IndexDefinition, SortKind } from '../index-definition.ts'

export type Session = Sql | TransactionSql

export type Tables = {
  readonly generation: bigint
  readonly documents: string
  readonly words: string
  readonly phrases: string
  readonly keys: string
}

const columnTypes: Readonly<Record<FilterKind | SortKind, string>> = {
  keyword: 'text collate "C"',
  keywords: 'text[] collate "C"',
  integer: 'bigint',
  number: 'double precision',
  boolean: 'boolean',
  timestamp: 'timestamptz',
}

/** Names come from definitions, which `defineIndex` has checked, so that they can stand in a statement as they are. */
export const filterColumn = (name: string): string => `"f_${name}"`
export const sortColumn = (name: string): string => `"s_${name}"`
export const columnType = (kind: FilterKind | SortKind): string => columnTypes[kind]

export function tablesOf(definition: IndexDefinition, generation: bigint): Tables {
  const base = `search."${definition.name}_${generation}`
  return { generation, documents: `${base}"`, words: `${base}_words"`, phrases: `${base}_phrases"`, keys: `${base}_keys"` }
}

/** Changes whenever the tables or their contents would. */
export function fingerprintOf(definition: IndexDefinition, analysisVersion: number): string {
  const { name, version, fields, filters, sorts } = definition
  return JSON.stringify({ name, version, analysisVersion, fields, filters, sorts })
}

/** The whole-number logarithm of the documents that carry a phrase; from here on it comes before others. */
export const popular = 2

/** Tables with the keys that writes rely on; `createIndexes` follows when they are full, which is five times as fast. */
export async function createTables(sql: Session, definition: IndexDefinition, tables: Tables): Promise<void> {
  const filters = Object.entries(definition.filters).map(([name, kind]) => `${filterColumn(name)} ${columnTypes[kind]}`)
  const sorts = Object.entries(definition.sorts).map(([name, kind]) => `${sortColumn(name)} ${columnTypes[kind]}`)
  // Searches match, filter, sort and count in memory (see memory/): only these columns are read for that, and texts and
  // positions of the few documents that are shown. So nothing but the keys is indexed.
  await sql.unsafe(`
    create table ${tables.documents} (
      id text collate "C" primary key,
      -- Given at each write anew, so that a copy in memory can ask for what is new.
      number integer generated always as identity,
      -- Numbers of words with how often, four bytes each.
      terms bytea not null,
      -- Where the words of titles, skills and names stand.
      head tsvector not null,
      length integer not null,
      quality real not null,
      phrases text[] not null,
      source jsonb not null
      ${[...filters, ...sorts].map((column) => `, ${column}`).join('')}
    );
    create table ${tables.words} (
      word text collate "C" primary key,
      number integer generated always as identity,
      surface text collate "C" not null,
      documents integer not null,
      reading text collate "C",
      initials text collate "C"
    ) with (fillfactor = 80);
    create table ${tables.phrases} (
      id bigint generated always as identity primary key,
      kind text not null,
      text text not null,
      folded text collate "C" not null,
      documents integer not null,
      unique (text, kind)
    ) with (fillfactor = 80);
    create table ${tables.keys} (
      key text collate "C" not null,
      phrase bigint not null,
      popularity smallint not null,
      opening boolean not null
    )`)
}

/** Table by table at the same time, as far as the session can. */
export async function createIndexes(sql: Session, tables: Tables): Promise<void> {
  // A pending list would make single writes cheaper and every search slower until it is merged.
  const statements = [
    [
      `create unique index on ${tables.documents} (number)`,
      // Of the other columns Postgres is asked nothing, and reading positions takes it long.
      `analyze ${tables.documents} (id, number)`,
    ],
    [
      `create index on ${tables.words} (reading)`,
      `create index on ${tables.words} (initials)`,
      `create index on ${tables.words} using gin (surface gin_trgm_ops) with (fastupdate = off)`,
      `analyze ${tables.words}`,
    ],
    // Asked only for what begins no phrase and is no misspelt word, but written with every title: here a short list pays, and takes a third off an upsert.
    [`create index on ${tables.phrases} using gin (folded gin_trgm_ops) with (fastupdate = on, gin_pending_list_limit = 512)`, `analyze ${tables.phrases}`],
    [
      `create index on ${tables.keys} (phrase)`,
      `create index on ${tables.keys} (key)`,
      // Most phrases are titles that one document has, or two: what many have is little and comes first.
      `create index on ${tables.keys} (key) where popularity >= ${popular}`,
      `create index on ${tables.keys} (left(key, 1), popularity desc) where popularity >= ${popular}`,
      `create index on ${tables.keys} (left(key, 2), popularity desc) where popularity >= ${popular}`,
      `analyze ${tables.keys}`,
    ],
  ]
  await Promise.all(statements.map(async (ofTable) => {
    for (const statement of ofTable) await sql.unsafe(statement)
  }))
}

/** One statement a table: a drop waits for one lock only and so cannot deadlock with a search that reads several. */
export async function dropTables(sql: Session, tables: Tables): Promise<void> {
  for (const table of [tables.documents, tables.words, tables.phrases, tables.keys]) await sql.unsafe(`drop table if exists ${table}`)
  await sql`delete from search.removals where generation = ${String(tables.generation)}::bigint`
  await sql`delete from search.gone where generation = ${String(tables.generation)}::bigint`
}

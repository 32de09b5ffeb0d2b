/**
 * The embedded engine: documents with the words of our own analysis in Postgres, and a copy of what searching reads of them in
 * the memory of each process that searches, brought up to date before every search.
 * It needs the schema `search` of the migrations and may create tables in it.
 */
import type { Sql } from 'postgres'
import { createVocabulary, noSynonyms } from './analysis/synonyms.ts'
import type { IndexDefinition, SearchDocument } from './index-definition.ts'
import type { Query } from './query.ts'
import { SearchError, type SearchEngine } from './port.ts'
import { evenBoosts, fieldBoosts } from './postgres/closeness.ts'
import type { Analysis, Without } from './postgres/concepts.ts'
import { toRow, type DocumentRow, type WordCount } from './postgres/document-row.ts'
import { Generations, retried } from './postgres/generations.ts'
import type { Session, Tables } from './postgres/schema.ts'
import { learnFrom } from './postgres/learning.ts'
import { runSearch } from './postgres/search.ts'
import { similarTo } from './postgres/similar.ts'
import { suggestPhrases } from './postgres/suggest.ts'
import { addPhrases, addWords, count, deleteRows, insertRows, newWords, noCounts, sorted } from './postgres/write.ts'

/** Documents in one statement: enough to be quick, few enough to be small. */
const batchSize = 500
const similarLimit = 6
/** How often a process looks which words have come into use. */
const learnAgainMs = 600_000

export type PostgresSearchOptions = {
  readonly sql: Sql
  /** Left out of the ranking, to see what they bring. */
  readonly without?: Without
  /** Whether a declared index is copied into memory at once; else the first search waits for it, and a process that never searches does not carry it. */
  readonly warm?: boolean
}

export function createPostgresSearch({ sql, warm = true, without = new Set() }: PostgresSearchOptions): SearchEngine {
  const vocabulary = createVocabulary()
  const { segmenter } = vocabulary
  const analysis: Analysis = { ...vocabulary, ...(without.has('synonyms') ? { synonyms: noSynonyms } : {}), without }
  const boosts = without.has('weights') ? evenBoosts : fieldBoosts
  const generations = new Generations(sql)
  // Sorted, so that a write and a rebuild of the same documents mostly wait for each other instead of deadlocking.
  const rowsOf = <D extends IndexDefinition>(definition: D, documents: readonly SearchDocument<D>[]): DocumentRow[] => [
    ...new Map(documents.map((document) => [document.id, toRow(segmenter, definition, document, boosts)])).values(),
  ].sort((a, b) => (a.id < b.id ? -1 : 1))

  const learnedAt = new Map<string, number>()
  const learn = async (definition: IndexDefinition): Promise<void> => {
    learnedAt.set(definition.name, performance.now())
    await guarded(() => generations.withLive(definition, (tables) => learnFrom(sql, tables, segmenter)))
  }

  const isDue = ({ name }: IndexDefinition): boolean => performance.now() - (learnedAt.get(name) ?? -Infinity) > learnAgainMs

  return {
    name: 'postgres',
    async declare(definition) {
      const declared = await guarded(() => generations.declare(definition))
      if (declared.rebuild) return declared
      if (isDue(definition)) await learn(definition)
      // Nobody waits for it: a search that comes earlier does, and tells what went wrong.
      if (warm) {
        generations.warm(definition).catch(() => {})
        segmenter.forQuery('词')
      }
      return declared
    },

    async upsert(definition, documents) {
      let storing = Promise.resolve()
      // As in a rebuild: Postgres stores one batch while the next one is analysed here.
      for (let start = 0; start < documents.length; start += batchSize) {
        const rows = rowsOf(definition, documents.slice(start, start + batchSize))
        await storing
        storing = guarded(() => generations.write(definition, (tx, tables) => replaceRows(tx, definition, tables, rows)))
        storing.catch(() => {})
      }
      await storing
    },

    async remove(definition, ids) {
      if (ids.length === 0) return
      await guarded(() =>
        generations.write(definition, async (tx, tables, isBuilding) => {
          const { phrases, numbers } = await deleteRows(tx, tables, ids)
          await addPhrases(tx, tables, phrases)
          if (isBuilding) await tx`insert into search.removals (generation, id) select ${String(tables.generation)}::bigint, unnest(${[...ids]}::text[]) on conflict do nothing`
          return numbers
        }),
      )
    },

    rebuild: (definition, documents) =>
      guarded(async () => {
        const found = await generations.rebuild(
          definition,
          (tables) => fill(definition, tables, documents),
          async (tx, tables) => {
            const removed = await tx<{ id: string }[]>`select id from search.removals where generation = ${String(tables.generation)}::bigint`
            await addPhrases(tx, tables, (await deleteRows(tx, tables, removed.map(({ id }) => id))).phrases)
          },
        )
        await learn(definition)
        return { documents: found }
      }),

    // Inside, names are plain strings that are checked against the definition again: callers may pass on what a person sent.
    async query(definition, query) {
      if (isDue(definition)) void learn(definition).catch(() => learnedAt.set(definition.name, performance.now()))
      return guarded(() => generations.withStore(definition, (tables, store) => runSearch({ sql, tables, store }, analysis, definition, query as unknown as Query)))
    },

    suggest: (definition, prefix, options = {}) => guarded(() => generations.withLive(definition, (tables) => suggestPhrases(sql, tables, prefix.toWellFormed(), options))),

    similar: (definition, id, options = {}) =>
      guarded(() => generations.withStore(definition, (tables, store) => similarTo({ sql, tables, store }, definition, id.replaceAll('\0', ''), options.limit ?? similarLimit, options.filters))),

    // A write is committed when it resolves, and a search sees everything committed.
    settled: () => Promise.resolve(),
  }

  /** Answers the numbers of what it replaced. */
  async function replaceRows(tx: Session, definition: IndexDefinition, tables: Tables, rows: readonly DocumentRow[]): Promise<readonly number[]> {
    const ids = rows.map((row) => row.id)
    if (ids.length > 0) await tx`delete from search.removals where generation = ${String(tables.generation)}::bigint and id = any(${ids}::text[])`
    const removed = await deleteRows(tx, tables, ids)
    const counts = noCounts()
    for (const row of rows) count(counts, row)
    for (const [phrase, change] of removed.phrases) counts.phrases.set(phrase, (counts.phrases.get(phrase) ?? 0) + change)
    await insertRows(tx, definition, tables, rows, await addWords(tx, tables, counts.words), 'fail')
    await addPhrases(tx, tables, counts.phrases)
    return removed.numbers
  }

  /** What was upserted while the documents were read is newer than they are, and stays. */
  async function fill<D extends IndexDefinition>(definition: D, tables: Tables, documents: Iterable<SearchDocument<D>> | AsyncIterable<SearchDocument<D>>): Promise<number> {
    const counts = noCounts()
    const numbers = new Map<string, number>()
    let found = 0
    let pending: SearchDocument<D>[] = []
    let storing = Promise.resolve()
    const insert = async (rows: readonly DocumentRow[]): Promise<void> => {
      const fresh = new Map<string, WordCount>()
      for (const row of rows) for (const [word, surface] of row.words) if (!numbers.has(word)) fresh.set(word, { surface, documents: 0 })
      for (const [word, number] of await retried(() => newWords(sql, tables, sorted(fresh)))) numbers.set(word, number)
      const stored = await retried(() => insertRows(sql, definition, tables, rows, numbers, 'keep'))
      for (const row of rows) if (stored.has(row.id)) count(counts, row)
    }
    // Postgres stores one batch while the next one is analysed here.
    const store = async (): Promise<void> => {
      const rows = rowsOf(definition, pending)
      pending = []
      await storing
      storing = insert(rows)
      // Whoever awaits it next hears of a failure; until then it must not count as unheard.
      storing.catch(() => {})
    }
    for await (const document of documents) {
      found++
      if (pending.push(document) >= batchSize) await store()
    }
    await store()
    await storing
    await Promise.all([retried(() => sql.begin((tx) => addWords(tx, tables, counts.words))), retried(() => sql.begin((tx) => addPhrases(tx, tables, counts.phrases)))])
    return found
  }
}

/** Errors that say that the database is away, by SQLSTATE class or by the driver's name for it. */
const away = /^(?:08|57|53|CONNECT|CONNECTION|ECONN|ETIMEDOUT|EPIPE)/

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (error instanceof SearchError || !away.test(code)) throw error
    throw new SearchError('search.unavailable', 'The database did not answer.', { cause: error })
  }
}

/**
 * The engine for many machines: Meilisearch, kept in line by a journal in Postgres.
 *
 * Needs `search.remote_indexes` and `search.remote_changes` of the migrations. Long texts (`match: 'any'`) are not what it is made for: it
 * reads ten words of a query; ranking providers for a requirement is better asked of Postgres.
 */
import type { Meilisearch } from 'meilisearch'
import type { Sql } from 'postgres'
import { createVocabulary } from './analysis/synonyms.ts'
import type { IndexDefinition, SearchDocument } from './index-definition.ts'
import { connect, done, doneUnless, guarded, limits, type MeilisearchOptions } from './meilisearch/client.ts'
import { remoteId, toRemote, type RemoteDocument } from './meilisearch/documents.ts'
import { Journal } from './meilisearch/journal.ts'
import { scopedKeys } from './meilisearch/keys.ts'
import { runSearch, wordsOf } from './meilisearch/search.ts'
import { attribute, settingsFor, settingsVersion } from './meilisearch/settings.ts'
import { suggestPhrases } from './meilisearch/suggest.ts'
import { SearchError, type SearchEngine } from './port.ts'
import type { Query } from './query.ts'

export type MeilisearchSearchOptions = MeilisearchOptions & {
  readonly sql: Sql
  /** Stands before the names of indexes there, so that several sites can share a server. */
  readonly prefix: string
}

/** Documents in one request. */
const batchSize = 1_000
const similarLimit = 6

/** What a rebuild hands its documents to, batch by batch. */
export type RemoteRebuild = { add(documents: readonly SearchDocument[]): Promise<void> }

export type MeilisearchEngine = SearchEngine & {
  /** Puts changes into the journal, and returns before Meilisearch has heard of them. */
  note(definition: IndexDefinition, documents: readonly SearchDocument[], removed: readonly string[]): Promise<void>
  /** Sends what waits in the journal; while another process sends, or while the index is rebuilt, it does nothing. */
  send(definition: IndexDefinition): Promise<void>
  /** Changes that have not arrived yet, since when, and how many milliseconds the last ones took from being written to being found. */
  lag(): Promise<{ changes: number; since: Date | null; lastMs: number | null }>
  /** Throws `search.unavailable` unless the server answers. */
  health(): Promise<void>
  /** For a server that was away: an index that it has lost meanwhile is asked no more until it is rebuilt. Throws `search.unavailable` while it is away. */
  check(definition: IndexDefinition): Promise<void>
  /** For an index that is filled in step with another one. */
  rebuilding(definition: IndexDefinition, work: (target: RemoteRebuild) => Promise<void>): Promise<void>
}

export function createMeilisearch({ sql, url, key, prefix }: MeilisearchSearchOptions): MeilisearchEngine {
  // Its own, which learns nothing: a word is looked for there as it was cut when its document was sent, by whichever process.
  const vocabulary = createVocabulary()
  const { segmenter, synonyms } = vocabulary
  // The server may be away when we start: keys are asked for when first needed, and again if that failed.
  let opened: Promise<{ reader: Meilisearch; writer: Meilisearch }> | undefined
  const clients = (): Promise<{ reader: Meilisearch; writer: Meilisearch }> => {
    opened ??= scopedKeys({ url, key }, prefix).then((keys) => ({ reader: connect({ url, key: keys.search }, limits.searchMs), writer: connect({ url, key: keys.write }) }))
    opened.catch(() => (opened = undefined))
    return opened
  }
  const journal = new Journal(sql)
  const uidOf = ({ name }: IndexDefinition): string => `${prefix}${name}`
  const fingerprintOf = (definition: IndexDefinition): string => JSON.stringify({ ...definition, settingsVersion })
  const declared = new Map<string, IndexDefinition>()
  let lastMs: number | null = null
  const remoteOf = (definition: IndexDefinition, document: SearchDocument): RemoteDocument => toRemote(segmenter, synonyms, definition, document)

  async function ready(definition: IndexDefinition): Promise<string> {
    if ((await journal.held(definition.name)) !== fingerprintOf(definition)) throw new SearchError('search.not_ready', `"${definition.name}" has not been built in Meilisearch.`)
    return uidOf(definition)
  }

  async function apply(uid: string, name: string): Promise<void> {
    const { writer } = await clients()
    for (;;) {
      const changes = await journal.read(name, batchSize)
      const last = changes.at(-1)
      if (last === undefined) return
      const latest = new Map(changes.map((change) => [change.id, change.document]))
      const documents = [...latest.values()].filter((document) => document !== null)
      const removed = [...latest].filter(([, document]) => document === null).map(([id]) => remoteId(id))
      if (documents.length > 0) await done(writer.index(uid).addDocuments(documents, { primaryKey: attribute.id }))
      if (removed.length > 0) await done(writer.index(uid).deleteDocuments(removed))
      await journal.drop(name, last.seq)
      lastMs = Date.now() - (changes[0]?.at.getTime() ?? Date.now())
    }
  }

  /** Whether the server has the index with our settings: one that it lost comes back with the next write, but without them. */
  async function has(definition: IndexDefinition): Promise<boolean> {
    // What took the index may have taken the keys.
    opened = undefined
    const { writer } = await clients()
    try {
      const { searchableAttributes } = await guarded(() => writer.index(uidOf(definition)).getSettings())
      return JSON.stringify(searchableAttributes) === JSON.stringify(settingsFor(definition).searchableAttributes)
    } catch (error) {
      if (error instanceof SearchError && error.code === 'search.not_ready') return false
      throw error
    }
  }

  const engine: MeilisearchEngine = {
    name: 'meilisearch',

    async declare(definition) {
      declared.set(definition.name, definition)
      await engine.check(definition)
      return { rebuild: (await journal.held(definition.name)) !== fingerprintOf(definition) }
    },

    async note(definition, documents, removed) {
      const latest = new Map(documents.map((document) => [document.id, remoteOf(definition, document)]))
      await journal.append(definition.name, [...[...latest].map(([id, document]) => ({ id, document })), ...removed.map((id) => ({ id, document: null }))])
    },

    async upsert(definition, documents) {
      await engine.note(definition, documents as readonly SearchDocument[], [])
      await engine.send(definition)
    },

    async remove(definition, ids) {
      await engine.note(definition, [], ids)
      await engine.send(definition)
    },

    async send(definition) {
      declared.set(definition.name, definition)
      if ((await journal.held(definition.name)) === null) return
      await journal.alone(definition.name, () => apply(uidOf(definition), definition.name))
    },

    async rebuild(definition, documents) {
      let found = 0
      await engine.rebuilding(definition, async (target) => {
        let batch: SearchDocument[] = []
        for await (const document of documents) {
          found++
          if (batch.push(document as SearchDocument) < batchSize) continue
          await target.add(batch)
          batch = []
        }
        await target.add(batch)
      })
      return { documents: found }
    },

    async rebuilding(definition, work) {
      declared.set(definition.name, definition)
      const [live, next] = [uidOf(definition), `${uidOf(definition)}__next`]
      const { writer } = await clients()
      await journal.aloneOrRefuse(definition.name, async () => {
        await doneUnless('index_not_found', writer.deleteIndex(next))
        await done(writer.createIndex(next, { primaryKey: attribute.id }))
        await done(writer.index(next).updateSettings(settingsFor(definition)))
        const target: RemoteRebuild = {
          add: async (documents) => {
            const rows = [...new Map(documents.map((document) => [document.id, remoteOf(definition, document)])).values()]
            if (rows.length > 0) await done(writer.index(next).addDocuments(rows, { primaryKey: attribute.id }))
          },
        }
        await work(target)
        await apply(next, definition.name)
        await doneUnless('index_already_exists', writer.createIndex(live, { primaryKey: attribute.id }))
        await done(writer.swapIndexes([{ indexes: [live, next], rename: false }]))
        await journal.hold(definition.name, fingerprintOf(definition))
        await doneUnless('index_not_found', writer.deleteIndex(next))
      })
    },

    query: async (definition, query) => runSearch((await clients()).reader, await ready(definition), vocabulary, definition, query as unknown as Query),

    suggest: async (definition, prefix, options = {}) => suggestPhrases((await clients()).reader, await ready(definition), prefix, options),

    async similar(definition, id, options = {}) {
      const { reader } = await clients()
      const uid = await ready(definition)
      const { hits } = await guarded(() => reader.index(uid).search<Record<string, unknown>>('', { filter: [`${attribute.key} = ${JSON.stringify(id.toWellFormed().replaceAll('\0', ''))}`], limit: 1, attributesToRetrieve: [attribute.source] }))
      const source = hits[0]?.[attribute.source]
      if (typeof source !== 'object' || source === null) return []
      const heads = Object.entries(definition.fields).filter(([, weight]) => weight === 'A' || weight === 'B').map(([field]) => (source as Record<string, string>)[field] ?? '')
      const limit = options.limit ?? similarLimit
      const { hits: found } = await runSearch(reader, uid, vocabulary, definition, { text: wordsOf(vocabulary, heads.join('\n')).join(' '), match: 'any', limit: limit + 1, ...(options.filters ? { filters: options.filters } : {}) } as Query, 2)
      return found.filter((hit) => hit.id !== id).slice(0, limit)
    },

    async settled() {
      for (const definition of declared.values()) {
        // Somebody else may be sending: what waits is waited for, within the limit of a task.
        const until = Date.now() + limits.taskMs
        while ((await journal.waiting(definition.name)).changes > 0) {
          if (Date.now() > until) throw new SearchError('search.unavailable', 'Meilisearch did not take the changes in time.')
          await engine.send(definition)
          await new Promise((resolve) => setTimeout(resolve, limits.pollMs))
        }
      }
    },

    async health() {
      const { reader } = await clients()
      await guarded(() => reader.health())
    },

    async check(definition) {
      if (!(await has(definition))) await journal.forget(definition.name)
    },

    lag: async () => ({ ...(await journal.waiting()), lastMs }),
  }
  return engine
}

/**
 * Meilisearch with Postgres behind it: both hold every index, the first answers what it is good at, the second everything
 * whenever the first is away, too slow, not built yet or behind by more than it should be. An answer says who gave it.
 */
import { createBreaker, type Breaker } from './breaker.ts'
import type { IndexDefinition, SearchDocument } from './index-definition.ts'
import type { MeilisearchEngine } from './meilisearch.ts'
import { SearchError, type SearchEngine, type SearchStatus } from './port.ts'

export type FallbackOptions = {
  readonly remote: MeilisearchEngine
  readonly local: SearchEngine
  readonly breaker?: Breaker
  readonly onFailure: (error: unknown) => void
}

export type FallbackEngine = SearchEngine & {
  status(): Promise<SearchStatus>
  close(): void
}

/** How often what could not be sent is tried again. */
const retryMs = 5_000
/** Documents between two looks at the search server while both are rebuilt. */
const batchSize = 1_000

export function createFallback({ remote, local, breaker = createBreaker(), onFailure }: FallbackOptions): FallbackEngine {
  const declared = new Map<string, IndexDefinition>()
  const sending = new Set<string>()

  /** Null when the search server cannot say; why is told once for each failure. */
  async function asked<T>(work: () => Promise<T>): Promise<T | null> {
    if (!breaker.allows()) return null
    try {
      if (breaker.state !== 'closed') await comeBack()
      const answer = await work()
      breaker.succeeded()
      return answer
    } catch (error) {
      if (!(error instanceof SearchError)) throw error
      // A caller's mistake would be the same mistake there; an index that is not built says nothing of the server.
      if (error.code === 'search.unavailable') breaker.failed()
      else if (error.code !== 'search.not_ready') throw error
      onFailure(error)
      return null
    }
  }

  /** A server that was away may have come back without what it had. */
  async function comeBack(): Promise<void> {
    await remote.health()
    for (const definition of declared.values()) await remote.check(definition)
    breaker.succeeded()
  }

  /** Outside the caller's transaction and time: the journal has the change, and the next try sends what this one could not. */
  function send(definition: IndexDefinition): void {
    if (sending.has(definition.name)) return
    sending.add(definition.name)
    void asked(() => remote.send(definition)).catch(onFailure).finally(() => sending.delete(definition.name))
  }

  async function note(definition: IndexDefinition, documents: readonly SearchDocument[], removed: readonly string[]): Promise<void> {
    await remote.note(definition, documents, removed)
    send(definition)
  }

  const timer = setInterval(() => declared.forEach(send), retryMs)
  timer.unref()

  return {
    name: 'meilisearch',

    async declare(definition) {
      declared.set(definition.name, definition)
      const own = await local.declare(definition)
      const theirs = await asked(() => remote.declare(definition))
      return { rebuild: own.rebuild || theirs?.rebuild === true }
    },

    async upsert(definition, documents) {
      await local.upsert(definition, documents)
      await note(definition, documents as readonly SearchDocument[], [])
    },

    async remove(definition, ids) {
      await local.remove(definition, ids)
      await note(definition, [], ids)
    },

    async rebuild(definition, documents) {
      const isThere = await asked(async () => (await remote.health(), true))
      if (isThere === null) return local.rebuild(definition, documents)
      let result = { documents: 0 }
      // Rows can be read only once: if the server goes away in the middle, both old indexes stay and the rebuild is tried again.
      await remote.rebuilding(definition, async (target) => {
        async function* shared() {
          let batch: SearchDocument[] = []
          for await (const document of documents) {
            batch.push(document as SearchDocument)
            yield document
            if (batch.length < batchSize) continue
            await target.add(batch)
            batch = []
          }
          await target.add(batch)
        }
        result = await local.rebuild(definition, shared())
      })
      return result
    },

    async query(definition, query) {
      // A long text is matched by Postgres: Meilisearch reads ten words of it, and finds clearly less.
      if (query.match === 'any') return local.query(definition, query)
      const found = await asked(() => remote.query(definition, query))
      // Where words may be missing Postgres knows relatives of words, and ranks by how rare each is: measured twice as good.
      return found === null || (found.relaxed && query.sort === undefined) ? local.query(definition, query) : found
    },

    suggest: async (definition, prefix, options) => (await asked(() => remote.suggest(definition, prefix, options))) ?? local.suggest(definition, prefix, options),

    similar: (definition, id, options) => local.similar(definition, id, options),

    async settled() {
      await local.settled()
      await asked(() => remote.settled())
    },

    async status() {
      const { changes, since, lastMs } = await remote.lag()
      return { state: breaker.state, waiting: changes, waitingSince: since, lastLagMs: lastMs }
    },

    close: () => clearInterval(timer),
  }
}

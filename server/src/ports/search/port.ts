/**
 * The search port: what every engine that finds services, providers and requirements must do.
 *
 * Postgres rows are the truth and an index is a copy that can be lost: documents are made from rows by outbox
 * events (`upsert`, `remove`) and all of them again by `rebuild`. A feature that owns the rows owns the
 * definition (`defineIndex`) and the function that turns a row into a document.
 *
 * Guarantees
 * - `query` and `suggest` never throw because of what a person typed: quotes, operators, NUL, emoji or
 *   punctuation alone give an ordinary or an empty page.
 * - Pages are stable: equal scores and equal sort values are ordered by id, so that paging to the end over an
 *   unchanged index shows each hit exactly once.
 * - Writes are idempotent and the last one wins; a write is searchable at the latest when `settled()` resolves.
 * - `rebuild` leaves no gap: the old documents answer until the new ones take their place in one step, and
 *   whatever is upserted or removed meanwhile is kept.
 */
import type { IndexDefinition, SearchDocument } from './index-definition.ts'
import type { Query, SearchResult, Suggestion, SuggestOptions, SimilarOptions, Hit } from './query.ts'

export type SearchEngine = {
  readonly name: 'postgres' | 'meilisearch'

  /**
   * Makes the index exist as declared; call it once at start for each definition.
   * An index that is new or gone, or whose declaration has changed, answers `rebuild: true`: until it has been rebuilt a
   * new one is empty or throws `search.not_ready` on queries, and one that changed throws.
   */
  declare(definition: IndexDefinition): Promise<{ rebuild: boolean }>

  /** Adds or replaces documents by id; any number, sent on in batches. Later duplicates within one call win. */
  upsert<D extends IndexDefinition>(definition: D, documents: readonly SearchDocument<D>[]): Promise<void>

  /** Removes documents by id; ids that are not there are ignored. */
  remove(definition: IndexDefinition, ids: readonly string[]): Promise<void>

  /**
   * Replaces the whole index by these documents, read lazily, and answers how many there were.
   * Throws `search.rebuild_running` while another rebuild of the same index is at work.
   */
  rebuild<D extends IndexDefinition>(
    definition: D,
    documents: Iterable<SearchDocument<D>> | AsyncIterable<SearchDocument<D>>,
  ): Promise<{ documents: number }>

  /** One page of hits, with the counts asked for. */
  query<D extends IndexDefinition>(definition: D, query: Query<D>): Promise<SearchResult>

  /** Completions of what has been typed so far: 汉字, pinyin, initials, Latin words, small typos. */
  suggest(definition: IndexDefinition, prefix: string, options?: SuggestOptions): Promise<Suggestion[]>

  /** Documents like this one, best first and without itself; none if the id is not in the index. */
  similar<D extends IndexDefinition>(definition: D, id: string, options?: SimilarOptions<D>): Promise<Hit[]>

  /** Resolves when every write accepted so far can be found. */
  settled(): Promise<void>

  /** Only of an engine that asks a search server and has another one behind it. */
  status?(): Promise<SearchStatus>
}

/** Whether the search server is asked now (`closed`), and which changes it has yet to hear of. */
export type SearchStatus = { state: 'closed' | 'open' | 'half-open'; waiting: number; waitingSince: Date | null; lastLagMs: number | null }

/** Named limits: beyond them input is cut, never refused. */
export const searchLimits = {
  /** Characters of a query's text that are read. */
  textChars: 200,
  /** Characters of one field of a document that are indexed. */
  fieldChars: 10_000,
  /** Hits on a page. */
  pageSize: 100,
  /** Deepest hit that can be paged to; beyond it a page is empty while `total` stays right. */
  depth: 10_000,
  /** Values counted for one facet, most frequent first; values chosen in the filter are always among them. */
  facetValues: 100,
  /** Values accepted in one filter. */
  filterValues: 200,
  /** Buckets of a histogram. */
  buckets: 50,
  /** Suggestions in one answer. */
  suggestions: 20,
  /** Characters of a highlighted excerpt of a long field. */
  excerptChars: 160,
} as const

export type SearchErrorCode =
  /** The engine cannot be reached or did not answer in time: fall back or try later. */
  | 'search.unavailable'
  /** The index was never declared, or its declaration changed and it has not been rebuilt. */
  | 'search.not_ready'
  /** A filter, facet, sort or field that the definition does not declare: a mistake of the caller. */
  | 'search.unknown_field'
  /** A document whose values do not fit the definition: a mistake of the caller. */
  | 'search.invalid_document'
  /** Another rebuild of the same index is at work. */
  | 'search.rebuild_running'

/** Thrown by engines; carries no text a person would read. */
export class SearchError extends Error {
  readonly code: SearchErrorCode
  constructor(code: SearchErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'SearchError'
    this.code = code
  }
}

export { defineIndex } from './index-definition.ts'
export type { IndexDefinition, SearchDocument } from './index-definition.ts'
export type { Filters, Hit, Query, SearchResult, SimilarOptions, Suggestion, SuggestOptions } from './query.ts'

/** What can be asked of an index, and what it answers. */
import type { FilterKind, IndexDefinition } from './index-definition.ts'

/** A range includes both ends; an end left out is open. */
export type Range<T> = { readonly min?: T; readonly max?: T }

type FilterConditions = {
  /** Equal to one of them. */
  keyword: string | readonly string[]
  /** Has at least one of them, or with `all` every one. */
  keywords: string | readonly string[] | { readonly all: readonly string[] }
  integer: bigint | number | Range<bigint | number>
  number: number | Range<number>
  boolean: boolean
  timestamp: Range<Date>
}

/** Conditions that must all hold; an empty list and `undefined` are no condition. */
export type Filters<D extends IndexDefinition> = {
  readonly [F in keyof D['filters']]?: FilterConditions[D['filters'][F]] | undefined
}

type NamesOf<D extends IndexDefinition, Kind extends FilterKind> = {
  [F in keyof D['filters']]: D['filters'][F] extends Kind ? F : Kind extends D['filters'][F] ? F : never
}[keyof D['filters']] & string

/**
 * Each facet is counted over the hits of text and filters *without its own filter*, so that every choice shows what
 * it would leave. The same holds for histograms.
 */
export type FacetRequest<D extends IndexDefinition> = {
  readonly values?: readonly NamesOf<D, 'keyword' | 'keywords' | 'boolean'>[]
  /** Ascending inner bounds: n of them make n + 1 buckets, open at both ends. */
  readonly histograms?: { readonly [F in NamesOf<D, 'integer'>]?: readonly (bigint | number)[] }
}

export type Query<D extends IndexDefinition = IndexDefinition> = {
  /** As typed; only the first `searchLimits.textChars` characters count. Empty means everything that passes the filters. */
  readonly text?: string
  /**
   * `most` (default, for a search box): every word, and if that finds little the common words may be missing.
   * `any` (for matching a long text): one word is enough, rare ones count more; reads the whole text up to `fieldChars`.
   */
  readonly match?: 'most' | 'any'
  /** False searches exactly what was typed instead of its correction. Default true. */
  readonly correct?: boolean
  readonly filters?: Filters<D>
  readonly facets?: FacetRequest<D>
  /** Default: by relevance. */
  readonly sort?: { readonly by: keyof D['sorts'] & string; readonly direction: 'asc' | 'desc' }
  /** First hit, from 0. Default 0. */
  readonly offset?: number
  /** Hits wanted, at least 0 (counts only). Default 20. */
  readonly limit?: number
  /** Fields to highlight. Default none. */
  readonly highlight?: readonly (keyof D['fields'] & string)[]
}

/** A piece of a field's text; `hit` marks what was searched for. Plain text: escape it like any other. */
export type HighlightPart = { readonly text: string; readonly hit: boolean }

export type Hit = {
  readonly id: string
  /** Higher is better; to be compared within one answer only. */
  readonly score: number
  /** Only fields that contain something searched for. A list is joined by " · ". */
  readonly highlights: Readonly<Record<string, readonly HighlightPart[]>>
}

/** A bucket holds values from its `from` up to, but without, its `to`; null is an open end. */
export type Histogram = {
  readonly min: bigint | null
  readonly max: bigint | null
  readonly buckets: readonly { readonly from: bigint | null; readonly to: bigint | null; readonly count: number }[]
}

export type SearchResult = {
  readonly hits: readonly Hit[]
  /** Exact number of hits on all pages. */
  readonly total: number
  /** Facet → value → count, most frequent first; booleans as `"true"` and `"false"`. */
  readonly facets: Readonly<Record<string, Readonly<Record<string, number>>>>
  readonly histograms: Readonly<Record<string, Histogram>>
  /** The text searched instead of the one typed, which found nothing; null if nothing was corrected. */
  readonly correction: string | null
  /** True if not every word had to match, because too little would have been found. */
  readonly relaxed: boolean
  readonly engine: 'postgres' | 'meilisearch'
  readonly tookMs: number
}

export type SuggestOptions = {
  /** Default 8. */
  readonly limit?: number
  /** Only these kinds. */
  readonly kinds?: readonly string[]
}

export type Suggestion = {
  readonly text: string
  readonly kind: string
  /** Documents that carry it. */
  readonly documents: number
}

export type SimilarOptions<D extends IndexDefinition = IndexDefinition> = {
  /** Default 6. */
  readonly limit?: number
  readonly filters?: Filters<D>
}

/** How an index is declared, and the documents that fit it. */

/** Importance of a text field: A for titles, B for skills and categories, C for names, D for long descriptions. */
export type FieldWeight = 'A' | 'B' | 'C' | 'D'

/**
 * - `keyword` one exact string, `keywords` a set of them
 * - `integer` a whole number within 53 bits, as both engines reckon (money in fen up to 90 trillion yuan, days, counts)
 * - `number` a decimal (a rating)
 * - `boolean`, `timestamp`
 */
export type FilterKind = 'keyword' | 'keywords' | 'integer' | 'number' | 'boolean' | 'timestamp'

export type SortKind = 'integer' | 'number' | 'timestamp'

export type IndexDefinition = {
  /** Lower-case letters and underscores: `services`, `providers`, `requirements`. */
  readonly name: string
  /** Raise it when documents are made differently, so that the next start rebuilds the index. */
  readonly version: number
  readonly fields: Readonly<Record<string, FieldWeight>>
  /** What can be filtered and counted: `keyword`, `keywords` and `boolean` as facets, `integer` as histograms. */
  readonly filters: Readonly<Record<string, FilterKind>>
  /** What can be sorted by; a name may also be a filter and then has its own value here. */
  readonly sorts: Readonly<Record<string, SortKind>>
}

type FilterValues = {
  keyword: string
  keywords: readonly string[]
  integer: bigint | number
  number: number
  boolean: boolean
  timestamp: Date
}

type SortValues = { integer: bigint | number; number: number; timestamp: Date }

/** A phrase that completes what somebody types; `kind` says what it is, for example `title`, `skill`, `category`. */
export type SuggestionSource = { readonly text: string; readonly kind: string }

/** A value that is left out or null is unknown: it matches no filter and sorts last in both directions. */
export type SearchDocument<D extends IndexDefinition = IndexDefinition> = {
  readonly id: string
  readonly fields: { readonly [F in keyof D['fields']]?: string | readonly string[] | null }
  readonly filters: { readonly [F in keyof D['filters']]?: FilterValues[D['filters'][F]] | null }
  readonly sorts: { readonly [S in keyof D['sorts']]?: SortValues[D['sorts'][S]] | null }
  /**
   * How good the document is whatever is asked, from 0 to 1 (rating, orders done, completeness). It settles the
   * order without a text and lifts a hit by at most a fifth with one. Default 0.
   */
  readonly quality?: number
  readonly suggestions?: readonly SuggestionSource[]
}

const identifier = /^[a-z][a-zA-Z0-9_]{0,40}$/

/** Keeps the literal names, so that documents and queries are checked against the definition by the compiler. */
export function defineIndex<const D extends IndexDefinition>(definition: D): D {
  const names = [definition.name, ...Object.keys(definition.fields), ...Object.keys(definition.filters), ...Object.keys(definition.sorts)]
  const wrong = names.find((name) => !identifier.test(name))
  if (wrong !== undefined) throw new Error(`"${wrong}" is not a name for an index, a field, a filter or a sort.`)
  return definition
}

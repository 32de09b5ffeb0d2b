/** Concepts as tsquery text, every word quoted, so that nothing a person types is an operator. */
import type { Concept } from './concepts.ts'
import { quoteLexeme } from './document-row.ts'

/**
 * - `all`: every concept
 * - `most`: all but one, whichever
 * - `any`: one is enough
 */
export type Strictness = 'all' | 'most' | 'any'

export function matchQuery(concepts: readonly Concept[], strictness: Strictness): string {
  const each = concepts.map(conceptQuery)
  if (strictness === 'any') return each.join(' | ')
  if (strictness === 'all' || each.length < 2) return each.join(' & ')
  return each.map((_, missing) => `(${each.filter((_query, index) => index !== missing).join(' & ')})`).join(' | ')
}

export function conceptQuery({ wordings }: Concept): string {
  const each = wordings.map(({ tokens }) => tokens.map(quoteLexeme).join(' & '))
  return `(${each.map((query) => `(${query})`).join(' | ')})`
}

/** The words of all wordings of one weight, for `ts_rank`, which divides by how many there are. */
export function scoringQuery(tokens: readonly string[]): string {
  return tokens.map(quoteLexeme).join(' | ')
}

/** Every concept directly before the next one. */
export function adjacencyQueries(concepts: readonly Concept[]): string[] {
  return concepts.slice(1).map((concept, index) => `${conceptPhrase(concepts[index])} <-> ${conceptPhrase(concept)}`)
}

function conceptPhrase(concept: Concept | undefined): string {
  const each = (concept?.wordings ?? []).map(({ tokens }) => tokens.map(quoteLexeme).join(' <-> '))
  return `(${each.map((query) => `(${query})`).join(' | ')})`
}

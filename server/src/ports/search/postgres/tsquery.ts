/** Concepts as tsquery text, every word quoted, so that nothing a person types is an operator. */
import type { Concept, Wording } from './concepts.ts'
import { quoteLexeme } from './document-row.ts'

/**
 * - `all`: every concept
 * - `most`: all but one, whichever
 * - `any`: one of those that tell most is enough
 */
export type Strictness = 'all' | 'most' | 'any'

export function matchQuery(concepts: readonly Concept[], strictness: Strictness): string {
  if (strictness === 'any') return wordingsQuery(affordable(concepts.flatMap(({ wordings }) => wordings)))
  const each = concepts.filter(({ hint }) => !hint).map(({ wordings }) => wordingsQuery(wordings))
  if (strictness === 'all' || each.length < 2) return each.join(' & ')
  return each.map((_, missing) => `(${each.filter((_query, index) => index !== missing).join(' & ')})`).join(' | ')
}

function wordingsQuery(wordings: readonly Wording[]): string {
  return `(${wordings.map(({ tokens }) => `(${tokens.map(quoteLexeme).join(' & ')})`).join(' | ')})`
}

/** Documents that are looked at for one long text. */
const candidates = 5_000

/** Common words beside rare ones bring in most of the index and nothing that would come first. */
function affordable(wordings: readonly Wording[]): Wording[] {
  const kept: Wording[] = []
  let documents = 0
  for (const wording of [...wordings].sort((a, b) => b.value - a.value)) {
    if (kept.length > 0 && documents + wording.documents > candidates) break
    kept.push(wording)
    documents += wording.documents
  }
  return kept
}

/** The words of all wordings of one weight, for `ts_rank`, which divides by how many there are. */
export function scoringQuery(tokens: readonly string[]): string {
  return tokens.map(quoteLexeme).join(' | ')
}

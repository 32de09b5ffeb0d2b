/** Completions: values of a facet that begin with what was typed, each carrying its phrase. */
import type { Meilisearch } from 'meilisearch'
import { normalize } from '../analysis/normalize.ts'
import { keyChars } from '../analysis/phrase-keys.ts'
import { searchLimits } from '../port.ts'
import type { Suggestion, SuggestOptions } from '../query.ts'
import { guarded } from './client.ts'
import { completionSeparator } from './documents.ts'
import { attribute } from './settings.ts'

const usualLimit = 8

export async function suggestPhrases(client: Meilisearch, uid: string, typed: string, { limit: wanted = usualLimit, kinds }: SuggestOptions): Promise<Suggestion[]> {
  const folded = normalize(typed.toWellFormed().slice(0, searchLimits.textChars))
  const prefix = [...(folded.match(/[\p{L}\p{N}]/gu) ?? [])].slice(0, keyChars).join('')
  const limit = Math.min(searchLimits.suggestions, Math.max(0, Math.trunc(wanted) || 0))
  if (prefix === '' || limit === 0) return []
  const { facetHits } = await guarded(() => client.index(uid).searchForFacetValues({ facetName: attribute.completions, facetQuery: prefix }))
  const found = new Map<string, Suggestion & { whole: boolean }>()
  for (const { value, count } of facetHits) {
    const [key = '', text = '', kind = ''] = value.split(completionSeparator)
    if (kinds !== undefined && !kinds.includes(kind)) continue
    const known = found.get(`${text}${completionSeparator}${kind}`)
    found.set(`${text}${completionSeparator}${kind}`, { text, kind, documents: Math.max(count, known?.documents ?? 0), whole: key === prefix || known?.whole === true })
  }
  return [...found.values()]
    .sort((a, b) => Number(b.whole) - Number(a.whole) || b.documents - a.documents || a.text.length - b.text.length || (a.text < b.text ? -1 : 1))
    .slice(0, limit).map(({ text, kind, documents }) => ({ text, kind, documents }))
}

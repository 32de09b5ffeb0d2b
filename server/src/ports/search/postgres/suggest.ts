/** Completions from the phrases of an index. */
import type { Sql } from 'postgres'
import { normalize } from '../analysis/normalize.ts'
import { searchLimits } from '../port.ts'
import type { Suggestion, SuggestOptions } from '../query.ts'
import { correctWord } from './lexicon.ts'
import { popular, type Tables } from './schema.ts'

const usualLimit = 8
/** Keys read for one prefix before the best are chosen. */
const keysRead = 400
const keyChars = 32
/** A misspelt text shorter than this cannot be told from another one; a longer one takes long and is no prefix. */
const misspeltChars = { least: 3, largest: 24 }

export async function suggestPhrases(sql: Sql, tables: Tables, typed: string, options: SuggestOptions): Promise<Suggestion[]> {
  const folded = normalize(typed.slice(0, searchLimits.textChars)).trim()
  const prefix = keyOf(folded)
  const limit = Math.min(searchLimits.suggestions, Math.max(0, Math.trunc(options.limit ?? usualLimit) || 0))
  if (prefix === '' || limit === 0) return []
  const found = await byPrefix(sql, tables, prefix, limit, options.kinds)
  if (found.length > 0 || prefix.length < misspeltChars.least || folded.length > misspeltChars.largest) return [...found]
  const corrected = await withoutMistakes(sql, tables, folded)
  const meant = corrected === folded ? [] : await byPrefix(sql, tables, keyOf(corrected), limit, options.kinds)
  return meant.length > 0 ? [...meant] : [...(await bySimilarity(sql, tables, folded, limit, options.kinds))]
}

const keyOf = (folded: string): string => [...(folded.match(/[\p{L}\p{N}]/gu) ?? [])].slice(0, keyChars).join('')

/** With every Latin word as the index has it. */
async function withoutMistakes(sql: Sql, tables: Tables, folded: string): Promise<string> {
  let corrected = folded
  for (const [word] of folded.matchAll(/[a-z]{4,}/g)) {
    const meant = await correctWord({ sql, tables }, word, { bold: true })
    if (meant !== null) corrected = corrected.replace(word, () => meant.surface)
  }
  return corrected
}

/**
 * The popular phrases with this beginning, and those of a few documents as far as there is room. One or two characters begin
 * so many keys that the popular ones must come from an index of their own.
 */
function byPrefix(sql: Sql, tables: Tables, prefix: string, limit: number, kinds: readonly string[] | undefined): Promise<Suggestion[]> {
  const length = [...prefix].length
  const range = 'key >= $1::text and key < ($1::text || chr(1114109))'
  return sql.unsafe<Suggestion[]>(
    `select phrases.text, phrases.kind, phrases.documents from (
       select phrase, bool_or(opening) as opening, bool_or(key = $1::text) as whole from (
         (select phrase, opening, key from ${tables.keys} where popularity >= ${popular} and ${length <= 2 ? `left(key, ${length}) = $1::text` : range} order by popularity desc limit ${keysRead})
         union all (select phrase, opening, key from ${tables.keys} where popularity < ${popular} and ${range} order by key limit ${keysRead})
         limit ${keysRead}
       ) as keys group by phrase
     ) as best join ${tables.phrases} as phrases on phrases.id = best.phrase
     where $2::text[] is null or phrases.kind = any($2::text[])
     order by best.whole desc, ln(1 + phrases.documents) + 2 * best.opening::int desc, length(phrases.text), phrases.text, phrases.kind
     limit ${limit}`,
    [prefix, kinds === undefined ? null : [...kinds]],
    { prepare: true },
  )
}

function bySimilarity(sql: Sql, tables: Tables, folded: string, limit: number, kinds: readonly string[] | undefined): Promise<Suggestion[]> {
  return sql.unsafe<Suggestion[]>(
    `select text, kind, documents from ${tables.phrases}
     where $1::text <% folded and ($2::text[] is null or kind = any($2::text[]))
     order by word_similarity($1::text, folded) desc, documents desc, text, kind limit ${limit}`,
    [folded, kinds === undefined ? null : [...kinds]],
    { prepare: true },
  )
}

/** Documents like one that is there. */
import type { Sql } from 'postgres'
import type { IndexDefinition } from '../index-definition.ts'
import { searchLimits } from '../port.ts'
import type { Hit, Query } from '../query.ts'
import { totalDocuments } from './hints.ts'
import type { Tables } from './schema.ts'
import { ranked, run } from './search.ts'

/** Rare words of the document's title and skills that stand for it. */
const tellingWords = 12

/** Takes the telling words of a document as the query that finds its like. */
export async function similarTo(sql: Sql, tables: Tables, definition: IndexDefinition, id: string, limit: number, filters: Query['filters']): Promise<Hit[]> {
  const words = await sql.unsafe<{ word: string; rarity: number; documents: number; length: number }[]>(
    `select word, rarity, documents, length from (
       select words.word, own.weights, words.documents, document.length, ln(1 + greatest(0, size.documents - words.documents + 0.5) / (words.documents + 0.5))::real as rarity
       from ${tables.documents} as document
       cross join lateral unnest(document.head) as own(lexeme, positions, weights)
       join ${tables.words} as words on words.word = own.lexeme
       cross join (select documents from ${tables.words} where word = '${totalDocuments}') as size
       where document.id = $1 and words.documents > 1 and length(words.word) > 1 and words.word not like '~%'
     ) as telling order by rarity * case when 'A' = any(weights) then 1.5 else 1 end desc, word limit ${tellingWords}`,
    [id],
    { prepare: true },
  )
  const [first] = words
  if (first === undefined) return []
  const concepts = words.map(({ word, rarity, documents }) => ({ wordings: [{ tokens: [word], value: rarity, documents }], value: rarity, hint: true }))
  const query: Query = { match: 'any', limit: Math.min(searchLimits.pageSize, limit + 1), ...(filters === undefined ? {} : { filters }) }
  const found = await run(sql, tables, definition, query, concepts, 'any')
  const hits = ranked(found, query, { concepts, usualLength: Math.max(1, first.length), correction: null })
  return hits.filter((hit) => hit.id !== id).slice(0, limit).map(({ id: other, score }) => ({ id: other, score, highlights: {} }))
}

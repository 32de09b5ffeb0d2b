/** Documents like one that is there. */
import type { IndexDefinition } from '../index-definition.ts'
import type { Hit, Query } from '../query.ts'
import { fieldBoosts } from './closeness.ts'
import { totalDocuments } from './hints.ts'
import type { Index } from './known-words.ts'
import { closest } from './search.ts'

/** Rare words of the document's title and skills that stand for it. */
const tellingWords = 12
/** What a word of the title is worth beside one of a skill. */
const titleShare = fieldBoosts.A / 2

/** Takes the telling words of a document as the query that finds its like. */
export async function similarTo(index: Index, definition: IndexDefinition, id: string, limit: number, filters: Query['filters']): Promise<Hit[]> {
  const { sql, tables } = index
  const words = await sql.unsafe<{ word: string; number: number; rarity: number; documents: number; length: number }[]>(
    `select word, number, rarity, documents, length from (
       select words.word, words.number, own.weights, words.documents, document.length, ln(1 + greatest(0, size.documents - words.documents + 0.5) / (words.documents + 0.5))::real as rarity
       from ${tables.documents} as document
       cross join lateral unnest(document.head) as own(lexeme, positions, weights)
       join ${tables.words} as words on words.word = own.lexeme
       cross join (select documents from ${tables.words} where word = '${totalDocuments}') as size
       where document.id = $1 and words.documents > 1 and length(words.word) > 1 and words.word not like '~%'
     ) as telling order by rarity * case when 'A' = any(weights) then ${titleShare} else 1 end desc, word limit ${tellingWords}`,
    [id],
    { prepare: true },
  )
  const [first] = words
  if (first === undefined) return []
  const concepts = words.map(({ word, rarity, documents }) => ({ wordings: [{ tokens: [word], value: rarity, documents }], value: rarity, hint: true }))
  const reading = { concepts, usualLength: Math.max(1, first.length), correction: null, ids: new Map(words.map(({ word, number }) => [word, number])) }
  return closest(index, definition, reading, filters ?? {}, limit + 1).filter((hit) => hit.id !== id).slice(0, limit).map((hit) => ({ ...hit, highlights: {} }))
}

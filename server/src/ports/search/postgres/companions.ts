/** Skills and categories that go along with what was asked: those of the closest documents (relevance feedback). */
import type { Concept, Reading } from './concepts.ts'
import { isItem, totalDocuments } from './hints.ts'
import type { Index } from './known-words.ts'
import type { Scored } from './search.ts'

/** Documents that are asked what they have. */
export const closestAsked = 30
/** Companions taken. */
const most = 10
/** What the likeliest companion counts beside the words themselves. */
const share = 0.6

/**
 * Somebody who asks for a website seldom names HTML, and who does websites has it. Only names count, items of lists:
 * single words of close documents lead astray.
 */
export async function withCompanions({ sql, tables }: Index, hits: readonly Scored[], reading: Reading): Promise<Reading> {
  const { concepts } = reading
  const near = hits.slice(0, closestAsked).filter(({ score }) => score > 0)
  const known = new Set(concepts.flatMap(({ wordings }) => wordings.flatMap(({ tokens }) => tokens)))
  const rows = await sql.unsafe<{ id: string; item: string; number: number; documents: number; size: number }[]>(
    `select document.id, own.lexeme as item, words.number, words.documents, (select documents from ${tables.words} where word = '${totalDocuments}') as size
     from ${tables.documents} as document cross join lateral unnest(document.head) as own join ${tables.words} as words on words.word = own.lexeme
     where document.id = any($1::text[]) and own.lexeme like '§%' and words.documents > 1`,
    [near.map(({ id }) => id)],
    { prepare: true },
  )
  const total = near.reduce((sum, { score }) => sum + score, 0)
  const scores = new Map(near.map(({ id, score }) => [id, score / total]))
  const found = new Map<string, { likelihood: number; rarity: number; documents: number; number: number }>()
  for (const { id, item, number, documents, size } of rows) {
    if (known.has(item) || !isItem(item)) continue
    const rarity = Math.log(1 + Math.max(0, size - documents + 0.5) / (documents + 0.5))
    found.set(item, { rarity, documents, number, likelihood: (found.get(item)?.likelihood ?? 0) + (scores.get(id) ?? 0) * rarity })
  }
  const best = [...found].sort(([, a], [, b]) => b.likelihood - a.likelihood).slice(0, most)
  const likeliest = best[0]?.[1].likelihood ?? 1
  const added = best.map(([item, { likelihood, rarity, documents }]): Concept => {
    const value = (share * likelihood / likeliest) * rarity
    return { wordings: [{ tokens: [item], value, documents }], value, hint: true }
  })
  return { ...reading, concepts: [...concepts, ...added], ids: new Map([...reading.ids, ...best.map(([item, { number }]) => [item, number] as const)]) }
}

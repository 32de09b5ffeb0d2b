/** The platform's own words: skills and categories that several documents list are kept in one piece from then on. */
import type { Sql } from 'postgres'
import type { Segmenter } from '../analysis/segment.ts'
import { itemText } from './hints.ts'
import type { Tables } from './schema.ts'

/** What one person alone calls a skill is not yet a word. */
const carriers = 3
const mostWords = 5_000

export async function learnFrom(sql: Sql, tables: Tables, segmenter: Segmenter): Promise<void> {
  const rows = await sql.unsafe<{ word: string }[]>(`select word from ${tables.words} where word like '§%' and documents >= ${carriers} order by documents desc, word limit ${mostWords}`)
  segmenter.learn(rows.map(({ word }) => itemText(word)))
}

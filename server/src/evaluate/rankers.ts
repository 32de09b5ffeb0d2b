/** What is measured: the reference, the engines behind the search port in both ways of asking. */
import type { Segmenter } from '../ports/search/analysis/segment.ts'
import { defineIndex, type SearchEngine } from '../ports/search/port.ts'
import { createBm25, plainTokens } from './bm25.ts'
import type { LabelledDocument, LabelledSet } from './sets.ts'

/** `rank` answers ids, best first, at most `limit` of them. */
export type Ranker = { name: string, rank: (text: string, limit: number) => Promise<readonly string[]> | readonly string[] }

/** All that the set says of a document but its skills, which are a reference's business as little as a query's. */
const plainText = ({ title, text }: LabelledDocument): string => (text.includes(title) ? text : `${title}\n${text}`)

export function references(set: LabelledSet, segmenter: Segmenter): Ranker[] {
  const documents = set.documents.map(document => ({ id: document.id, text: plainText(document) }))
  const pairs = createBm25(documents, plainTokens)
  const words = createBm25(documents, text => segmenter.forQuery(text).map(({ token }) => token))
  return [
    { name: 'BM25', rank: (text, limit) => pairs.search(text, limit) },
    { name: 'BM25, words cut', rank: (text, limit) => words.search(text, limit) },
  ]
}

const indexOf = (set: LabelledSet) => defineIndex({ name: `evaluate_${set.name.replace(/\W/g, '_').slice(0, 30).toLowerCase()}`, version: 1, fields: { title: 'A', skills: 'B', text: 'D' }, filters: {}, sorts: {} })

/** A short text without a title is one; a text that only lists the skills says nothing new. */
function fieldsOf({ title, text, skills }: LabelledDocument) {
  const listed = skills.join(', ')
  return { title: title || (text === listed ? '' : text), skills, text: text === title || text === listed || title === '' ? '' : text }
}

/** Fills an index of the engine with the set's documents. */
export async function engineRankers(engine: SearchEngine, set: LabelledSet): Promise<Ranker[]> {
  const index = indexOf(set)
  await engine.declare(index)
  await engine.rebuild(index, set.documents.map(document => ({ id: document.id, fields: fieldsOf(document), filters: {}, sorts: {} })))
  await engine.settled()
  const asked = (match: 'most' | 'any') => async (text: string, limit: number) => (await engine.query(index, { text, match, limit })).hits.map(({ id }) => id)
  return [{ name: `${engine.name}, search box`, rank: asked('most') }, { name: `${engine.name}, whole text`, rank: asked('any') }]
}

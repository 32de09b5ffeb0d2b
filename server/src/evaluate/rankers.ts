/** What is measured: the reference, the engines behind the search port in both ways of asking. */
import { fitOf, plainSkill, rarityOf, type Candidate, type Wanted } from '@miaodan/shared/matching/score'
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

const CANDIDATES = 100
/** Nothing is known of these people but what they write and can do. */
const STRANGER: Omit<Candidate, 'providerId' | 'text' | 'skills'> = {
  areas: ['all'], city: null, offers: [], ratingSum: 0, ratings: 0, onTime: 0, timed: 0, replyMinutes: null, replies: 0, online: false, running: 0, capacity: 1, finished: 0, finishedInCategory: 0,
}
/** Names of skills have up to so many words. */
const NAME_WORDS = 5

/** The matcher as it ranks providers for a requirement, over what the engine finds; for sets whose documents have skills. */
export function matcherRanker(engine: SearchEngine, set: LabelledSet, segmenter: Segmenter): Ranker | null {
  if (set.documents.every(({ skills }) => skills.length === 0)) return null
  const index = indexOf(set)
  const documents = new Map(set.documents.map(document => [document.id, document]))
  const holders = new Map<string, number>()
  for (const { skills } of set.documents) for (const skill of new Set(skills.map(plainSkill))) holders.set(skill, (holders.get(skill) ?? 0) + 1)
  const rarity = rarityOf(holders, set.documents.length)
  const nameOf = (text: string): string => segmenter.forQuery(text).map(({ token }) => token).join(' ')
  const names = new Map(set.documents.flatMap(({ skills }) => skills.map(skill => [nameOf(skill), skill] as const)))
  return {
    name: `matcher on ${engine.name}`,
    rank: async (text, limit) => {
      const words = segmenter.forQuery(text).map(({ token }) => token)
      const named = words.flatMap((_, start) => Array.from({ length: NAME_WORDS }, (_each, length) => names.get(words.slice(start, start + length + 1).join(' '))).filter(name => name !== undefined))
      const wanted: Wanted = { skills: [...new Set(named)], categoryId: null, siblingIds: [], budgetMin: null, budgetMax: null, city: null }
      const { hits } = await engine.query(index, { text, match: 'any', limit: CANDIDATES })
      const best = hits[0]?.score || 1
      return hits.map(({ id, score }) => ({ id, fit: fitOf(wanted, { ...STRANGER, providerId: id, text: score / best, skills: documents.get(id)?.skills ?? [] }, rarity) }))
        .toSorted((a, b) => b.fit.score - a.fit.score).slice(0, limit).map(({ id }) => id)
    },
  }
}

/** Of reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009): how little the first places stand out. */
const RANK_OFFSET = 60

/** Each engine's answer to the whole text, put together with the reference's. */
export function fused(rankers: readonly Ranker[]): Ranker[] {
  const [reference] = rankers
  return rankers.filter(({ name }) => name.endsWith(', whole text')).map(engine => ({
    name: `${engine.name} + BM25`,
    rank: async (text, limit) => {
      const scores = new Map<string, number>()
      for (const ranked of [await engine.rank(text, limit), await reference?.rank(text, limit) ?? []]) ranked.forEach((id, place) => scores.set(id, (scores.get(id) ?? 0) + 1 / (RANK_OFFSET + place + 1)))
      return [...scores].sort(([, a], [, b]) => b - a).slice(0, limit).map(([id]) => id)
    },
  }))
}

/** Ranks providers for a requirement: candidates from search by text, category and skills, then the score. */
import { fitOf, isNewcomer, isSuitable, plainSkill, rarityOf, type Candidate, type Rarity, type Wanted } from '@miaodan/shared/matching/score'
import type { MatchWeights } from '@miaodan/shared/matching/weights'
import type { Fit } from '@miaodan/shared/requirements/fit'
import { REMOTE } from '@miaodan/shared/requirements/limits'
import type { Deps } from '../../deps.ts'
import type { Executor } from '../../kernel/db.ts'
import { searchLimits } from '../../ports/search/port.ts'
import { providersByIds, type Provider } from '../accounts/index.ts'
import { allCategories, publishedOffers } from '../catalog/index.ts'
import { blockedWith } from '../chat/index.ts'
import type { RequirementRow } from '../requirements/index.ts'
import { providersIndex, skillsOf } from './provider-index.ts'
import { NO_RECORD, recordsOf } from './record.ts'

/** What ranking reads of a requirement; a draft has it too. */
export type Sought = Pick<RequirementRow, 'buyerId' | 'way' | 'categoryId' | 'title' | 'background' | 'details' | 'checklist' | 'skills' | 'area' | 'budgetMin' | 'budgetMax' | 'price' | 'providerIds'>
export type Match = { provider: Provider, fit: Fit, score: number, newcomer: boolean, finishedInCategory: number }

const CANDIDATES = searchLimits.pageSize

export async function wantedOf(db: Executor, sought: Sought): Promise<Wanted> {
  const categories = await allCategories(db)
  const parentId = categories.find(row => row.id === sought.categoryId)?.parentId
  const instant = sought.way === 'instant'
  return {
    skills: sought.skills, categoryId: sought.categoryId, siblingIds: parentId ? categories.filter(row => row.parentId === parentId).map(row => row.id) : [],
    budgetMin: instant ? sought.price : sought.budgetMin, budgetMax: instant ? sought.price : sought.budgetMax, city: sought.area === REMOTE ? null : sought.area,
  }
}

/** Everybody suitable who can take work now and whom nothing keeps apart from the buyer, best first. A direct one is scored for the chosen providers alone. */
export async function rank(db: Executor, deps: Deps, sought: Sought): Promise<Match[]> {
  const wanted = await wantedOf(db, sought)
  const texts = await findCandidates(deps, sought, wanted)
  const ids = sought.way === 'direct' ? sought.providerIds : [...texts.keys()]
  const [candidates, rarity, blocked] = await Promise.all([candidatesOf(db, deps, ids, texts, wanted.categoryId), skillRarity(deps, wanted.skills), sought.buyerId === '' ? new Set<string>() : blockedWith(db, sought.buyerId)])
  return candidates
    .filter(({ provider, candidate }) => provider.id !== sought.buyerId && !blocked.has(provider.id) && (sought.way === 'direct' || (isAvailable(provider, candidate) && isSuitable(wanted, candidate))))
    .map(({ provider, candidate }) => matchOf(wanted, provider, candidate, rarity, deps.config.matching.weights))
    .toSorted((a, b) => b.score - a.score || (a.provider.id < b.provider.id ? -1 : 1))
}

function matchOf(wanted: Wanted, provider: Provider, candidate: Candidate, rarity: Rarity, weights: MatchWeights): Match {
  const fit = fitOf(wanted, candidate, rarity, weights)
  return { provider, fit, score: fit.score, newcomer: isNewcomer(candidate), finishedInCategory: candidate.finishedInCategory }
}

/** On holiday or with all places taken, nobody is told of new work. */
export function isAvailable(provider: Provider, candidate: Pick<Candidate, 'running' | 'capacity'>): boolean {
  return !provider.profile.onHoliday && candidate.running < candidate.capacity
}

/** Ids with how well their texts agree, 1 for the best. */
async function findCandidates(deps: Deps, sought: Sought, wanted: Wanted): Promise<Map<string, number>> {
  const text = [sought.title, ...sought.skills, ...sought.checklist, sought.details, sought.background].filter(Boolean).join('\n')
  const skills = wanted.skills.map(plainSkill)
  const [byText, byCategory, bySkill] = await Promise.all([
    text === '' ? undefined : deps.search.query(providersIndex, { text, match: 'any', limit: CANDIDATES }),
    wanted.categoryId === null ? undefined : deps.search.query(providersIndex, { filters: { categories: wanted.categoryId }, limit: CANDIDATES }),
    skills.length === 0 ? undefined : deps.search.query(providersIndex, { filters: { skills }, limit: CANDIDATES }),
  ])
  const best = byText?.hits[0]?.score || 1
  const texts = new Map([...byCategory?.hits ?? [], ...bySkill?.hits ?? []].map(hit => [hit.id, 0]))
  for (const hit of byText?.hits ?? []) texts.set(hit.id, hit.score / best)
  return texts
}

/** How many providers have each of these skills, of all there are: two searches, however many skills a feed has. */
async function skillRarity(deps: Deps, skills: readonly string[]): Promise<Rarity> {
  if (skills.length === 0) return rarityOf(new Map(), 0)
  const [counted, all] = await Promise.all([
    deps.search.query(providersIndex, { filters: { skills: skills.map(plainSkill) }, facets: { values: ['skills'] }, limit: 0 }),
    deps.search.query(providersIndex, { limit: 0 }),
  ])
  return rarityOf(new Map(Object.entries(counted.facets['skills'] ?? {})), all.total)
}

async function candidatesOf(db: Executor, deps: Deps, ids: readonly string[], texts: ReadonlyMap<string, number>, categoryId: string | null): Promise<{ provider: Provider, candidate: Candidate }[]> {
  const [providers, offers, records] = await Promise.all([providersByIds(db, deps, ids), publishedOffers(db, { providerIds: ids }), recordsOf(db, deps, ids, categoryId)])
  const offersOf = Map.groupBy(offers, offer => offer.providerId)
  return [...providers.values()].map(provider => {
    const own = offersOf.get(provider.id) ?? []
    const { areas, skills, capacity } = provider.profile
    return {
      provider,
      candidate: {
        ...records.get(provider.id) ?? NO_RECORD, providerId: provider.id, text: texts.get(provider.id) ?? 0, skills: skillsOf(skills, own), areas, city: provider.city,
        offers: own.map(offer => ({ categoryId: offer.categoryId, prices: offer.packages.map(item => item.price) })), online: provider.online, capacity,
      },
    }
  })
}

/** How well one provider fits each of many requirements; those that do not suit are left out. */
export async function fitsFor(db: Executor, deps: Deps, providerId: string, rows: readonly RequirementRow[], texts: ReadonlyMap<string, number>): Promise<Map<string, Fit>> {
  const fits = new Map<string, Fit>()
  const rarity = await skillRarity(deps, [...new Set(rows.flatMap(row => row.skills))])
  for (const categoryId of new Set(rows.map(row => row.categoryId))) {
    const [found] = await candidatesOf(db, deps, [providerId], new Map(), categoryId)
    if (!found) return fits
    for (const row of rows.filter(row => row.categoryId === categoryId)) {
      const wanted = await wantedOf(db, row)
      const candidate = { ...found.candidate, text: texts.get(row.id) ?? 0 }
      if (isSuitable(wanted, candidate)) fits.set(row.id, fitOf(wanted, candidate, rarity, deps.config.matching.weights))
    }
  }
  return fits
}

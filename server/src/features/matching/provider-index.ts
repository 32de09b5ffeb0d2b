/** The index of providers: profile, services and what they have done, to find candidates by. */
import { and, eq, inArray } from 'drizzle-orm'
import { plainSkill } from '@miaodan/shared/matching/score'
import type { Deps } from '../../deps.ts'
import type { Executor } from '../../kernel/db.ts'
import { inTurn } from '../../kernel/search-indexes.ts'
import { defineIndex, type SearchDocument } from '../../ports/search/port.ts'
import { caseTextsOf, providerIdsAfter, providersByIds } from '../accounts/index.ts'
import { categoryPaths, publishedOffers, type Offer } from '../catalog/index.ts'
import { providerOrders } from './tables.ts'

export const providersIndex = defineIndex({
  name: 'providers',
  version: 1,
  fields: { skills: 'A', services: 'B', category: 'B', headline: 'C', cases: 'C', bio: 'D' },
  filters: { categories: 'keywords', skills: 'keywords' },
  sorts: { finished: 'integer' },
})
export type ProviderDocument = SearchDocument<typeof providersIndex>

const REBUILD_BATCH = 200
/** Finished orders at which half of the quality is reached. */
const HALFWAY_ORDERS = 10

async function documentsOf(db: Executor, deps: Deps, ids: readonly string[]): Promise<ProviderDocument[]> {
  const [providers, offers, cases, done] = await Promise.all([
    providersByIds(db, deps, ids), publishedOffers(db, { providerIds: ids }), caseTextsOf(db, ids),
    db.select({ providerId: providerOrders.providerId }).from(providerOrders).where(and(inArray(providerOrders.providerId, [...ids]), eq(providerOrders.state, 'finished'))),
  ])
  const paths = await categoryPaths(db, offers.map(offer => offer.categoryId))
  return [...providers.values()].map(provider => {
    const own = offers.filter(offer => offer.providerId === provider.id)
    const finished = done.filter(row => row.providerId === provider.id).length
    return {
      id: provider.id,
      fields: {
        skills: skillsOf(provider.profile.skills, own), services: own.flatMap(offer => [offer.title, offer.summary]), headline: provider.profile.headline, bio: provider.profile.bio,
        category: own.flatMap(offer => namesOf(paths.get(offer.categoryId))), cases: (cases.get(provider.id) ?? []).flatMap(item => [item.title, item.summary]),
      },
      filters: { categories: [...new Set(own.map(offer => offer.categoryId))], skills: skillsOf(provider.profile.skills, own).map(plainSkill) },
      sorts: { finished },
      quality: finished / (finished + HALFWAY_ORDERS),
    }
  })
}

export function skillsOf(skills: readonly string[], offers: readonly Offer[]): string[] {
  return [...new Map([...skills, ...offers.flatMap(offer => offer.skills)].map(skill => [plainSkill(skill), skill])).values()]
}

const namesOf = (path: { nameZh: string, nameEn: string } | undefined): string[] => (path ? [path.nameZh, path.nameEn] : [])

/** Brings the index into line with these people: providers are in it, others are not. */
export async function reindex(db: Executor, deps: Deps, ids: readonly string[]): Promise<void> {
  await inTurn(db, providersIndex, ids)
  const documents = await documentsOf(db, deps, ids)
  const present = new Set(documents.map(document => document.id))
  await deps.search.upsert(providersIndex, documents)
  await deps.search.remove(providersIndex, ids.filter(id => !present.has(id)))
}

async function* everyDocument(deps: Deps): AsyncGenerator<ProviderDocument> {
  let last: string | null = null
  for (;;) {
    const ids: string[] = await providerIdsAfter(deps.db, last, REBUILD_BATCH)
    if (ids.length === 0) return
    yield* await documentsOf(deps.db, deps, ids)
    last = ids.at(-1) ?? null
  }
}

export async function rebuildProvidersIndex(deps: Deps): Promise<{ documents: number }> {
  return deps.search.rebuild(providersIndex, everyDocument(deps))
}

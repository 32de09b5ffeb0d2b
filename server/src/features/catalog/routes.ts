import { catalog } from '@miaodan/shared/catalog/contract'
import { categories as categoryContracts, fees } from '@miaodan/shared/catalog/desk'
import { priceOf } from '@miaodan/shared/catalog/price'
import { desc, eq, and } from 'drizzle-orm'
import { handle } from '../../kernel/feature.ts'
import { cardsOf } from './cards.ts'
import { archiveCategory, arrangeCategories, categoryDesk, createCategory, moveCategory, renameCategory, restoreCategory } from './category-desk.ts'
import { categoryTree } from './categories.ts'
import { readContent } from './content.ts'
import { addFeeRule, listFeeRules, previewFeeRule, removeFeeRule } from './fee-rules.ts'
import { addFavourite, favourites, removeFavourite } from './favourites.ts'
import { feePreview } from './fees.ts'
import { approveChange, moderationCase, moderationQueue, rejectChange } from './moderation.ts'
import { createService, discardDraft, moveService, saveDraft, setCapacity, submitService, withdrawService } from './own-services.ts'
import { searchServices, suggest } from './search.ts'
import { servicesIndex } from './search-index.ts'
import { servicePage, visibleService } from './service-page.ts'
import { pulse, showcase } from './showcase.ts'
import { services } from './tables.ts'
import { ownServiceEdit, ownServices } from './workbench.ts'

const SIMILAR = 6
const PROVIDER_SERVICES = 100

const reading = [
  handle(catalog.categories, async ({ db }) => ({ items: await categoryTree(db) })),
  handle(catalog.search, async ({ db, deps, query, viewer, setHeader }) => {
    const found = await searchServices(db, deps, query, viewer)
    setHeader('x-search-engine', found.engine)
    return found
  }),
  handle(catalog.suggest, async ({ deps, query, viewer }) => ({ items: await suggest(deps, query.q, viewer) })),
  handle(catalog.showcase, async ({ db, deps, query, viewer }) => showcase(db, deps, query.category, viewer)),
  handle(catalog.pulse, async ({ deps }) => deps.stale.read(async (db, asOf) => ({ asOf, ...await pulse(db, deps) }))),
  handle(catalog.getService, async ({ db, deps, params, viewer }) => servicePage(db, deps, params.id, viewer)),
  handle(catalog.similar, async ({ db, deps, params, viewer }) => {
    await visibleService(db, params.id)
    const hits = await deps.search.similar(servicesIndex, params.id, { limit: SIMILAR })
    return { items: await cardsOf(db, deps, hits.map(hit => hit.id), viewer) }
  }),
  handle(catalog.servicesOf, async ({ db, deps, params, viewer }) => {
    const rows = await db.select({ id: services.id }).from(services).where(and(eq(services.providerId, params.id), eq(services.state, 'published'))).orderBy(desc(services.publishedAt)).limit(PROVIDER_SERVICES)
    return { items: await cardsOf(db, deps, rows.map(row => row.id), viewer) }
  }),
  handle(catalog.quotePrice, async ({ db, params, body }) => priceOf(readContent((await visibleService(db, params.id)).content), body), { transaction: false }),
  handle(catalog.platformFee, async ({ db, deps, query }) => feePreview(db, { ...query, at: deps.clock.now() })),
]

const keeping = [
  handle(catalog.favourites, async ({ db, deps, viewer, query }) => favourites(db, deps, viewer, query)),
  handle(catalog.addFavourite, async ({ tx, deps, viewer, params }) => addFavourite(tx, deps, viewer.userId, params.id)),
  handle(catalog.removeFavourite, async ({ tx, viewer, params }) => removeFavourite(tx, viewer.userId, params.id)),
]

const providing = [
  handle(catalog.ownServices, async ({ db, viewer }) => ({ items: await ownServices(db, viewer.userId) })),
  handle(catalog.ownService, async ({ db, viewer, params }) => ownServiceEdit(db, viewer.userId, params.id)),
  handle(catalog.createService, async ({ tx, deps, viewer, body }) => ({ id: await createService(tx, deps, viewer.userId, body) })),
  handle(catalog.saveDraft, async ({ tx, deps, viewer, params, body }) => saveDraft({ tx, deps, providerId: viewer.userId, serviceId: params.id }, body)),
  handle(catalog.discardDraft, async ({ tx, deps, viewer, params }) => discardDraft({ tx, deps, providerId: viewer.userId, serviceId: params.id })),
  handle(catalog.submitService, async ({ tx, deps, viewer, params }) => submitService({ tx, deps, providerId: viewer.userId, serviceId: params.id })),
  handle(catalog.withdrawService, async ({ tx, deps, viewer, params }) => withdrawService({ tx, deps, providerId: viewer.userId, serviceId: params.id })),
  handle(catalog.pauseService, async ({ tx, deps, viewer, params }) => moveService({ tx, deps, providerId: viewer.userId, serviceId: params.id }, 'pause')),
  handle(catalog.resumeService, async ({ tx, deps, viewer, params }) => moveService({ tx, deps, providerId: viewer.userId, serviceId: params.id }, 'resume')),
  handle(catalog.archiveService, async ({ tx, deps, viewer, params }) => moveService({ tx, deps, providerId: viewer.userId, serviceId: params.id }, 'archive')),
  handle(catalog.setCapacity, async ({ tx, deps, viewer, params, body }) => setCapacity({ tx, deps, providerId: viewer.userId, serviceId: params.id }, body.capacity)),
]

const moderating = [
  handle(catalog.moderationQueue, async ({ db, deps, query }) => moderationQueue(db, deps, query)),
  handle(catalog.moderationCase, async ({ db, deps, params }) => moderationCase(db, deps, params.id)),
  handle(catalog.approveChange, async ({ tx, deps, viewer, params }) => approveChange({ tx, deps, staffId: viewer.userId, changeId: params.id })),
  handle(catalog.rejectChange, async ({ tx, deps, viewer, params, body }) => rejectChange({ tx, deps, staffId: viewer.userId, changeId: params.id }, body.reason)),
]

const setting = [
  handle(fees.list, async ({ db, deps }) => ({ items: await listFeeRules(db, deps) })),
  handle(fees.preview, async ({ db, deps, body: { amount, ...wanted } }) => previewFeeRule(db, deps, wanted, amount.amount), { transaction: false }),
  handle(fees.add, async ({ tx, deps, viewer, body }) => addFeeRule(tx, deps, viewer.userId, body)),
  handle(fees.remove, async ({ tx, deps, viewer, params }) => removeFeeRule(tx, deps, viewer.userId, params.id)),
  handle(categoryContracts.list, async ({ db }) => ({ items: await categoryDesk(db) })),
  handle(categoryContracts.create, async ({ tx, deps, viewer, body }) => createCategory({ tx, deps, staffId: viewer.userId }, body)),
  handle(categoryContracts.rename, async ({ tx, deps, viewer, params, body }) => renameCategory({ tx, deps, staffId: viewer.userId }, params.id, body)),
  handle(categoryContracts.move, async ({ tx, deps, viewer, params, body }) => moveCategory({ tx, deps, staffId: viewer.userId }, params.id, body.parentId)),
  handle(categoryContracts.arrange, async ({ tx, deps, viewer, body }) => arrangeCategories({ tx, deps, staffId: viewer.userId }, body.ids)),
  handle(categoryContracts.archive, async ({ tx, deps, viewer, params }) => archiveCategory({ tx, deps, staffId: viewer.userId }, params.id)),
  handle(categoryContracts.restore, async ({ tx, deps, viewer, params }) => restoreCategory({ tx, deps, staffId: viewer.userId }, params.id)),
]

export const routes = [...reading, ...keeping, ...providing, ...moderating, ...setting]

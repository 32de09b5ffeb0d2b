/**
 * Categories, fees, and the services providers publish. Features to the right use:
 *
 *     const { price, snapshot } = await priceSelection(tx, serviceId, selection, { buyerId: viewer.userId })
 *     const terms = await feeFor(tx, snapshot.categoryId, deps.clock.now())
 *
 * and give what only they know to `offerFacts`.
 */
import { hasPermission } from '@miaodan/shared/kernel/access'
import { defineFeature } from '../../kernel/feature.ts'
import { registerQueue } from '../../kernel/queues.ts'
import { readyIndex } from '../../kernel/search-indexes.ts'
import { seedCategories } from './categories.ts'
import { waitingServices } from './moderation.ts'
import { UPLOAD_KIND } from './own-services.ts'
import { routes } from './routes.ts'
import { publishedServices, rebuildServicesIndex, servicesIndex } from './search-index.ts'
import { offerSubjects } from './subject.ts'
import { subscribers } from './subscribers.ts'

export { allCategories, categoryPaths, subcategoryBySlug, type Category, type CategoryPath } from './categories.ts'
export { categoryFamily } from './category-desk.ts'
export { feeFor, type FeeTerms } from './fees.ts'
export { publishedOffers, type Offer } from './offers.ts'
export { openChange, ownService } from './own-services.ts'
export { priceSelection, uploadsIn, type Selection } from './pricing.ts'
export { offerFacts } from './registry.ts'
export { rebuildServicesIndex, servicesIndex } from './search-index.ts'

offerSubjects()
registerQueue({ name: 'services', needs: 'services.moderate', read: waitingServices })

const searchIndex = { definition: servicesIndex, expected: publishedServices, rebuild: rebuildServicesIndex }

export const catalogFeature = defineFeature({
  name: 'catalog',
  routes,
  subscribers,
  // A picture that is not yet approved is for its owner, whom the kernel lets through, and for moderators.
  uploadReaders: { [UPLOAD_KIND]: async (_db, _serviceId, viewer) => hasPermission(viewer.staffRoles, 'services.moderate') },
  indexes: [searchIndex],
  start: async deps => {
    await seedCategories(deps.db)
    await readyIndex(deps, searchIndex)
    return async () => {}
  },
})

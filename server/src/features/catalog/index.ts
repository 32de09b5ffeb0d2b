/**
 * Categories, fees, and the services providers publish. Features to the right use:
 *
 *     const { price, snapshot } = await priceSelection(tx, serviceId, selection, { buyerId: viewer.userId })
 *     const terms = await feeFor(tx, snapshot.categoryId, deps.clock.now())
 */
export { allCategories, categoryPaths, categoryTree, seedCategories, subcategoryBySlug, type Category, type CategoryPath } from './categories.ts'
export { feeFor, type FeeTerms } from './fees.ts'
export { priceSelection, uploadsIn, type Selection } from './pricing.ts'
export { offerFacts, type ActiveOrders, type OutsideFacts } from './registry.ts'

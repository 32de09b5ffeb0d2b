/** The features of the product, in the order of the dependency rule: each imports only from those before it. */
import type { Feature } from '../kernel/feature.ts'
import { systemFeature } from '../kernel/system-routes.ts'
import { accountsFeature } from './accounts/index.ts'
import { adminFeature } from './admin/index.ts'
import { catalogFeature } from './catalog/index.ts'
import { chatFeature } from './chat/index.ts'
import { disputesFeature } from './disputes/index.ts'
import { ledgerFeature } from './ledger/index.ts'
import { matchingFeature } from './matching/index.ts'
import { notificationsFeature } from './notifications/index.ts'
import { ordersFeature } from './orders/index.ts'
import { paymentsFeature } from './payments/index.ts'
import { requirementsFeature } from './requirements/index.ts'
import { reviewsFeature } from './reviews/index.ts'
import { rewardsFeature } from './rewards/index.ts'
import { wordsFeature } from './words/index.ts'

export const features: readonly Feature[] = [systemFeature, accountsFeature, ledgerFeature, wordsFeature, catalogFeature, paymentsFeature, chatFeature, notificationsFeature, requirementsFeature, rewardsFeature, matchingFeature, ordersFeature, disputesFeature, reviewsFeature, adminFeature]

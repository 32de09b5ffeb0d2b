/** Every lifecycle of the product. The migration step copies their edges into the database, which then enforces them. */
import { verificationLifecycle } from './accounts/lifecycle.ts'
import { announcementLifecycle } from './announcements/lifecycle.ts'
import { serviceChangeLifecycle, serviceLifecycle } from './catalog/lifecycle.ts'
import { disputeLifecycle, refundRequestLifecycle } from './disputes/lifecycle.ts'
import type { Lifecycle } from './kernel/lifecycle.ts'
import { changeOrderLifecycle, milestoneLifecycle, orderLifecycle, quoteLifecycle } from './orders/lifecycle.ts'
import { paymentLifecycle, payoutLifecycle } from './payments/lifecycle.ts'
import { requirementLifecycle } from './requirements/lifecycle.ts'
import { reportLifecycle } from './admin/lifecycle.ts'
import { campaignLifecycle, couponLifecycle } from './rewards/lifecycle.ts'
import { reviewLifecycle } from './reviews/lifecycle.ts'

export const lifecycles: readonly Lifecycle[] = [
  verificationLifecycle, serviceLifecycle, serviceChangeLifecycle, requirementLifecycle, quoteLifecycle, orderLifecycle, milestoneLifecycle, changeOrderLifecycle, refundRequestLifecycle, disputeLifecycle, paymentLifecycle, payoutLifecycle, reviewLifecycle, reportLifecycle, couponLifecycle, campaignLifecycle, announcementLifecycle,
]

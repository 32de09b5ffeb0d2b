/**
 * What buyers need: written, checked, opened, and given to one provider. Features to the right lock it with
 * `lockOpenRequirement`, give it away with `awardRequirement` in the transaction that makes the order, and hear of
 * everything else by the events `requirement.*` (life.ts says what they tell).
 */
import { eq } from 'drizzle-orm'
import { defineFeature } from '../../kernel/feature.ts'
import { registerQueue } from '../../kernel/queues.ts'
import { readyIndex } from '../../kernel/search-indexes.ts'
import { registerSubject } from '../../kernel/subjects.ts'
import { registerPayable } from '../payments/index.ts'
import { expireRequirement } from './life.ts'
import { waitingRequirements } from './moderation.ts'
import { requirementPayable } from './payable.ts'
import { isOpenTo, sideOf } from './policy.ts'
import { routes } from './routes.ts'
import { openRequirements, rebuildRequirementsIndex, requirementsIndex } from './search-index.ts'
import { subscribers } from './subscribers.ts'
import { requirements } from './tables.ts'
import { UPLOAD_KIND } from './writing.ts'

export { awardRequirement, lockOpenRequirement, openToHall, requireOpen } from './life.ts'
export { hallRows, requirementRows } from './rows.ts'
export { visibleRequirement } from './policy.ts'
export { offerMatching } from './registry.ts'
export { requirementsIndex } from './search-index.ts'
export type { RequirementRow } from './tables.ts'
export { cardsOf as requirementCards } from './views.ts'

registerPayable('requirement', requirementPayable)
registerQueue({ name: 'requirements', needs: 'requirements.moderate', read: waitingRequirements })
registerSubject('requirement', async (db, id, viewerId) => {
  const [row] = await db.select().from(requirements).where(eq(requirements.id, id))
  if (!row || (row.buyerId !== viewerId && !await isOpenTo(db, viewerId, row))) return null
  return { title: row.title, number: null, amount: row.price ?? row.budgetMax }
})

const searchIndex = { definition: requirementsIndex, expected: openRequirements, rebuild: rebuildRequirementsIndex }

export const requirementsFeature = defineFeature({
  name: 'requirements',
  routes,
  subscribers,
  deadlines: { 'requirement.expire': async (tx, deadline, deps) => expireRequirement(tx, deps, deadline.entityId) },
  uploadReaders: {
    [UPLOAD_KIND]: async (db, id, viewer) => {
      const [row] = await db.select().from(requirements).where(eq(requirements.id, id))
      return row !== undefined && await sideOf(db, viewer, row) !== null
    },
  },
  indexes: [searchIndex],
  start: async deps => {
    await readyIndex(deps, searchIndex)
    return async () => {}
  },
})

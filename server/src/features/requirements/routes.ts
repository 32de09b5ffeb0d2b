import { requirements as contracts } from '@miaodan/shared/requirements/contract'
import { handle } from '../../kernel/feature.ts'
import { coach, readOneSentence } from './coach.ts'
import { ownRequirements, searchHall } from './hall.ts'
import { cancelRequirement, extendRequirement } from './life.ts'
import { approveRequirement, moderationQueue, returnRequirement } from './moderation.ts'
import { requirementView } from './views.ts'
import { createRequirement, saveRequirement, submitRequirement, withdrawRequirement } from './writing.ts'

export const routes = [
  handle(contracts.hall, ({ db, deps, query, viewer }) => searchHall(db, deps, query, viewer)),
  handle(contracts.create, async ({ tx, deps, body, viewer }) => ({ id: await createRequirement(tx, deps, viewer.userId, body) })),
  handle(contracts.save, async ({ tx, deps, params, body, viewer }) => ({ savedAt: await saveRequirement(tx, deps, viewer, params.id, body) })),
  handle(contracts.submit, async ({ tx, deps, params, viewer }) => {
    await submitRequirement(tx, deps, viewer, params.id)
    return requirementView(tx, deps, viewer, params.id)
  }),
  handle(contracts.withdraw, async ({ tx, deps, params, viewer }) => {
    await withdrawRequirement(tx, deps, viewer, params.id)
    return requirementView(tx, deps, viewer, params.id)
  }),
  handle(contracts.cancel, async ({ tx, deps, params, body, viewer }) => {
    await cancelRequirement(tx, deps, viewer, params.id, body.reason)
    return requirementView(tx, deps, viewer, params.id)
  }),
  handle(contracts.extend, async ({ tx, deps, params, viewer }) => {
    await extendRequirement(tx, deps, viewer, params.id)
    return requirementView(tx, deps, viewer, params.id)
  }),
  handle(contracts.get, ({ db, deps, params, viewer }) => requirementView(db, deps, viewer, params.id)),
  handle(contracts.mine, ({ db, query, viewer }) => ownRequirements(db, viewer, query)),
  handle(contracts.coach, ({ db, deps, body }) => coach(db, deps, body)),
  handle(contracts.read, ({ db, deps, body }) => readOneSentence(db, deps, body.text)),
  handle(contracts.moderationQueue, ({ db, deps, query }) => moderationQueue(db, deps, query)),
  handle(contracts.approve, async ({ tx, deps, params, viewer }) => {
    await approveRequirement(tx, deps, viewer, params.id)
    return requirementView(tx, deps, viewer, params.id)
  }),
  handle(contracts.return, async ({ tx, deps, params, body, viewer }) => {
    await returnRequirement(tx, deps, viewer, params.id, body.reason)
    return requirementView(tx, deps, viewer, params.id)
  }),
]

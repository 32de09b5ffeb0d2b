import { changes as contracts } from '@miaodan/shared/orders/changes'
import { handle } from '../../kernel/feature.ts'
import { changesOf, changeView, previewChange } from './change-view.ts'
import { agreeToChange, proposeChange, rejectChange, withdrawChange } from './changing.ts'

export const changeRoutes = [
  handle(contracts.preview, async ({ tx, viewer, params, body }) => previewChange(tx, viewer, params.id, body)),
  handle(contracts.propose, async ({ tx, deps, viewer, params, body }) => changeView(tx, viewer, await proposeChange(tx, deps, viewer, params.id, body))),
  handle(contracts.ofOrder, async ({ db, viewer, params }) => ({ items: await changesOf(db, viewer, params.id) })),
  handle(contracts.agree, async ({ tx, deps, viewer, params, body }) => {
    await agreeToChange(tx, deps, viewer, params.id, body)
    return changeView(tx, viewer, params.id)
  }),
  handle(contracts.reject, async ({ tx, deps, viewer, params, body }) => {
    await rejectChange(tx, deps, viewer, params.id, body.answer)
    return changeView(tx, viewer, params.id)
  }),
  handle(contracts.withdraw, async ({ tx, deps, viewer, params }) => {
    await withdrawChange(tx, deps, viewer, params.id)
    return changeView(tx, viewer, params.id)
  }),
]

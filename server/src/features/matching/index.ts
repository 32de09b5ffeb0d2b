/** Matching: who is told of a requirement, in which order and why, and what fits a provider. */
import { matching as contracts } from '@miaodan/shared/matching/contract'
import { defineFeature, handle } from '../../kernel/feature.ts'
import { readyIndex } from '../../kernel/search-indexes.ts'
import { providerCount } from '../accounts/index.ts'
import { offerFacts } from '../catalog/index.ts'
import { offerMatching } from '../requirements/index.ts'
import { answer, matchSubscribers } from './answers.ts'
import { exportRanks, matchingFigures } from './learning.ts'
import { providersIndex, rebuildProvidersIndex } from './provider-index.ts'
import { recordSubscribers } from './record.ts'
import { alertSearchers, changeSearch, listSearches, removeSearch, saveSearch } from './saved-searches.ts'
import { everyoneToldOf, feed, fitOfViewer, fitsOf, matchesOf, medianFirstMatchSeconds, preview, toldOf } from './views.ts'
import { waveIsDue } from './waves.ts'

offerMatching({ toldOf, everyoneToldOf, fitsOf })
offerFacts({ medianFirstMatchSeconds })

export { medianFirstMatchSeconds } from './views.ts'

const searchIndex = { definition: providersIndex, expected: providerCount, rebuild: rebuildProvidersIndex }

export const matchingFeature = defineFeature({
  name: 'matching',
  routes: [
    handle(contracts.matchesOf, ({ db, deps, viewer, params }) => matchesOf(db, deps, viewer, params.id)),
    handle(contracts.fitOf, ({ db, deps, viewer, params }) => fitOfViewer(db, deps, viewer, params.id)),
    handle(contracts.feed, ({ db, deps, viewer }) => feed(db, deps, viewer)),
    handle(contracts.seen, ({ tx, deps, viewer, params }) => answer(tx, deps, viewer, params.id, 'seen')),
    handle(contracts.quoting, ({ tx, deps, viewer, params }) => answer(tx, deps, viewer, params.id, 'quoting')),
    handle(contracts.decline, ({ tx, deps, viewer, params }) => answer(tx, deps, viewer, params.id, 'declined')),
    handle(contracts.savedSearches, ({ db, viewer }) => listSearches(db, viewer)),
    handle(contracts.saveSearch, ({ tx, deps, viewer, body }) => saveSearch(tx, deps, viewer, body.conditions)),
    handle(contracts.changeSearch, ({ tx, viewer, params, body }) => changeSearch(tx, viewer, params.id, body.alert)),
    handle(contracts.removeSearch, ({ tx, viewer, params }) => removeSearch(tx, viewer, params.id)),
    handle(contracts.figures, ({ deps, query }) => deps.stale.read(async (db, asOf) => ({ asOf, ...await matchingFigures(db, deps, query.days) }))),
    handle(contracts.exportRanks, ({ deps, query, setHeader }) => deps.stale.read((db, asOf) => {
      setHeader('content-disposition', `attachment; filename="miaodan-ranks-${asOf.toISOString().replaceAll(/[-:]|\.\d+/g, '')}.csv"`)
      return exportRanks(db, deps, query.days)
    })),
    handle(contracts.preview, ({ db, deps, viewer, body }) => preview(db, deps, body, viewer)),
  ],
  subscribers: [...recordSubscribers, ...matchSubscribers],
  deadlines: {
    'match.wave': async (tx, deadline, deps) => waveIsDue(tx, deps, deadline.entityId),
    'requirement.alert': async (tx, deadline, deps) => alertSearchers(tx, deps, deadline.entityId),
  },
  indexes: [searchIndex],
  start: async deps => {
    await readyIndex(deps, searchIndex)
    return async () => {}
  },
})

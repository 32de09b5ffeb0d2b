/** The filters of the list of cases, kept in the address so that a list can be sent to somebody and come back to. */
import type { LocationQuery } from 'vue-router'

export const CASE_STATES = ['open', 'review', 'appealed', 'evidence', 'ruled', 'ended'] as const
export type CaseState = typeof CASE_STATES[number]
export type CaseFilters = { state: CaseState, mine: boolean, q: string }

export function filtersOf(query: LocationQuery): CaseFilters {
  return { state: CASE_STATES.find(state => state === query['state']) ?? 'open', mine: query['mine'] === 'true', q: typeof query['q'] === 'string' ? query['q'] : '' }
}
/** For the address: what is usual is left out. */
export const addressQuery = ({ state, mine, q }: CaseFilters) => ({ ...(state !== 'open' && { state }), ...(mine && { mine: 'true' }), ...(q && { q }) })
/** For the endpoint. */
export function queueQuery(query: LocationQuery) {
  const { state, mine, q } = filtersOf(query)
  return { state, ...(mine && { mine: 'true' as const }), ...(q && { q }) }
}

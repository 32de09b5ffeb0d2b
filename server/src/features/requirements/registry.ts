/**
 * What requirements show but cannot know, because matching stands to their right: who was told of one, and how well it
 * fits a provider. Matching gives these functions when it is loaded.
 */
import type { Fit } from '@miaodan/shared/requirements/fit'
import type { Deps } from '../../deps.ts'
import type { Executor } from '../../kernel/db.ts'
import type { RequirementRow } from './tables.ts'

export type MatchingFacts = {
  /** Which of these requirements the provider has been told of. */
  toldOf: (db: Executor, providerId: string, requirementIds: readonly string[]) => Promise<ReadonlySet<string>>
  /** Who has been told of each of these requirements. */
  everyoneToldOf: (db: Executor, requirementIds: readonly string[]) => Promise<ReadonlyMap<string, readonly string[]>>
  /** How well each fits the provider; those that do not fit at all are not in the map. */
  fitsOf: (db: Executor, deps: Deps, providerId: string, rows: readonly RequirementRow[]) => Promise<ReadonlyMap<string, Fit>>
}

const known: Partial<MatchingFacts> = {}

export function offerMatching(facts: MatchingFacts): void {
  Object.assign(known, facts)
}

export const toldOf: MatchingFacts['toldOf'] = async (db, providerId, ids) => known.toldOf?.(db, providerId, ids) ?? new Set()
export const everyoneToldOf: MatchingFacts['everyoneToldOf'] = async (db, ids) => known.everyoneToldOf?.(db, ids) ?? new Map()
export const fitsOf: MatchingFacts['fitsOf'] = async (db, deps, providerId, rows) => known.fitsOf?.(db, deps, providerId, rows) ?? new Map()

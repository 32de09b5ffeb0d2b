/** Search indexes are copies that can be lost: they are made when they are new, have changed, or are gone. */
import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { durationMs } from '@miaodan/shared/kernel/time'
import type { Deps } from '../deps.ts'
import type { IndexDefinition, SearchError } from '../ports/search/port.ts'
import type { Db, Executor } from './db.ts'
import type { JobDefinition } from './jobs.ts'

export type SearchIndex = {
  definition: IndexDefinition
  /** How many documents it holds when it is whole. Asked by `npm run doctor`. */
  expected: (db: Db) => Promise<number>
  /** Makes it anew from its rows. */
  rebuild: (deps: Deps) => Promise<{ documents: number }>
}

/**
 * To be called before the rows of these documents are read. Two transactions that change what one document says do not
 * see each other's change; the one that comes later waits here until it does. It ends with the transaction.
 */
export async function inTurn(tx: Executor, { name }: IndexDefinition, ids: readonly string[]): Promise<void> {
  // In the same order everywhere, so that nobody waits for whoever waits for them.
  for (const id of [...new Set(ids)].sort()) await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`search.${name}.${id}`}, 0))`)
}

const LOOK_AGAIN_MS = 250

/** Ends when the index can be searched: another process that makes it is waited for. */
export async function readyIndex(deps: Deps, index: SearchIndex): Promise<void> {
  while (await mendIndex(deps, index) === 'under way') await delay(LOOK_AGAIN_MS)
}

/** A search server that was away when it should have heard of an index, or has lost what it had, gets it anew. */
export const upkeepOfIndexes = (indexes: readonly SearchIndex[]): JobDefinition<Deps> => ({
  queue: { name: 'search.rebuild', attempts: 5, firstRetryMs: durationMs({ seconds: 10 }), concurrency: 1 },
  everyMs: durationMs({ minutes: 1 }),
  handle: async deps => {
    for (const index of indexes) await mendIndex(deps, index)
  },
})

async function mendIndex(deps: Deps, { definition, rebuild }: SearchIndex): Promise<'whole' | 'made' | 'under way'> {
  if (!(await deps.search.declare(definition)).rebuild) return 'whole'
  try {
    const { documents } = await rebuild(deps)
    deps.log.info({ index: definition.name, documents }, 'search index made anew')
    return 'made'
  } catch (error) {
    if (error instanceof Error && (error as SearchError).code === 'search.rebuild_running') return 'under way'
    throw error
  }
}

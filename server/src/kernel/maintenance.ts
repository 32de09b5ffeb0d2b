/**
 * Maintenance: the site is shown and nothing is changed, except by staff. What the outside tells us is taken all the same
 * (a gateway's callback is no contract of ours), and so is the worker's work: money under way does not wait for us.
 */
import { sql } from 'drizzle-orm'
import type { FastifyReply } from 'fastify'
import { problem } from '@miaodan/shared/errors'
import type { NamedContract } from '@miaodan/shared/kernel/contract'
import type { Maintenance } from '@miaodan/shared/kernel/system'
import type { Deps } from '../deps.ts'
import type { Db, Tx } from './db.ts'
import type { Viewer } from './feature.ts'
import { maintenance } from './tables.ts'

const CHANNEL = 'miaodan_maintenance'
/** Should the word of a change be lost, it is found out so soon. */
const LOOK_AGAIN_MS = 5_000
const RETRY_SECONDS = 300
const SHORTEST_RETRY_SECONDS = 30

const known = new WeakMap<Deps, Maintenance>()

/** As this process knows it: looked at by every request that changes something, so without a question to the database. */
export const maintenanceNow = (deps: Deps): Maintenance | null => known.get(deps) ?? null

export async function readMaintenance(db: Db): Promise<Maintenance | null> {
  const [row] = await db.select().from(maintenance)
  return row?.since ? { since: row.since, message: row.message, until: row.until } : null
}

/** `wanted` null ends it. Processes hear of it when `tellMaintenance` is called after the commit. Answers since when it is on. */
export async function writeMaintenance(db: Db | Tx, at: Date, wanted: { message: string, until: Date | null } | null): Promise<Date | null> {
  const values = wanted ? { since: sql`coalesce(${maintenance.since}, ${at.toISOString()})`, ...wanted } : { since: null, message: '', until: null }
  const [row] = await db.update(maintenance).set(values).returning({ since: maintenance.since })
  return row?.since ?? null
}

export const tellMaintenance = (deps: Pick<Deps, 'pubsub'>): Promise<void> => deps.pubsub.publish(CHANNEL, '')

export async function followMaintenance(deps: Deps): Promise<() => Promise<void>> {
  const look = async (): Promise<void> => {
    const now = await readMaintenance(deps.db)
    if (now) known.set(deps, now)
    else known.delete(deps)
  }
  const lookAgain = () => void look().catch((error: unknown) => deps.log.warn({ err: error }, 'whether the site is under maintenance could not be read'))
  await look()
  const stop = await deps.pubsub.subscribe(CHANNEL, lookAgain, lookAgain)
  const timer = setInterval(lookAgain, LOOK_AGAIN_MS)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await stop()
  }
}

/** @throws problem `kernel.maintenance` for what would change something, unless staff do it or they need it to come in */
export function refuseDuringMaintenance(deps: Deps, { method, duringMaintenance }: NamedContract, viewer: Viewer | null, reply: FastifyReply): void {
  const now = maintenanceNow(deps)
  if (!now || method === 'GET' || duringMaintenance || viewer?.staffRoles.length) return
  const seconds = now.until ? Math.max(SHORTEST_RETRY_SECONDS, Math.ceil((now.until.getTime() - deps.clock.now().getTime()) / 1000)) : RETRY_SECONDS
  void reply.header('retry-after', seconds)
  throw problem('kernel.maintenance', { message: now.message })
}

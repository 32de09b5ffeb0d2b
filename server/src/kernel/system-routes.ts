/** The system's own endpoints: the clock, how its parts are, maintenance, and in demo mode the mailbox. */
import { system, type Maintenance, type SiteState } from '@miaodan/shared/kernel/system'
import { audit } from './audit.ts'
import { wakeSweeper } from './deadlines.ts'
import { defineFeature, handle } from './feature.ts'
import { checkAll, type Checked } from './health.ts'
import { followMaintenance, maintenanceNow, tellMaintenance, writeMaintenance } from './maintenance.ts'
import { afterCommit } from './tx.ts'

export const CLOCK_CHANNEL = 'miaodan_clock'
export const VERSION = '0.1.0'

/** What an entry of the audit log about the whole site is about. */
const SITE = '00000000-0000-7000-8000-000000000000'
/** What people know by another name, or need not know of. */
const UNSEEN = new Set(['clock', 'replica'])

function stateOf(checks: readonly Checked[], maintenance: Maintenance | null): SiteState {
  if (checks.some(check => check.required && !check.ok)) return 'down'
  if (maintenance) return 'maintenance'
  return checks.every(check => check.ok) ? 'working' : 'degraded'
}

export const systemFeature = defineFeature({
  name: 'system',
  routes: [
    handle(system.info, async ({ deps }) => ({ now: deps.clock.now(), demo: deps.config.demo, version: VERSION, maintenance: maintenanceNow(deps) })),
    handle(system.status, async ({ deps }) => {
      const checks = (await checkAll(deps)).filter(check => !UNSEEN.has(check.name))
      const maintenance = maintenanceNow(deps)
      return { state: stateOf(checks, maintenance), at: deps.clock.now(), parts: checks.map(({ name, ok }) => ({ name, working: ok })), maintenance }
    }),
    handle(system.setMaintenance, async ({ tx, deps, viewer, body }) => {
      const at = deps.clock.now()
      const since = await writeMaintenance(tx, at, body)
      await audit(tx, deps.clock, { actorId: viewer.userId, action: 'system.maintenance_started', entity: 'site', entityId: SITE, new: { message: body.message, until: body.until?.toISOString() ?? null } })
      afterCommit(tx, () => void tellMaintenance(deps).catch(() => undefined))
      return { since: since ?? at, ...body }
    }),
    handle(system.endMaintenance, async ({ tx, deps, viewer }) => {
      await writeMaintenance(tx, deps.clock.now(), null)
      await audit(tx, deps.clock, { actorId: viewer.userId, action: 'system.maintenance_ended', entity: 'site', entityId: SITE })
      afterCommit(tx, () => void tellMaintenance(deps).catch(() => undefined))
    }),
    handle(system.advanceClock, async ({ deps, body }) => {
      await deps.clock.advance(deps.sql, body.seconds * 1000)
      await deps.pubsub.publish(CLOCK_CHANNEL, '')
      return { now: deps.clock.now() }
    }, { transaction: false }),
    handle(system.mailbox, async ({ deps, query }) => ({ items: await deps.mailbox.list(query.to) })),
  ],
  /** Each process reads the clock again when any process has moved it, and looks for what has become due; the same with maintenance. */
  start: async deps => {
    const read = () => void deps.clock.load(deps.sql).then(wakeSweeper, error => deps.log.error({ err: error }, 'clock could not be read'))
    const stops = [await deps.pubsub.subscribe(CLOCK_CHANNEL, read, read), await followMaintenance(deps)]
    return async () => void await Promise.all(stops.map(stop => stop()))
  },
})

/** What goes wrong besides processes that die. Each begins a fault, lets it last, and ends it; what it may spoil comes right by itself. */
import { setTimeout as delay } from 'node:timers/promises'
import postgres from 'postgres'
import { newId } from '../../src/kernel/ids.ts'
import type { Client } from '../crash/client.ts'
import type { World } from '../crash/world.ts'
import { untilSent } from './searching.ts'
import type { Stage } from './stage.ts'

/** `run` answers with what was not as it must be meanwhile, if anything. */
export type Fault = { name: string, run: (stage: Stage, world: World) => Promise<string | void> }

const LASTS_MS = 6_000
const SEARCH_AWAY_MS = 60_000
/** What the last kill broke off is over. */
const SETTLES_MS = 3_000
/** Nobody can handle these; they must be given up and stop nothing else. */
const POISON_TOPIC = 'order.pay'
export const POISON_KEY = 'poison'

let searchDisk: 'kept' | 'lost' = 'kept'

const badAnswers = ({ tally }: Client): number => tally.brokenOff + tally.unavailable + tally.serverErrors.length

export const faults: readonly Fault[] = [
  {
    name: 'search away for a minute',
    // People notice nothing at all: no other fault is under way, so every request of theirs must be answered.
    run: async ({ fleet, search, t }, { client }) => {
      await Promise.all([...fleet.webs.map(web => web.untilUp('/readyz')), fleet.gateway.untilUp()])
      await delay(SETTLES_MS)
      const before = badAnswers(client)
      await search.kill()
      await delay(SEARCH_AWAY_MS)
      const bad = badAnswers(client) - before
      const failed = client.tally.latest.slice(-bad).join('; ')
      const [journal] = await t.deps.sql<{ waiting: number }[]>`select count(*)::int as waiting from search.remote_changes`
      await search.restart(searchDisk)
      searchDisk = searchDisk === 'kept' ? 'lost' : 'kept'
      await untilSent(t.deps)
      if (bad > 0) return `${bad} requests failed: ${failed}`
      if (journal?.waiting === 0) return 'nothing was changed while search was away'
    },
  },
  {
    name: 'Postgres restarted',
    run: stage => stage.restartPostgres(),
  },
  ...(['slow', 'silent', 'lying'] as const).map(mode => ({
    name: `gateway ${mode}`,
    run: async ({ line }: Stage) => {
      line.mode = mode
      await delay(LASTS_MS)
      line.mode = 'good'
    },
  })),
  {
    name: 'connection pools exhausted',
    // Whoever wants an order waits, until every connection of every process does.
    run: async ({ databaseUrl }) => {
      const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} })
      await sql.begin(async tx => {
        await tx`lock table orders in access exclusive mode`
        await delay(LASTS_MS)
      }).catch(() => undefined)
      await sql.end()
    },
  },
  {
    name: 'poison event and deadline',
    run: async ({ databaseUrl }) => {
      const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} })
      const id = newId()
      await sql`insert into outbox (event_id, topic, key, payload, at) values (${id}, ${POISON_TOPIC}, ${`${POISON_KEY}:${id}`}, ${sql.json({ id: 'nonsense' })}, now())`
      await sql`insert into deadlines (id, entity, entity_id, action, due_at, data) values (${id}, ${POISON_KEY}, ${id}, 'explode', now() - interval '1 year', '{}')`
      await sql.end()
    },
  },
  {
    name: 'Redis killed and started empty',
    run: async ({ redis }) => {
      await redis?.kill()
      await delay(LASTS_MS)
      await redis?.restart()
    },
  },
]

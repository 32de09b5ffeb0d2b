/**
 * `/healthz`: the process is alive; a supervisor that gets no answer starts it anew. `/readyz`: what the process stands on
 * answers; a balancer sends nobody to one that says 503. Only what no request can do without makes it 503: with the
 * search server away Postgres searches, and taking every process out for it would turn a blemish into an outage.
 */
import type { FastifyInstance } from 'fastify'
import type { Deps } from '../deps.ts'
import { isLeaving } from './leaving.ts'

/** Something a process stands on. `check` throws when it is not there, and names nothing secret. */
export type Dependency = { name: string, required: boolean, check: () => Promise<unknown> }
export type Checked = { name: string, required: boolean, ok: boolean, ms: number, error?: string }

const TIMEOUT_MS = 2_000
/** However many ask, each thing is asked so often. */
const KEPT_MS = 1_000

async function timed({ name, required, check }: Dependency): Promise<Checked> {
  const start = performance.now()
  const elapsed = (): number => Math.round(performance.now() - start)
  let timer: NodeJS.Timeout | undefined
  try {
    await Promise.race([check(), new Promise((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error('no answer in time')), TIMEOUT_MS)
    })])
    return { name, required, ok: true, ms: elapsed() }
  } catch (error) {
    return { name, required, ok: false, ms: elapsed(), error: error instanceof Error ? error.message : String(error) }
  } finally {
    clearTimeout(timer)
  }
}

function dependenciesOf(deps: Deps): Dependency[] {
  return [
    { name: 'database', required: true, check: () => deps.sql`select 1` },
    { name: 'clock', required: true, check: () => deps.clock.load(deps.sql) },
    ...(deps.search.status ? [{ name: 'search', required: false, check: () => searchServes(deps) }] : []),
    ...(deps.stale.replicas().length > 0 ? [{ name: 'replica', required: false, check: () => deps.stale.check() }] : []),
    ...deps.checks,
  ]
}

async function searchServes({ search }: Deps): Promise<void> {
  const status = await search.status?.()
  if (status && status.state !== 'closed') throw new Error(`the search server is not asked now (breaker ${status.state}); Postgres answers, ${status.waiting} changes wait`)
}

const kept = new WeakMap<Deps, { at: number, checks: Promise<Checked[]> }>()

export function checkAll(deps: Deps): Promise<Checked[]> {
  const last = kept.get(deps)
  if (last && performance.now() - last.at < KEPT_MS) return last.checks
  const checks = Promise.all(dependenciesOf(deps).map(timed))
  kept.set(deps, { at: performance.now(), checks })
  return checks
}

/** The status and body of an answer about all of it. */
export async function readiness(deps: Deps) {
  const checks = await checkAll(deps)
  const able = checks.every(check => check.ok || !check.required)
  const state = isLeaving(deps) ? 'leaving' : !able ? 'unready' : checks.every(check => check.ok) ? 'ready' : 'degraded'
  return {
    status: state === 'ready' || state === 'degraded' ? 200 : 503,
    body: { status: state, checks: Object.fromEntries(checks.map(({ name, ...check }) => [name, check])) },
  }
}

export async function health(app: FastifyInstance, { deps }: { deps: Deps }): Promise<void> {
  app.get('/healthz', { config: { rateLimit: false } }, async () => ({ status: 'ok' }))
  app.get('/readyz', { config: { rateLimit: false } }, async (_request, reply) => {
    const { status, body } = await readiness(deps)
    return reply.code(status).send(body)
  })
}

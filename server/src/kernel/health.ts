import type { FastifyInstance } from 'fastify'
import type { Deps } from '../deps.ts'
import { isLeaving } from './leaving.ts'

const CHECK_TIMEOUT_MS = 2_000

type Check = { ok: boolean, ms: number, error?: string }

async function timed(check: () => Promise<unknown>): Promise<Check> {
  const start = performance.now()
  const elapsed = (): number => Math.round(performance.now() - start)
  let timer: NodeJS.Timeout | undefined
  try {
    await Promise.race([check(), new Promise((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error('no answer in time')), CHECK_TIMEOUT_MS)
    })])
    return { ok: true, ms: elapsed() }
  } catch (error) {
    return { ok: false, ms: elapsed(), error: error instanceof Error ? error.message : String(error) }
  } finally {
    clearTimeout(timer)
  }
}

/** `/healthz`: the process is alive. `/readyz`: each thing it depends on answers; 503 names the one that does not, or says that the process is about to end. */
export async function health(app: FastifyInstance, { deps }: { deps: Deps }): Promise<void> {
  app.get('/healthz', { config: { rateLimit: false } }, async () => ({ status: 'ok' }))
  app.get('/readyz', { config: { rateLimit: false } }, async (_request, reply) => {
    const checks = {
      database: await timed(() => deps.sql`select 1`),
      clock: await timed(() => deps.clock.load(deps.sql)),
    }
    const ok = Object.values(checks).every(check => check.ok) && !isLeaving(deps)
    return reply.code(ok ? 200 : 503).send({ status: isLeaving(deps) ? 'leaving' : ok ? 'ready' : 'unready', checks })
  })
}

/** Runs one process of the product: web, worker, or both. */
import { setTimeout as delay } from 'node:timers/promises'
import { createApp, createStatusApp } from './app.ts'
import { readConfig } from './config.ts'
import { openDeps, openLog } from './deps.ts'
import { features } from './features/index.ts'
import { untilDatabaseAnswers } from './kernel/await-database.ts'
import { startLeaving } from './kernel/leaving.ts'
import { hearWork, tellWork } from './kernel/wake-up.ts'
import { serveMetrics } from './operations/metrics/index.ts'
import { startTracing } from './operations/tracing.ts'
import { createWorker } from './worker.ts'

/** After the drain. Together they are to be less than the supervisor's patience. */
const STOP_TIMEOUT_MS = 12_000
/** So many may wait to be let in: all browsers come at once when a process went, and the usual 511 would have most of them wait a second and try again. */
const BACKLOG = 4_096

const config = readConfig(process.env)
const log = openLog(config)
// Whatever was not caught has left us in a state nobody has thought of (postgres.js 3.4 throws from a socket's handler
// when a backend is terminated inside a transaction). All that counts is in the database: end, and let the supervisor start anew.
process.once('uncaughtException', error => {
  log.fatal({ err: error }, 'ending after an error nobody caught')
  process.exit(1)
})
await untilDatabaseAnswers(config.databaseUrl, log)
const deps = await openDeps(config, log)
const tracing = await startTracing(config)
/** What was started, undone the other way round. */
const started: { name: string, stop: () => Promise<unknown> }[] = [{ name: 'connections', stop: () => deps.close() }, { name: 'traces', stop: async () => tracing?.stop() }]
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(signal))

started.push({ name: 'live', stop: await deps.live.start() })
for (const feature of features) {
  const stopFeature = await feature.start?.(deps)
  if (stopFeature) started.push({ name: feature.name, stop: stopFeature })
}

if (config.role === 'web') {
  const stopTelling = tellWork(deps)
  started.push({ name: 'work for others', stop: async () => stopTelling() })
} else {
  started.push({ name: 'work of others', stop: await hearWork(deps) })
  const worker = createWorker(deps, tracing?.around(features) ?? features)
  worker.start()
  started.push({ name: 'worker', stop: () => worker.stop() })
}
const app = config.role === 'worker' ? await createStatusApp(deps) : await createApp(deps, features, app => tracing?.instrument(app))
started.push({ name: 'http', stop: () => app.close() })
await app.listen({ port: config.port, host: config.host, backlog: BACKLOG })
if (config.role !== 'worker') started.push({ name: 'drain', stop: () => delay(config.drainMs) })
started.push({ name: 'metrics', stop: await serveMetrics(deps) })
log.info({ role: config.role, url: config.role === 'worker' ? undefined : config.publicUrl }, 'started')

/**
 * Says that it is leaving and goes on answering for a while, sends the sockets to other processes, finishes what is
 * being worked on, and ends; after a while it ends anyway, which loses nothing.
 */
async function stop(reason: string): Promise<void> {
  log.info({ reason }, 'stopping')
  startLeaving(deps)
  let step = ''
  setTimeout(() => {
    log.error({ step }, 'could not be stopped in time')
    process.exit(1)
  }, config.drainMs + STOP_TIMEOUT_MS)
  for (const part of started.splice(0).reverse()) {
    step = part.name
    await part.stop()
  }
  process.exit(0)
}

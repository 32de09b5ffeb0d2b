/** Runs one process of the product: web, worker, or both. */
import { createApp } from './app.ts'
import { readConfig } from './config.ts'
import { openDeps } from './deps.ts'
import { features } from './features/index.ts'
import { createWorker } from './worker.ts'

const config = readConfig(process.env)
const deps = await openDeps(config)
// Whatever was not caught has left us in a state nobody has thought of (postgres.js 3.4 throws from a socket's handler
// when a backend is terminated inside a transaction). All that counts is in the database: end, and let the supervisor start anew.
process.once('uncaughtException', error => {
  deps.log.fatal({ err: error }, 'ending after an error nobody caught')
  process.exit(1)
})
const stops: Array<() => Promise<unknown>> = [await deps.live.start()]
for (const feature of features) {
  const stop = await feature.start?.(deps)
  if (stop) stops.push(stop)
}

if (config.role !== 'web') {
  const worker = createWorker(deps, features)
  worker.start()
  stops.push(() => worker.stop())
}
if (config.role !== 'worker') {
  const app = await createApp(deps, features)
  await app.listen({ port: config.port, host: config.host })
  stops.push(() => app.close())
}
deps.log.info({ role: config.role, url: config.role === 'worker' ? undefined : config.publicUrl }, 'started')

let stopping = false
async function stop(reason: string): Promise<void> {
  if (stopping) return
  stopping = true
  deps.log.info({ reason }, 'stopping')
  for (const step of stops.reverse()) await step()
  await deps.close()
  process.exit(0)
}
process.once('SIGTERM', () => void stop('SIGTERM'))
process.once('SIGINT', () => void stop('SIGINT'))

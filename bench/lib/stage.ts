/** The product in this process on a database of its own, without a port: for making what a measurement begins with. */
import { randomBytes } from 'node:crypto'
import { createSecrets } from '../../server/src/embedded/secrets.ts'
import { createApp } from '../../server/src/app.ts'
import { readConfig } from '../../server/src/config.ts'
import { openDeps } from '../../server/src/deps.ts'
import { features } from '../../server/src/features/index.ts'
import { createWorker } from '../../server/src/worker.ts'
import type { TestApp } from '../../server/test/app.ts'

export type OpenStage = {
  t: TestApp
  /** What a server process on the same database is started with. */
  environment: Record<string, string>
  close(): Promise<void>
}

export async function openStage(databaseUrl: string, dataDir: string, settings: Record<string, string> = {}): Promise<OpenStage> {
  const environment = {
    ...createSecrets(), DATABASE_URL: databaseUrl, DATA_DIR: dataDir, SESSION_SECRET: randomBytes(32).toString('hex'), FIELD_KEYS: `bench:${randomBytes(32).toString('base64')}`, ...settings,
  }
  const deps = await openDeps(readConfig({ ...environment, LOG_LEVEL: 'silent' }))
  const stops = await Promise.all(features.map(feature => feature.start?.(deps)))
  const app = await createApp(deps, features)
  return {
    // There is no gateway and no clock to be moved here.
    t: { app, deps, worker: createWorker(deps, features) } as unknown as TestApp,
    environment,
    close: async () => {
      await app.close()
      for (const stop of stops) await stop?.()
      await deps.close()
    },
  }
}

import { fileURLToPath } from 'node:url'
import { configDefaults, defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Tests wait for Postgres and the browser more than they compute: two files at a time keep two cores busy. */
const WORKERS = 2

/** Only a net under a test that hangs: nothing waits for time to pass. */
const TEST_TIMEOUT_MS = 30_000
const HOOK_TIMEOUT_MS = 60_000
const JOURNEY_TIMEOUT_MS = 300_000

/** Tests that change what a process keeps for itself: stand-ins for what another feature offers, counters of all requests. */
const ALONE = 'server/**/*.alone.test.ts'

/** These take minutes: begun last, one of them would keep a single worker busy at the end. */
const LONG = ['server/test/crash.test.ts', 'web/e2e/screens.test.ts']

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification): boolean => LONG.some(name => moduleId.endsWith(name))
    return (await super.sort(files)).toSorted((one, other) => Number(isLong(other)) - Number(isLong(one)))
  }
}

const timeouts = { testTimeout: TEST_TIMEOUT_MS, hookTimeout: HOOK_TIMEOUT_MS }
const withDatabase = { globalSetup: ['server/test/global-setup.ts'], ...timeouts }

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: WORKERS,
    sequence: { sequencer: LongestFirst },
    projects: [
      { test: { name: 'shared', include: ['shared/**/*.test.ts'], ...timeouts } },
      // Each file has a database and an application of its own; loading the code anew for each would take a third of the time.
      { test: { name: 'server', isolate: false, include: ['server/**/*.test.ts', 'bench/**/*.test.ts', 'scripts/**/*.test.ts'], exclude: [...configDefaults.exclude, ALONE], ...withDatabase } },
      { test: { name: 'server-alone', include: [ALONE], ...withDatabase } },
      { test: { name: 'gateway', include: ['gateway/**/*.test.ts'], ...timeouts } },
      {
        resolve: { alias: { '@': fileURLToPath(new URL('web/src', import.meta.url)) } },
        test: { name: 'web', include: ['web/src/**/*.test.ts'], ...timeouts },
      },
      {
        resolve: { alias: { '@': fileURLToPath(new URL('web/src', import.meta.url)) } },
        test: {
          name: 'e2e',
          include: ['web/e2e/**/*.test.ts'],
          ...withDatabase,
          testTimeout: JOURNEY_TIMEOUT_MS,
        },
      },
    ],
  },
})

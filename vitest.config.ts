import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** Only a net under a test that hangs: nothing waits for time to pass. */
const TEST_TIMEOUT_MS = 30_000
const HOOK_TIMEOUT_MS = 60_000
const JOURNEY_TIMEOUT_MS = 300_000

const timeouts = { testTimeout: TEST_TIMEOUT_MS, hookTimeout: HOOK_TIMEOUT_MS }
const withDatabase = { globalSetup: ['server/test/global-setup.ts'], ...timeouts }

export default defineConfig({
  test: {
    pool: 'forks',
    projects: [
      { test: { name: 'shared', include: ['shared/**/*.test.ts'], ...timeouts } },
      { test: { name: 'server', include: ['server/**/*.test.ts', 'bench/**/*.test.ts', 'scripts/**/*.test.ts'], ...withDatabase } },
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
          fileParallelism: false,
          ...withDatabase,
          testTimeout: JOURNEY_TIMEOUT_MS,
        },
      },
    ],
  },
})

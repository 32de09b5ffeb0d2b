/** Finds a Redis for the tests, and gets one where it can. Each test file starts its own; see server/test/redis.ts. For any Node >= 20. */
import { installFirst, succeeds } from './debian.mjs'

const PROBE_TIMEOUT_MS = 10_000

/** Without one the tests that need it are skipped, and say so. */
export function prepareRedis() {
  const program = process.env['REDIS_SERVER_PATH'] ?? 'redis-server'
  const answers = () => succeeds(program, ['--version'], PROBE_TIMEOUT_MS)
  if (answers() || (installFirst(['redis-server']) && answers())) return
  process.stdout.write('  没有 redis-server，用到 Redis 的测试会跳过：请安装它，或用 REDIS_SERVER_PATH 指定位置 · No redis-server: what stands on Redis is not tested; install it, or say where it is with REDIS_SERVER_PATH\n')
}

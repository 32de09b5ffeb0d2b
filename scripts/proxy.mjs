/** Finds the proxy of deploy/proxy for the tests, and gets it where it can. See server/test/caddy.ts. For any Node >= 20. */
import { installFirst, succeeds } from './debian.mjs'

const PROBE_TIMEOUT_MS = 10_000

/** Without one the tests that need it are skipped, and say so. */
export function prepareProxy() {
  const program = process.env['CADDY_PATH'] ?? 'caddy'
  const answers = () => succeeds(program, ['version'], PROBE_TIMEOUT_MS)
  if (answers() || (installFirst(['caddy']) && answers())) return
  process.stdout.write('  没有 caddy，多进程测试会跳过：请安装它，或用 CADDY_PATH 指定位置 · No caddy: several processes behind a proxy are not tested; install it, or say where it is with CADDY_PATH\n')
}

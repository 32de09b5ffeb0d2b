/**
 * Every measurement, one after the other, each beside the machine's own limit in the same run.
 *
 *     pnpm bench [--seconds 6] [--rounds 3] [--large] [search] [meilisearch] [matching] [ledger] [escrow] [chat] [case] [processes] [web]
 *
 * Named ones alone when any is named. Each starts a Postgres of its own in a folder for the time being, with fsync on, and stops it.
 * The web's size is of what `vite build` made last. On a machine with other work root can put a run before it (Linux shares
 * the processor by session first, so that `nice` alone does little): setsid sh -c 'echo -20 > /proc/self/autogroup; exec nice -n -20 pnpm bench …'
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { run as disputeCase } from './case.ts'
import { run as chat } from './chat.ts'
import { run as escrow } from './escrow.ts'
import { run as ledger } from './ledger.ts'
import { run as matching } from './matching.ts'
import { run as meilisearch } from './meilisearch.ts'
import { run as processes } from './processes.ts'
import { run as search } from './search.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true, options: { seconds: { type: 'string', default: '6' }, rounds: { type: 'string', default: '3' }, large: { type: 'boolean', default: false } },
})
const length = { seconds: Number(values.seconds), rounds: Number(values.rounds) }
const measurements: Record<string, () => Promise<void>> = {
  search: () => search({ documents: values.large ? 100_000 : 10_000, seconds: length.seconds }),
  meilisearch: () => meilisearch({ documents: values.large ? 100_000 : 10_000, seconds: length.seconds }),
  matching: () => matching({ providers: values.large ? 100_000 : 10_000, ...length }),
  ledger: () => ledger(length),
  escrow: () => escrow(length),
  chat: () => chat(length),
  case: () => disputeCase(),
  processes: () => processes(length),
  web: async () => webSize(),
}
const unknown = positionals.filter(name => !(name in measurements))
if (unknown.length > 0) throw new Error(`There is no measurement called ${unknown.join(', ')}; there are ${Object.keys(measurements).join(', ')}.`)

console.log(`${availableParallelism()} cores, ${cpus()[0]?.model.trim() ?? 'unknown'}, Node ${process.versions.node}; load before: ${loadavg().map(load => load.toFixed(1)).join(' ')}`)
for (const [name, measure] of Object.entries(measurements)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue
  console.log(`\n# ${name}`)
  await measure()
}

function webSize(): void {
  if (!existsSync(new URL('../web/dist/.vite/manifest.json', import.meta.url))) {
    console.log('the web is not built: pnpm --filter @miaodan/web run build')
    return
  }
  spawnSync(process.execPath, [fileURLToPath(new URL('../web/scripts/size.mjs', import.meta.url))], { stdio: 'inherit' })
}

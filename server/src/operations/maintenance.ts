/** `npm run maintenance -- on "message" [--minutes 30]`, `off`, or nothing to see how it is. For when the back office cannot be used. */
import { parseArgs } from 'node:util'
import { readConfig } from '../config.ts'
import { openDeps } from '../deps.ts'
import { openInstallation } from '../embedded/installation.ts'
import { StartProblem } from '../embedded/settings.ts'
import { complain, say } from '../embedded/terminal.ts'
import { readMaintenance, tellMaintenance, writeMaintenance } from '../kernel/maintenance.ts'

const MINUTE_MS = 60_000
const LONGEST_MESSAGE = 200

try {
  const { positionals: [verb = 'show', message = ''], values: { minutes } } = parseArgs({ allowPositionals: true, options: { minutes: { type: 'string' } } })
  const usable = ['on', 'off', 'show'].includes(verb) && message.length <= LONGEST_MESSAGE && (minutes === undefined || Number(minutes) > 0)
  if (!usable) throw new StartProblem('用法：npm run maintenance -- on "说明" [--minutes 30] | off', 'Usage: npm run maintenance -- on "message" [--minutes 30] | off')
  await run(verb, message, minutes === undefined ? null : Number(minutes))
} catch (error) {
  process.exitCode = 1
  if (error instanceof StartProblem) complain(error.zh, error.message)
  else complain('没有完成：', `Not done: ${error instanceof Error ? error.message : String(error)}`)
}

async function run(verb: string, message: string, minutes: number | null): Promise<void> {
  const installation = await openInstallation({ LOG_LEVEL: 'warn', ...process.env })
  const deps = await openDeps(readConfig(installation.environment))
  try {
    const at = deps.clock.now()
    if (verb === 'on') await writeMaintenance(deps.db, at, { message, until: minutes === null ? null : new Date(at.getTime() + minutes * MINUTE_MS) })
    if (verb === 'off') await writeMaintenance(deps.db, at, null)
    if (verb !== 'show') await tellMaintenance(deps)
    const now = await readMaintenance(deps.db)
    const until = now?.until ? ` → ${now.until.toISOString()}` : ''
    if (now) say(`维护中：只有工作人员可以改动${until}${now.message && `（${now.message}）`}`, `under maintenance: only staff change anything${until}${now.message && ` (${now.message})`}`)
    else say('网站开放', 'the site is open')
  } finally {
    await deps.close()
    await installation.close()
  }
}

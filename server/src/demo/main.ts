/** The program that loads the demo into the database it is given, before the server is started. */
import { readConfig } from '../config.ts'
import { openDeps } from '../deps.ts'
import { complain, say } from '../embedded/terminal.ts'
import { demoLoad } from '../kernel/tables.ts'
import { loadDemo } from './load.ts'

const STEP_PERCENT = 10

const deps = await openDeps(readConfig(process.env))
let told = -1
const tell = (done: number, of: number): void => {
  const percent = Math.floor(done / of * 100 / STEP_PERCENT) * STEP_PERCENT
  if (percent === told) return
  told = percent
  say(`正在准备演示数据… ${percent}%`, `Preparing the demo… ${percent}%`)
}

try {
  await deps.db.insert(demoLoad).values({})
  await loadDemo(deps, tell)
  await deps.db.update(demoLoad).set({ finishedAt: new Date() })
} catch (error) {
  complain('演示数据没有准备好：', `The demo could not be prepared: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  process.exitCode = 1
} finally {
  await deps.close()
}

/** A real program beside the tests: started in a folder of its own, listened to, and gone with it. */
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'

const START_TIMEOUT_MS = 20_000
const POLL_MS = 20
const KEPT_CHARS = 4_000

/** `folder` is removed with it. Ends when `ready` of what it said last is true. @throws with what it said when it ends before, or takes too long. */
export async function untilStarted(name: string, child: ChildProcess, folder: string, ready: (said: string) => Promise<boolean>): Promise<{ close(): Promise<void> }> {
  let said = ''
  child.stderr?.on('data', text => {
    said = `${said}${String(text)}`.slice(-KEPT_CHARS)
  })
  const close = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    }
    await rm(folder, { recursive: true, force: true })
  }
  for (const end = Date.now() + START_TIMEOUT_MS; !await ready(said); await delay(POLL_MS)) {
    if (child.exitCode === null && Date.now() < end) continue
    await close()
    throw new Error(`${name} did not start:\n${said}`)
  }
  return { close }
}

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

/** Ends the child when this process is gone, however it went. */
const LEASH = new URL('../../server/src/embedded/leash.ts', import.meta.url).href
const READY_TIMEOUT_MS = 60_000
const POLL_MS = 50

/** Starts a program as a process of its own and waits until its address answers. */
export async function startChild(program: URL, env: Record<string, string>, readyUrl: string): Promise<() => Promise<void>> {
  const child = spawn(process.execPath, ['--import', LEASH, fileURLToPath(program)], { env: { ...process.env, NODE_ENV: 'production', ...env }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await ended
  }
  for (const deadline = Date.now() + READY_TIMEOUT_MS; Date.now() < deadline && child.exitCode === null; await delay(POLL_MS)) {
    if (await fetch(readyUrl).then(answer => answer.ok, () => false)) return stop
  }
  await stop()
  throw new Error(`${fileURLToPath(program)} did not answer at ${readyUrl}`)
}

/** A process of the product that is killed without warning, or asked to end, and started again. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { NODE_FLAGS } from '../../src/embedded/node-flags.ts'

const LEASH = new URL('../../src/embedded/leash.ts', import.meta.url).href
/** A process that has been started before starts a third faster with it. */
const COMPILE_CACHE = join(tmpdir(), 'miaodan-compile-cache')
const POLL_MS = 50
const SUPERVISOR_PAUSE_MS = 300
/** Only a net: on a busy machine a start may take a minute. */
const START_TIMEOUT_MS = 120_000
const STOP_TIMEOUT_MS = 60_000

export class Killable {
  readonly url: string
  readonly #program: string
  readonly #environment: Record<string, string>
  readonly #supervised: boolean
  #process: ChildProcess
  #ending = false

  /** `supervised`: started anew when it ends by itself, as the supervisor of an installation does. */
  constructor(program: URL, port: number, environment: Record<string, string>, supervised = false) {
    this.#supervised = supervised
    this.url = `http://127.0.0.1:${port}`
    this.#program = fileURLToPath(program)
    this.#environment = { ...environment, PORT: String(port), HOST: '127.0.0.1', NODE_COMPILE_CACHE: COMPILE_CACHE }
    this.#process = this.#spawn()
  }

  get pid(): number | undefined {
    return this.#process.pid
  }

  /** Until it answers; with `/readyz`, until a proxy would send somebody to it. */
  async untilUp(path: '/healthz' | '/readyz' = '/healthz'): Promise<void> {
    for (const end = Date.now() + START_TIMEOUT_MS; Date.now() < end; await delay(POLL_MS)) {
      if (this.#process.exitCode !== null && !this.#supervised) throw new Error(`${this.#program} ended by itself with ${this.#process.exitCode}`)
      if (await fetch(`${this.url}${path}`, { signal: AbortSignal.timeout(1_000) }).then(answer => answer.ok, () => false)) return
    }
    const answer = await fetch(`${this.url}${path}`).then(async response => `${response.status} ${await response.text()}`, String)
    throw new Error(`${this.#program} did not come up: ${answer}`)
  }

  /** SIGKILL: nothing of the process gets to do anything more. */
  async killAndRestart(): Promise<void> {
    await this.#end('SIGKILL')
    this.#process = this.#spawn()
  }

  /** Asks it to stop, and answers with its exit code: 0 when it finished what it was doing. Then starts it again. */
  async stopAndRestart(): Promise<number | null> {
    const code = await this.#end('SIGTERM')
    this.#process = this.#spawn()
    return code
  }

  async stop(): Promise<number | null> {
    return this.#end('SIGTERM')
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    const child = this.#process
    this.#ending = true
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
    const ended = once(child, 'exit')
    child.kill(signal)
    const force = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS)
    await ended
    clearTimeout(force)
    return child.exitCode
  }

  #spawn(): ChildProcess {
    this.#ending = false
    const child = spawn(process.execPath, [...NODE_FLAGS, '--import', LEASH, this.#program], {
      env: { ...process.env, ...this.#environment }, stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    if (this.#supervised) child.once('exit', () => setTimeout(() => {
      if (!this.#ending && this.#process === child) this.#process = this.#spawn()
    }, SUPERVISOR_PAUSE_MS))
    return child
  }
}

import { spawn, type ChildProcess } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { NODE_FLAGS } from './node-flags.ts'

export type ChildOptions = {
  program: URL
  env: Record<string, string>
  /** Says that it ended by itself and when it is started again. */
  onRestart(exit: string, waitMs: number): void
}

const LEASH = new URL('./leash.ts', import.meta.url).href
const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 30_000
/** Having run that long, a child counts as healthy: its next end starts the waiting anew. */
const HEALTHY_MS = 60_000
const STOP_TIMEOUT_MS = 15_000
const POLL_MS = 25

/** Runs a program as a child, and again whenever it ends by itself, each time waiting longer. */
export class SupervisedChild {
  readonly #options: ChildOptions
  readonly #stopping = new AbortController()
  readonly #life: Promise<void>
  #process: ChildProcess | undefined
  #restarts = 0
  #answered = false

  constructor(options: ChildOptions) {
    this.#options = options
    this.#life = this.#keepRunning()
  }

  /** Resolves when the address answers. Throws when the program ended before it ever did, or when it takes too long. */
  async untilAnswers(url: string, timeoutMs: number): Promise<void> {
    for (const deadline = Date.now() + timeoutMs; Date.now() < deadline; await delay(POLL_MS)) {
      if (this.#restarts > 0 && !this.#answered) throw new Error(`${fileURLToPath(this.#options.program)} ended while starting.`)
      if (await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(2_000) }).then((answer) => answer.status < 500, () => false)) {
        this.#answered = true
        return
      }
    }
    throw new Error(`${url} did not answer within ${timeoutMs / 1_000} s.`)
  }

  /** As if it had crashed: it is started again. */
  async kill(): Promise<void> {
    const ended = new Promise<void>((done) => this.#process?.once('exit', () => done()))
    this.#process?.kill('SIGKILL')
    await ended
  }

  /** First asks, then, when the child does not end in time, insists. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    this.#process?.kill('SIGTERM')
    const force = setTimeout(() => this.#process?.kill('SIGKILL'), STOP_TIMEOUT_MS)
    await this.#life
    clearTimeout(force)
  }

  async #keepRunning(): Promise<void> {
    const { signal } = this.#stopping
    for (let waitMs = FIRST_WAIT_MS; !signal.aborted; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
      const startedAt = performance.now()
      const exit = await this.#run()
      if (signal.aborted) return
      this.#restarts++
      if (performance.now() - startedAt > HEALTHY_MS) waitMs = FIRST_WAIT_MS
      this.#options.onRestart(exit, waitMs)
      await delay(waitMs, undefined, { signal }).catch(() => undefined)
    }
  }

  #run(): Promise<string> {
    const { program, env } = this.#options
    // Detached: a Ctrl-C reaches only our own process, which stops the children in order.
    const child = spawn(process.execPath, [...NODE_FLAGS, '--import', LEASH, fileURLToPath(program)], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      detached: true,
    })
    this.#process = child
    return new Promise((done) => {
      child.once('error', (error) => done(error.message))
      child.once('exit', (code, signal) => done(signal ?? `exit ${code}`))
    })
  }
}

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const LEASH = new URL('./leash.ts', import.meta.url).href

/** A program that does one thing and ends. */
export class SingleRun {
  readonly #process
  /** Whether it came to a good end. */
  readonly succeeded: Promise<boolean>

  constructor(program: URL, env: Record<string, string>) {
    // Detached like every child: a Ctrl-C reaches only our own process.
    this.#process = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--import', LEASH, fileURLToPath(program)], {
      env: { ...process.env, ...env }, stdio: ['ignore', 'inherit', 'inherit', 'ipc'], detached: true,
    })
    this.succeeded = once(this.#process, 'exit').then(([code]) => code === 0)
  }

  /** What is half done is done anew next time, so there is nothing to wait for. */
  async stop(): Promise<void> {
    this.#process.kill('SIGKILL')
    await this.succeeded
  }
}

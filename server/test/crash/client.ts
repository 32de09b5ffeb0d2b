/** A client as it should be: it repeats what broke off with the same Idempotency-Key until it has an answer. */
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { TestPerson } from '../people.ts'

const RETRY_MS = 150
/** Only a net: on a busy machine a server that is killed every few seconds may need many lives for one answer. */
const PATIENCE_MS = 300_000
const REQUEST_TIMEOUT_MS = 10_000
const REMEMBERED = 20
const REMEMBERED_CHARS = 200

export type Answer = { status: number, body: never }
/** `brokenOff`: requests that were under way when the server died. `unavailable`: answers of a server or proxy that could not do it then. `latest`: the last few of all that had to be repeated. */
export type Tally = { answered: number, brokenOff: number, unavailable: number, serverErrors: string[], latest: string[] }

export class Client {
  readonly tally: Tally = { answered: 0, brokenOff: 0, unavailable: 0, serverErrors: [], latest: [] }
  readonly #url: string

  constructor(url: string) {
    this.#url = url
  }

  async call(person: TestPerson | null, method: 'GET' | 'POST', path: string, body?: object): Promise<Answer> {
    const headers = {
      ...(person && { cookie: person.cookie }), ...(method === 'POST' && { 'idempotency-key': randomUUID() }), ...(body && { 'content-type': 'application/json' }),
    }
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await delay(RETRY_MS)) {
      try {
        const response = await fetch(`${this.#url}/api/v1${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }), signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) })
        const text = await response.text()
        this.tally.answered++
        // The gateway may be away: the way to go on is to ask again, with the same key.
        if (response.status < 500) return { status: response.status, body: (text ? JSON.parse(text) : null) as never }
        this.#remember(`${method} ${path}: ${response.status} ${text.slice(0, REMEMBERED_CHARS)}`)
        if (response.status > 500) this.tally.unavailable++
        else this.tally.serverErrors.push(`${method} ${path}: ${text}`)
      } catch (error) {
        if (neverConnected(error)) continue
        this.tally.brokenOff++
        this.#remember(`${method} ${path}: ${String(error)}`)
      }
    }
    throw new Error(`${method} ${path} had no answer within ${PATIENCE_MS / 1_000} s`)
  }

  #remember(what: string): void {
    if (this.tally.latest.push(what) > REMEMBERED) this.tally.latest.shift()
  }
}

function neverConnected(error: unknown): boolean {
  return error instanceof Error && (error.cause as { code?: string } | undefined)?.code === 'ECONNREFUSED'
}

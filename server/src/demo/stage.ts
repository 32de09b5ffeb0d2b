/**
 * The stage the demo is played on: the product itself, without a network. Its people act through the same endpoints
 * as everybody, at the time the story says.
 */
import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import { accounts } from '@miaodan/shared/accounts/contract'
import type { NamedContract } from '@miaodan/shared/kernel/contract'
import { createApp } from '../app.ts'
import type { Deps } from '../deps.ts'
import { features } from '../features/index.ts'
import { markOnline, SESSION_COOKIE, startSession } from '../features/accounts/index.ts'
import { MovableClock } from '../kernel/clock.ts'
import { newId } from '../kernel/ids.ts'
import { API_PREFIX } from '../kernel/routes.ts'
import { inTransaction } from '../kernel/tx.ts'
import { sandboxControls, type SandboxControls } from '../ports/payments/sandbox-controls.ts'
import { ScriptedClock } from './clock.ts'
import { gatewayInTime } from './gateway.ts'
import { Time } from './time.ts'

type Schema<T> = T extends z.ZodType ? z.output<T> : undefined
type Needed<C extends NamedContract, K extends 'params' | 'query' | 'body'> = C[K] extends z.ZodType ? { [P in K]: z.output<C[K]> } : unknown
export type Parts<C extends NamedContract> = Needed<C, 'params'> & Needed<C, 'query'> & Needed<C, 'body'>
type Loose = { params?: Record<string, unknown>, query?: Record<string, unknown>, body?: unknown }

/** As often as a browser that is open tells that its person is here. */
const SEEN_EVERY_MS = 60_000

/** Somebody who acts. */
export type Actor = {
  userId: string
  call<C extends NamedContract>(contract: C, parts: Parts<C>): Promise<Schema<C['output']>>
}

export class Stage {
  readonly deps: Deps
  readonly clock: ScriptedClock
  readonly loadedAt: Date
  /** The hand of whoever pays at the sandbox gateway. */
  readonly payer: SandboxControls
  readonly time: Time
  /** By the content's ids. */
  readonly people = new Map<string, Actor>()
  readonly services = new Map<string, string>()
  readonly requirements = new Map<string, string>()
  readonly orders = new Map<string, string>()
  readonly #cookies: string[] = []
  #playing = true
  readonly #app: FastifyInstance
  readonly #stops: (() => Promise<void>)[]

  private constructor(deps: Deps, clock: ScriptedClock, payer: SandboxControls, app: FastifyInstance, stops: (() => Promise<void>)[]) {
    this.deps = deps
    this.clock = clock
    this.payer = payer
    this.loadedAt = new Date()
    this.time = new Time(deps, clock)
    this.#app = app
    this.#stops = stops
  }

  /** Sixty past days of mail and SMS would bury what a visitor has sent: while the demo is played, none is kept. */
  static async open(opened: Deps): Promise<Stage> {
    const clock = new ScriptedClock()
    const silent = { send: async () => {}, check: async () => {}, close: () => {} }
    const { gateway, controls } = gatewayInTime(opened.gateway, sandboxControls(opened.config.gateway.url), clock)
    const deps: Deps = { ...opened, clock, gateway, mail: silent, sms: silent, config: { ...opened.config, rateLimitPerMinute: 1_000_000 } }
    const stops: (() => Promise<void>)[] = []
    for (const feature of features) {
      const stop = await feature.start?.(deps)
      if (stop) stops.push(stop)
    }
    const app = await createApp(deps, features)
    await app.ready()
    return new Stage(deps, clock, controls, app, stops)
  }

  async close(): Promise<void> {
    for (const cookie of this.#cookies) await this.#call(cookie, accounts.signOut, {})
    await this.#app.close()
    for (const stop of this.#stops) await stop()
  }

  /** The play is over: from now on what is done in people's names does not mean that they are here. */
  curtain(): void {
    this.#playing = false
  }

  /** Lets somebody act, in one session of today that serves the whole past. */
  async enter(id: string, userId: string): Promise<Actor> {
    const today = { ...this.deps, clock: new MovableClock() }
    const { cookie } = await inTransaction(this.deps.db, tx => startSession(tx, today, userId, 'password', { userAgent: undefined, address: '127.0.0.1' }))
    const header = `${SESSION_COOKIE}=${cookie}`
    this.#cookies.push(header)
    let seenAt = Number.NEGATIVE_INFINITY
    const actor: Actor = {
      userId,
      call: async (contract, parts) => {
        const now = this.clock.now().getTime()
        if (this.#playing && now - seenAt > SEEN_EVERY_MS) await markOnline(this.deps, [userId])
        seenAt = now
        return this.#call(header, contract, parts as Loose) as never
      },
    }
    this.people.set(id, actor)
    return actor
  }

  async #call(cookie: string, contract: NamedContract, { params = {}, query = {}, body }: Loose): Promise<unknown> {
    const path = contract.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])))
    const answer = await this.#app.inject({
      method: contract.method, url: API_PREFIX + path, query: Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)])),
      headers: { cookie, 'idempotency-key': newId(), 'accept-language': 'zh-CN' },
      ...(body !== undefined && { payload: z.encode(contract.body as z.ZodType, body) as object }),
    })
    if (answer.statusCode >= 400) throw new Error(`${contract.name} answered ${answer.statusCode}: ${answer.body}`)
    return contract.output && z.decode(contract.output, answer.json())
  }
}

/** What the content names must be there. */
export function known<T>(map: ReadonlyMap<string, T>, id: string): T {
  const value = map.get(id)
  if (value === undefined) throw new Error(`the demo's content names ${id}, which is not there`)
  return value
}

/** What a feature gives to the application: its routes, what it listens to, and what it does when time has come. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type * as z from 'zod'
import type { NamedContract } from '@miaodan/shared/kernel/contract'
import type { StaffRole } from '@miaodan/shared/kernel/access'
import type { Deps } from '../deps.ts'
import type { Db, Executor, Tx } from './db.ts'
import type { DeadlineHandler } from './deadlines.ts'
import type { LiveMessage } from './live.ts'
import type { Subscriber } from './outbox.ts'
import type { SearchIndex } from './search-indexes.ts'
import type { Task } from './tasks.ts'

export type Locale = 'zh-CN' | 'en'

/** The signed-in person a request is made by. */
export type Viewer = {
  userId: string
  sessionId: string
  roles: readonly ('buyer' | 'provider')[]
  staffRoles: readonly StaffRole[]
}

type Parsed<T> = T extends z.ZodType ? z.output<T> : undefined
export type Input<C extends NamedContract> = {
  params: Parsed<C['params']>
  query: Parsed<C['query']>
  body: Parsed<C['body']>
}
/** A contract with a media type answers with the document's bytes. */
export type Result<C extends NamedContract> = C['output'] extends z.ZodType ? z.output<C['output']> : C['media'] extends string ? Buffer : void
type ViewerOf<C extends NamedContract> = C['access'] extends 'anyone' | 'demo' ? Viewer | null : Viewer

export type Call<C extends NamedContract> = Input<C> & {
  deps: Deps
  /** The pool for GET, the request's transaction otherwise (the pool when the route was made with `transaction: false`). */
  db: Executor
  /** The request's transaction. Not there for GET or with `transaction: false`. */
  tx: C['method'] extends 'GET' ? undefined : Tx
  viewer: ViewerOf<C>
  locale: Locale
  request: FastifyRequest
  /** Headers to send with the answer, cookies among them. */
  setHeader: (name: string, value: string | string[]) => void
}

export type Route = {
  contract: NamedContract
  transaction: boolean
  // Each route's own types are checked by `handle`; the list holds routes of many contracts.
  run: (call: Call<NamedContract>) => Promise<unknown>
}

/**
 * Binds a contract to what answers it. A route that changes something runs in one transaction; `transaction: false`
 * is for the few that must talk to somebody else (a gateway) and open their own.
 */
export function handle<const C extends NamedContract>(contract: C, run: (call: Call<C>) => Promise<Result<C>>, options: { transaction?: boolean } = {}): Route {
  return { contract, transaction: contract.method !== 'GET' && options.transaction !== false, run: run as unknown as Route['run'] }
}

/** What to do with a message a browser sent up its socket. It may be dropped or doubled; fields are unchecked input. */
export type LiveHandler = (deps: Deps, viewer: Viewer, message: LiveMessage) => Promise<void>

export type Feature = {
  name: string
  routes?: readonly Route[]
  subscribers?: readonly Subscriber<Deps>[]
  /** By `<entity>.<action>`. */
  deadlines?: Readonly<Record<string, DeadlineHandler<Deps>>>
  /** Work that talks to others, by `<feature>.<what it does>`; see tasks.ts. */
  tasks?: Readonly<Record<string, Task<Deps>>>
  /** Who may read a private upload that was claimed for a kind of thing, by that kind. */
  uploadReaders?: Readonly<Record<string, (db: Db, claimedId: string, viewer: Viewer) => Promise<boolean>>>
  /** By the message's type. */
  live?: Readonly<Record<string, LiveHandler>>
  /** Told when a person's first socket in this process opens, and when the last one closes. Must not throw. */
  presence?: (deps: Deps, userId: string, online: boolean) => Promise<void>
  /** Resolves the person behind a request. Exactly one feature has it. */
  authenticate?: (request: FastifyRequest, deps: Deps) => Promise<Viewer | null>
  /** For what is not a contract: a gateway's callback with its raw body, say. */
  plugin?: (app: FastifyInstance, deps: Deps) => Promise<void>
  /** Its search indexes. It says when they must be ready: see `start`. */
  indexes?: readonly SearchIndex[]
  /** Opens one of its sealed values for each key in use, and answers how many keys those were. Throws when one is missing or wrong. */
  unseal?: (deps: Deps) => Promise<number>
  /** Runs once when a process starts, and its result when it stops. */
  start?: (deps: Deps) => Promise<() => Promise<void>>
}

export function defineFeature(feature: Feature): Feature {
  return feature
}

/** The one path of every request: contract → person → input → handler, in one transaction → answer. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import { problem } from '@miaodan/shared/errors'
import { hasPermission, type Access } from '@miaodan/shared/kernel/access'
import type { NamedContract } from '@miaodan/shared/kernel/contract'
import type { Deps } from '../deps.ts'
import type { Tx } from './db.ts'
import type { Call, Feature, Route, Viewer } from './feature.ts'
import { once, type Answer } from './idempotency.ts'
import { refuseDuringMaintenance } from './maintenance.ts'
import { InvalidInput, localeOf } from './problems.ts'
import { inTransaction } from './tx.ts'

export const API_PREFIX = '/api/v1'

declare module 'fastify' {
  interface FastifyRequest {
    viewer: Viewer | null
  }
}

export function registerRoutes(app: FastifyInstance, deps: Deps, feature: Feature): void {
  for (const route of feature.routes ?? []) {
    const { contract } = route
    app.route({
      method: contract.method,
      url: API_PREFIX + contract.path,
      config: contract.perMinute ? { rateLimit: { max: contract.perMinute, timeWindow: '1 minute' } } : {},
      preHandler: async (request, reply) => {
        admit(contract.access, request.viewer, deps)
        refuseDuringMaintenance(deps, contract, request.viewer, reply)
      },
      handler: async (request, reply) => answer(route, deps, request, reply),
    })
  }
}

/** Denied unless the contract says otherwise. */
function admit(access: Access, viewer: Viewer | null, deps: Deps): void {
  if (access === 'anyone') return
  if (access === 'demo') {
    if (!deps.config.demo) throw problem('kernel.not_found')
    return
  }
  if (!viewer) throw problem('kernel.sign_in_required')
  if (access === 'provider' && !viewer.roles.includes('provider')) throw problem('kernel.forbidden')
  if (typeof access === 'object' && !hasPermission(viewer.staffRoles, access.staff)) throw problem('kernel.forbidden')
}

function parse(contract: NamedContract, request: FastifyRequest): Pick<Call<NamedContract>, 'params' | 'query' | 'body'> {
  const issues: z.core.$ZodIssue[] = []
  const read = (part: 'params' | 'query' | 'body', schema: z.ZodType | undefined): unknown => {
    if (!schema) return undefined
    const result = schema.safeParse(request[part] ?? (part === 'body' ? {} : undefined), { reportInput: true })
    if (result.success) return result.data
    issues.push(...result.error.issues.map(issue => ({ ...issue, path: [part, ...issue.path] })))
    return undefined
  }
  const input = { params: read('params', contract.params), query: read('query', contract.query), body: read('body', contract.body) }
  // A path that names nothing possible is simply not there.
  if (issues.some(issue => issue.path[0] === 'params')) throw problem('kernel.not_found')
  if (issues.length > 0) throw new InvalidInput(issues)
  return input as never
}

async function answer(route: Route, deps: Deps, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { contract } = route
  const input = parse(contract, request)
  const call = (tx: Tx | undefined): Promise<unknown> => route.run({
    ...input, deps, db: tx ?? deps.db, tx: tx as never, viewer: request.viewer as Viewer, locale: localeOf(request), request,
    setHeader: (name, value) => void reply.header(name, value),
  })
  // A document changes nothing, so it needs neither a transaction nor a key.
  if (contract.media) return reply.type(contract.media).send(await call(undefined))
  const run = async (tx: Tx | undefined): Promise<Answer> => {
    const result = await call(tx)
    if (!contract.output) return { status: 204, body: null }
    return { status: contract.status ?? 200, body: JSON.stringify(z.encode(contract.output, result)) }
  }
  const result = route.transaction ? await inTransaction(deps.db, async tx => withKey(tx, route, deps, request, run)) : await run(undefined)
  if (result.body === null) return reply.code(result.status).send()
  return reply.code(result.status).type('application/json; charset=utf-8').send(result.body)
}

async function withKey(tx: Tx, route: Route, deps: Deps, request: FastifyRequest, run: (tx: Tx) => Promise<Answer>): Promise<Answer> {
  const key = request.headers['idempotency-key']
  if (typeof key !== 'string' || key === '') {
    if (route.contract.idempotency === 'required') throw problem('kernel.idempotency_key_required')
    return run(tx)
  }
  if (key.length > 200) throw problem('kernel.malformed')
  const owner = request.viewer?.userId ?? request.ip
  return once(tx, deps.clock, { owner, key, contract: route.contract.name, content: JSON.stringify([request.params, request.query, request.body ?? null]) }, () => run(tx))
}

/** The typed client of the API: `await api.catalog.getService({ params: { id } })`. Fails with ApiProblem or NetworkFailure. */
import { routes } from 'virtual:routes'
import type { Api, CallOptions } from './api-types.ts'
import { locale } from './locale.ts'
import { newId } from './new-id.ts'
import { NetworkFailure, problemFrom } from './problem.ts'

export { ApiProblem, isProblem } from './problem.ts'

export const API_BASE = '/api/v1'
const RETRY_AFTER_MS = 800

type Input = CallOptions & { params?: Record<string, unknown>, query?: Record<string, unknown>, body?: unknown }

export function addressOf(path: string, params: Record<string, unknown> = {}, query: Record<string, unknown> = {}): string {
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])))
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== '') search.append(name, String(one))
    }
  }
  return `${API_BASE}${filled}${search.size > 0 ? `?${search}` : ''}`
}

async function send(address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, init)
  } catch (error) {
    if (init.signal?.aborted) throw error
    throw new NetworkFailure({ cause: error })
  }
}

/** A call with an idempotency key is repeated once after a lost answer: the server does the thing at most once. */
async function sendSafely(address: string, init: RequestInit, repeatable: boolean): Promise<Response> {
  try {
    return await send(address, init)
  } catch (error) {
    if (!repeatable || !(error instanceof NetworkFailure)) throw error
    await new Promise(resolve => setTimeout(resolve, RETRY_AFTER_MS))
    return send(address, init)
  }
}

async function call(endpoint: string, input: Input = {}): Promise<unknown> {
  const route = routes[endpoint]
  if (!route) throw new Error(`no such endpoint: ${endpoint}`)
  const [method, path, idempotent] = route
  const headers: Record<string, string> = { accept: 'application/json', 'accept-language': locale.value }
  if (input.body !== undefined) headers['content-type'] = 'application/json'
  if (idempotent) headers['idempotency-key'] = input.idempotencyKey ?? newId()
  const response = await sendSafely(addressOf(path, input.params, input.query), {
    method, headers, credentials: 'same-origin',
    body: input.body === undefined ? null : JSON.stringify(input.body),
    signal: input.signal ?? null,
  }, idempotent === 1)
  if (!response.ok) throw await problemFrom(response)
  return response.status === 204 ? undefined : response.json()
}

const calls = new Map<string, unknown>()
/** One function object an endpoint, so that it can stand in query keys and dependency lists. */
function callOf(endpoint: string): unknown {
  let found = calls.get(endpoint)
  if (!found) {
    found = Object.assign((input?: Input) => call(endpoint, input), { endpoint })
    calls.set(endpoint, found)
  }
  return found
}

const featureOf = (feature: string) => new Proxy({}, { get: (_, name) => callOf(`${feature}.${String(name)}`) })
export const api = new Proxy({}, { get: (_, feature) => featureOf(String(feature)) }) as Api

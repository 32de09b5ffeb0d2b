/** A server that answers as Meilisearch would to an empty index, and keeps every request that its description does not allow. */
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { faultsOf, type Description } from './openapi-check.ts'

export type Stub = { url: string; faults: string[]; requests: { method: string; path: string; body: unknown; key: string | undefined }[]; fail: (how: 'nothing' | 'status' | 'silence') => void; close: () => Promise<void> }

export async function startStub(): Promise<Stub> {
  const description = JSON.parse(await readFile(new URL('../src/ports/search/meilisearch/openapi-1.53.json', import.meta.url), 'utf8')) as Description
  const stub: Pick<Stub, 'faults' | 'requests'> = { faults: [], requests: [] }
  const keys = new Map<string, unknown>()
  let failing: 'nothing' | 'status' | 'silence' = 'nothing'
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const text = Buffer.concat(chunks).toString('utf8')
    const body: unknown = text === '' ? undefined : JSON.parse(text)
    const url = new URL(request.url ?? '/', 'http://stub')
    const method = request.method ?? 'GET'
    if (failing === 'silence') return
    stub.requests.push({ method, path: url.pathname, body, key: request.headers.authorization })
    stub.faults.push(...faultsOf(description, method, url, body))
    const [status, answer] = failing === 'status' ? [500, { message: 'down', code: 'internal', type: 'internal', link: '' }] : answerTo(method, url.pathname, body, keys)
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    ...stub, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fail: how => { failing = how },
    close: () => new Promise<void>(resolve => { server.closeAllConnections(); server.close(() => resolve()) }),
  }
}

function answerTo(method: string, path: string, body: unknown, keys: Map<string, unknown>): [number, unknown] {
  if (path === '/health') return [200, { status: 'available' }]
  if (path.startsWith('/keys')) return answerToKeys(method, path, body, keys)
  if (path.startsWith('/tasks/')) return [200, { uid: 1, batchUid: 1, indexUid: 'x', status: 'succeeded', type: 'indexCreation', canceledBy: null, error: null, duration: 'PT0.1S', enqueuedAt: '2026-01-01T00:00:00Z', startedAt: null, finishedAt: null }]
  if (path === '/multi-search') return [200, { results: (body as { queries: { indexUid: string }[] }).queries.map(({ indexUid }) => ({ indexUid, hits: [], query: '', processingTimeMs: 0, totalHits: 0, facetDistribution: {}, facetStats: {} })) }]
  if (path.endsWith('/search')) return [200, { hits: [], query: '', processingTimeMs: 0, limit: 1, offset: 0, estimatedTotalHits: 0 }]
  if (path.endsWith('/facet-search')) return [200, { facetHits: [], facetQuery: '', processingTimeMs: 0 }]
  return [202, { taskUid: 1, indexUid: 'x', status: 'enqueued', type: 'indexCreation', enqueuedAt: '2026-01-01T00:00:00Z' }]
}

function answerToKeys(method: string, path: string, body: unknown, keys: Map<string, unknown>): [number, unknown] {
  if (method === 'POST') {
    const made = { ...(body as { uid: string; actions: string[] }), key: `key-${(body as { actions: string[] }).actions.length}`, createdAt: '2026-01-01T00:00:00Z', updatedAt: '2026-01-01T00:00:00Z' }
    keys.set(made.uid, made)
    return [201, made]
  }
  const known = keys.get(path.split('/').at(-1) ?? '')
  return known === undefined ? [404, { message: 'no such key', code: 'api_key_not_found', type: 'invalid_request', link: '' }] : [200, known]
}

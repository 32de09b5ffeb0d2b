/** A server that answers as Meilisearch would to plain words, and keeps every request that its description does not allow. Filters and order it does not know. */
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { faultsOf, type Description } from './openapi-check.ts'

export type Stub = { url: string; faults: string[]; requests: { method: string; path: string; body: unknown; key: string | undefined }[]; fail: (how: 'nothing' | 'status' | 'silence') => void; close: () => Promise<void> }

export async function startStub(): Promise<Stub> {
  const description = JSON.parse(await readFile(new URL('../src/ports/search/meilisearch/openapi-1.53.json', import.meta.url), 'utf8')) as Description
  const stub: Pick<Stub, 'faults' | 'requests'> = { faults: [], requests: [] }
  const keys = new Map<string, unknown>()
  const indexes: Indexes = new Map()
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
    const [status, answer] = failing === 'status' ? [500, { message: 'down', code: 'internal', type: 'internal', link: '' }] : answerTo(method, url.pathname, body, keys, indexes)
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    ...stub, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fail: how => { failing = how },
    close: () => new Promise<void>(resolve => { server.closeAllConnections(); server.close(() => resolve()) }),
  }
}

type Indexes = Map<string, Map<string, Record<string, unknown>>>
type Asked = { indexUid: string, q?: string, limit?: number, facets?: string[], hitsPerPage?: number }

function answerTo(method: string, path: string, body: unknown, keys: Map<string, unknown>, indexes: Indexes): [number, unknown] {
  if (path === '/health') return [200, { status: 'available' }]
  if (path.startsWith('/keys')) return answerToKeys(method, path, body, keys)
  if (path.startsWith('/tasks/')) return [200, { uid: 1, batchUid: 1, indexUid: 'x', status: 'succeeded', type: 'indexCreation', canceledBy: null, error: null, duration: 'PT0.1S', enqueuedAt: '2026-01-01T00:00:00Z', startedAt: null, finishedAt: null }]
  if (path === '/multi-search') return [200, { results: (body as { queries: Asked[] }).queries.map(query => found(indexes, query)) }]
  if (path.endsWith('/search')) return [200, { hits: [], query: '', processingTimeMs: 0, limit: 1, offset: 0, estimatedTotalHits: 0 }]
  if (path.endsWith('/facet-search')) return [200, { facetHits: [], facetQuery: '', processingTimeMs: 0 }]
  keep(indexes, method, path, body)
  return [202, { taskUid: 1, indexUid: 'x', status: 'enqueued', type: 'indexCreation', enqueuedAt: '2026-01-01T00:00:00Z' }]
}

function keep(indexes: Indexes, method: string, path: string, body: unknown): void {
  const [, uid = ''] = /^\/indexes\/([^/]+)/.exec(path) ?? []
  if (path === '/swap-indexes') {
    for (const { indexes: [one = '', other = ''] } of body as { indexes: string[] }[]) {
      const [first, second] = [indexes.get(one), indexes.get(other)]
      indexes.set(one, second ?? new Map()).set(other, first ?? new Map())
    }
  } else if (path.endsWith('/documents') && method === 'POST') {
    const documents = indexes.get(uid) ?? new Map<string, Record<string, unknown>>()
    for (const document of body as Record<string, unknown>[]) documents.set(String(document['id']), document)
    indexes.set(uid, documents)
  } else if (path.endsWith('/documents/delete-batch')) {
    for (const id of body as string[]) indexes.get(uid)?.delete(id)
  } else if (method === 'DELETE') {
    indexes.delete(uid)
  }
}

/** The documents that say every word. */
function found(indexes: Indexes, { indexUid, q = '', limit = 20, facets, hitsPerPage }: Asked): unknown {
  const words = [...q.matchAll(/"([^"]+)"/g)].map(([, word = '']) => word.toLowerCase())
  const hits = [...indexes.get(indexUid)?.values() ?? []].filter(document => words.every(word => JSON.stringify(document).toLowerCase().includes(word)))
  const facetDistribution = Object.fromEntries((facets ?? []).map(facet => [facet, countBy(hits.flatMap(hit => hit[facet] ?? []).map(String))]))
  return { indexUid, hits: hits.slice(0, hitsPerPage ?? limit), query: q, processingTimeMs: 0, totalHits: hits.length, facetDistribution, facetStats: {} }
}

function countBy(values: readonly string[]): Record<string, number> {
  return Object.fromEntries([...new Set(values)].map(value => [value, values.filter(other => other === value).length]))
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

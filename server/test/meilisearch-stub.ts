/** A server that answers as Meilisearch would to plain words, and keeps every request that its description does not allow. Filters and order it does not know. */
import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { faultsOf, type Description } from './openapi-check.ts'

type Request = { method: string; path: string; body: unknown; key: string | undefined }
export type Stub = {
  url: string
  faults: string[]
  /** The last so many. */
  requests: Request[]
  fail: (how: 'nothing' | 'status' | 'silence') => void
  documents: (index: string) => ReadonlyMap<string, Readonly<Record<string, unknown>>>
  /** As when its machine dies: every connection is cut, and no new one is taken. */
  kill: () => Promise<void>
  /** On the same address; without its disk it has forgotten everything. */
  restart: (disk: 'kept' | 'lost') => Promise<void>
  close: () => Promise<void>
}

const REQUESTS_KEPT = 10_000

export async function startStub(): Promise<Stub> {
  const description = JSON.parse(await readFile(new URL('../src/ports/search/meilisearch/openapi-1.53.json', import.meta.url), 'utf8')) as Description
  const stub: Pick<Stub, 'faults' | 'requests'> = { faults: [], requests: [] }
  const disk: Disk = { keys: new Map(), indexes: new Map() }
  let failing: 'nothing' | 'status' | 'silence' = 'nothing'
  let server: Server

  async function start(port: number): Promise<void> {
    server = createServer(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const text = Buffer.concat(chunks).toString('utf8')
      const body: unknown = text === '' ? undefined : JSON.parse(text)
      const url = new URL(request.url ?? '/', 'http://stub')
      const method = request.method ?? 'GET'
      if (failing === 'silence') return
      stub.requests.push({ method, path: url.pathname, body, key: request.headers.authorization })
      if (stub.requests.length > REQUESTS_KEPT) stub.requests.splice(0, REQUESTS_KEPT / 2)
      stub.faults.push(...faultsOf(description, method, url, body))
      const [status, answer] = failing === 'status' ? refused(500, 'internal', 'internal') : answerTo(method, url.pathname, body, request.headers.authorization, disk)
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
    })
    await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve))
  }
  const kill = (): Promise<void> => new Promise<void>(resolve => {
    server.close(() => resolve())
    server.closeAllConnections()
  })

  await start(0)
  const { port } = server!.address() as AddressInfo
  return {
    ...stub, url: `http://127.0.0.1:${port}`,
    fail: how => { failing = how },
    documents: uid => disk.indexes.get(uid)?.documents ?? new Map(),
    kill,
    restart: async kept => {
      if (kept === 'lost') for (const held of Object.values(disk)) held.clear()
      await start(port)
    },
    close: kill,
  }
}

type Index = { settings: Record<string, unknown>, documents: Map<string, Record<string, unknown>> }
type Disk = { keys: Map<string, { actions: string[], key: string }>, indexes: Map<string, Index> }
type Answer = [status: number, answer: unknown]

const refused = (status: number, code: string, type = 'invalid_request'): Answer => [status, { message: code, code, type, link: '' }]
const emptyIndex = (): Index => ({ settings: { searchableAttributes: ['*'] }, documents: new Map() })

function answerTo(method: string, path: string, body: unknown, key: string | undefined, disk: Disk): Answer {
  const { keys, indexes } = disk
  if (path === '/health') return [200, { status: 'available' }]
  if (path.startsWith('/keys')) return answerToKeys(method, path, body, keys)
  // Any master key is right; one of those made here must be known.
  if (key?.startsWith('Bearer key-') && ![...keys.values()].some(known => key === `Bearer ${known.key}`)) return refused(403, 'invalid_api_key', 'auth')
  if (path.startsWith('/tasks/')) return [200, { uid: 1, batchUid: 1, indexUid: 'x', status: 'succeeded', type: 'indexCreation', canceledBy: null, error: null, duration: 'PT0.1S', enqueuedAt: '2026-01-01T00:00:00Z', startedAt: null, finishedAt: null }]
  if (path === '/multi-search') {
    const { queries } = body as { queries: Asked[] }
    return queries.every(({ indexUid }) => indexes.has(indexUid)) ? [200, { results: queries.map(query => found(indexes, query)) }] : refused(404, 'index_not_found')
  }
  const uid = /^\/indexes\/([^/]+)\//.exec(path)?.[1]
  if (uid !== undefined && !indexes.has(uid) && (method === 'GET' || path.endsWith('search'))) return refused(404, 'index_not_found')
  if (method === 'GET' && path.endsWith('/settings')) return [200, indexes.get(uid ?? '')?.settings]
  if (path.endsWith('/search')) return [200, { hits: [], query: '', processingTimeMs: 0, limit: 1, offset: 0, estimatedTotalHits: 0 }]
  if (path.endsWith('/facet-search')) return [200, { facetHits: [], facetQuery: '', processingTimeMs: 0 }]
  keep(indexes, method, path, body)
  return [202, { taskUid: 1, indexUid: 'x', status: 'enqueued', type: 'indexCreation', enqueuedAt: '2026-01-01T00:00:00Z' }]
}

/** An index that is not there is made by what is sent to it, as the server does. */
function keep(indexes: Disk['indexes'], method: string, path: string, body: unknown): void {
  const uid = /^\/indexes\/([^/]+)/.exec(path)?.[1] ?? ''
  if (path === '/swap-indexes') {
    for (const { indexes: [one = '', other = ''] } of body as { indexes: string[] }[]) {
      const [first, second] = [indexes.get(one), indexes.get(other)]
      indexes.set(one, second ?? emptyIndex()).set(other, first ?? emptyIndex())
    }
    return
  }
  if (path === '/indexes') return made(indexes, (body as { uid: string }).uid)
  if (method === 'DELETE') return void indexes.delete(uid)
  made(indexes, uid)
  const index = indexes.get(uid) as Index
  if (path.endsWith('/settings')) Object.assign(index.settings, body)
  else if (path.endsWith('/documents')) for (const document of body as Record<string, unknown>[]) index.documents.set(String(document['id']), document)
  else if (path.endsWith('/documents/delete-batch')) for (const id of body as string[]) index.documents.delete(id)
}

function made(indexes: Disk['indexes'], uid: string): void {
  if (!indexes.has(uid)) indexes.set(uid, emptyIndex())
}

type Asked = { indexUid: string, q?: string, limit?: number, facets?: string[], hitsPerPage?: number }

/** The documents that say every word. */
function found(indexes: Disk['indexes'], { indexUid, q = '', limit = 20, facets, hitsPerPage }: Asked): unknown {
  const words = [...q.matchAll(/"([^"]+)"/g)].map(([, word = '']) => word.toLowerCase())
  const hits = [...indexes.get(indexUid)?.documents.values() ?? []].filter(document => words.every(word => JSON.stringify(document).toLowerCase().includes(word)))
  const facetDistribution = Object.fromEntries((facets ?? []).map(facet => [facet, countBy(hits.flatMap(hit => hit[facet] ?? []).map(String))]))
  return { indexUid, hits: hits.slice(0, hitsPerPage ?? limit), query: q, processingTimeMs: 0, totalHits: hits.length, facetDistribution, facetStats: {} }
}

function countBy(values: readonly string[]): Record<string, number> {
  return Object.fromEntries([...new Set(values)].map(value => [value, values.filter(other => other === value).length]))
}

function answerToKeys(method: string, path: string, body: unknown, keys: Disk['keys']): Answer {
  if (method === 'POST') {
    const asked = body as { uid: string; actions: string[] }
    const made = { ...asked, key: `key-${asked.actions.length}`, createdAt: '2026-01-01T00:00:00Z', updatedAt: '2026-01-01T00:00:00Z' }
    keys.set(made.uid, made)
    return [201, made]
  }
  const known = keys.get(path.split('/').at(-1) ?? '')
  return known === undefined ? refused(404, 'api_key_not_found') : [200, known]
}

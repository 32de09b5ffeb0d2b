/**
 * The contract suite on a real Meilisearch when MEILI_URL (and MEILI_KEY) name one that may be filled; without one, every request
 * that the adapter makes is compared with the published description of the server's interface.
 */
import postgres, { type Sql } from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestDatabase } from '../../../test/database.ts'
import { startStub, type Stub } from '../../../test/meilisearch-stub.ts'
import { sampleIndex as index, samples } from './contract-samples.ts'
import { searchContract } from './contract.ts'
import { createBreaker } from './breaker.ts'
import { createFallback, type FallbackEngine } from './fallback.ts'
import { createMeilisearch, type MeilisearchEngine } from './meilisearch.ts'
import { createPostgresSearch } from './postgres.ts'

const url = process.env['MEILI_URL']

if (url === undefined) {
  process.stderr.write('\n*** MEILI_URL is not set: the search contract was NOT run against a Meilisearch server. Its requests are checked against the description of version 1.53 instead. ***\n\n')
} else {
  searchContract('Meilisearch', async () => {
    const database = await createTestDatabase()
    const sql = postgres(database.url, { max: 6, onnotice: () => {} })
    return {
      engine: createMeilisearch({ sql, url, key: process.env['MEILI_KEY'] ?? '', prefix: `test_${Date.now()}_` }),
      close: async () => {
        await sql.end()
        await database.drop()
      },
    }
  })
}

describe('Meilisearch adapter', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>
  let sql: Sql
  let stub: Stub
  let remote: MeilisearchEngine
  const failures: unknown[] = []
  let fallback: FallbackEngine
  let nowMs = 0

  beforeAll(async () => {
    database = await createTestDatabase()
    sql = postgres(database.url, { max: 6, onnotice: () => {} })
    stub = await startStub()
    remote = createMeilisearch({ sql, url: stub.url, key: 'master', prefix: 'test_' })
    fallback = createFallback({ remote, local: createPostgresSearch({ sql }), breaker: createBreaker({ now: () => nowMs }), onFailure: (error) => failures.push(error) })
    await fallback.declare(index)
    await fallback.rebuild(index, samples)
  })
  afterAll(async () => {
    fallback.close()
    await stub.close()
    await sql.end()
    await database.drop()
  })

  it('asks nothing that the server does not describe', async () => {
    await remote.query(index, { text: '海报 logo', filters: { category: ['brand', 'web'], skills: { all: ['Figma'] }, price: { min: 1n, max: 10n ** 30n }, online: true, publishedAt: { min: new Date(0) } }, facets: { values: ['category', 'online'], histograms: { price: [50_000n] } }, highlight: ['title'] })
    await remote.query(index, { sort: { by: 'price', direction: 'desc' }, offset: 40, limit: 20 })
    await remote.query(index, { text: 'ilustration' })
    await remote.query(index, { text: '长的需求\n'.repeat(300), match: 'any' })
    await remote.suggest(index, 'haib', { kinds: ['skill'] })
    await remote.similar(index, `a"b\\c`)
    await remote.upsert(index, samples)
    await remote.remove(index, ['poster', 'no id of theirs: 海报'])
    expect(stub.faults).toEqual([])
    expect(new Set(stub.requests.map(({ path }) => path.replace(/\/[\w-]*test_\w+|\/tasks\/\d+|\/keys\/[\w-]+/, '')))).toContain('/multi-search')
  })

  it('searches with a key that can only search, and writes with one that can do no more than it must', async () => {
    await remote.query(index, {})
    const of = (path: RegExp) => new Set(stub.requests.filter((request) => path.test(request.path)).map(({ key }) => key))
    expect(of(/multi-search/).size).toBe(1)
    expect(of(/\/documents/).size).toBe(1)
    expect([...of(/multi-search/)]).not.toEqual([...of(/\/documents/)])
    expect(of(/^\/(?!keys)/)).not.toContain('Bearer master')
  })

  it('keeps what could not be sent, answers from Postgres meanwhile, and goes back when the server does', async () => {
    expect((await fallback.query(index, { text: '海报' })).engine).toBe('meilisearch')
    stub.fail('status')
    for (let turn = 0; turn < 3; turn++) expect(await fallback.query(index, { text: '海报' })).toMatchObject({ engine: 'postgres', hits: expect.arrayContaining([expect.objectContaining({ id: 'poster' })]) })
    expect(await fallback.status()).toMatchObject({ state: 'open' })
    await fallback.upsert(index, samples.slice(0, 2))
    expect(await fallback.status()).toMatchObject({ waiting: 2 })
    const asked = stub.requests.length
    await fallback.query(index, { text: '海报' })
    expect(stub.requests.length).toBe(asked)
    stub.fail('nothing')
    nowMs += 10_000
    expect((await fallback.query(index, { text: '海报' })).engine).toBe('meilisearch')
    await fallback.settled()
    expect(await fallback.status()).toMatchObject({ state: 'closed', waiting: 0 })
    expect(failures.length).toBeGreaterThan(0)
  })

  it('asks for an index to be made anew that the server has lost, and answers from Postgres until it is', async () => {
    await stub.kill()
    for (let turn = 0; turn < 2; turn++) expect(await fallback.query(index, { text: '海报' })).toMatchObject({ engine: 'postgres' })
    expect(await fallback.declare(index)).toEqual({ rebuild: false })
    await stub.restart('lost')
    nowMs += 10_000
    expect(await fallback.query(index, { text: '海报' })).toMatchObject({ engine: 'postgres', total: 3 })
    await fallback.upsert(index, samples.slice(0, 1))
    expect(stub.documents('test_contract_services').size).toBe(0)
    expect(await fallback.declare(index)).toEqual({ rebuild: true })
    await fallback.rebuild(index, samples)
    expect(await fallback.declare(index)).toEqual({ rebuild: false })
    expect(await fallback.query(index, { text: '海报' })).toMatchObject({ engine: 'meilisearch', total: 3 })
    expect(stub.documents('test_contract_services').size).toBe(samples.length)
    expect(stub.faults).toEqual([])
  })

  it('leaves long texts to Postgres, and tells a mistake of the caller as one', async () => {
    expect((await fallback.query(index, { text: '海报', match: 'any' })).engine).toBe('postgres')
    await expect(fallback.query(index, { facets: { values: ['colour'] } } as never)).rejects.toMatchObject({ code: 'search.unknown_field' })
  })

  it('is rebuilt and searched while the server is away from the start', async () => {
    const alone = createFallback({ remote: createMeilisearch({ sql, url: 'http://127.0.0.1:9', key: '', prefix: 'away_' }), local: createPostgresSearch({ sql }), onFailure: () => {} })
    await alone.declare(index)
    await alone.rebuild(index, samples)
    expect(await alone.query(index, { text: '海报' })).toMatchObject({ engine: 'postgres', total: 3 })
    expect(await alone.declare(index)).toEqual({ rebuild: false })
    alone.close()
  })
})

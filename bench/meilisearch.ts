/**
 * What our side of a search adds to the time of a Meilisearch server: reading the text, filters, and making the answer.
 *
 *     MEILI_URL=http://127.0.0.1:7700 MEILI_KEY=… node bench/meilisearch.ts [--large] [--seconds 5]
 *
 * Fills an index whose name begins with `bench_` with 10,000 services, with --large 100,000, and takes it away again. Each search is asked
 * through the adapter, and then its very requests once more as they went over the wire, by turns, so that both see the same load.
 * A quarter on top is the limit. Beside it stands what the server itself says that it took.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startPostgres } from '../server/src/embedded/postgres.ts'
import { createMeilisearch, type MeilisearchEngine } from '../server/src/ports/search/meilisearch.ts'
import type { Query } from '../server/src/ports/search/port.ts'
import { connect } from './lib/connect.ts'
import { POSTGRES_SETTINGS } from './lib/database.ts'
import { median } from './lib/drive.ts'
import { benchCategories, benchDocuments, benchIndex, benchTexts } from './lib/search-documents.ts'

const limitOnTop = 0.25
const prefix = 'bench_'

type Options = { documents?: number; seconds?: number }
type Recorded = { url: string; init: RequestInit }
type Turn = { adapter: number; raw: number; server: number; requests: number }

export async function run({ documents = 10_000, seconds = 5 }: Options = {}): Promise<void> {
  const url = process.env['MEILI_URL']
  if (url === undefined) {
    console.log('MEILI_URL names no Meilisearch server: not measured')
    return
  }
  const folder = await mkdtemp(join(tmpdir(), 'miaodan-bench-'))
  const server = await startPostgres({ dataDir: folder, settings: POSTGRES_SETTINGS })
  const sql = connect(server.url, 4)
  const key = process.env['MEILI_KEY'] ?? ''
  try {
    await sql.unsafe(await readFile(new URL('../migrations/0010_search.sql', import.meta.url), 'utf8'))
    const engine = createMeilisearch({ sql, url, key, prefix })
    await engine.declare(benchIndex)
    const started = performance.now()
    await engine.rebuild(benchIndex, benchDocuments(documents))
    await engine.settled()
    console.log(`${`rebuild, ${documents} documents`.padEnd(34)} ${(documents / ((performance.now() - started) / 1_000)).toFixed(0)} documents/s`)
    await measure(engine, seconds)
  } finally {
    await fetch(`${url}/indexes/${prefix}${benchIndex.name}`, { method: 'DELETE', headers: { authorization: `Bearer ${key}` } })
    await sql.end()
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

const facets = { values: ['category', 'level', 'online', 'skills'], histograms: { price: [50_000n, 100_000n, 500_000n, 1_000_000n] } } as const

async function measure(engine: MeilisearchEngine, seconds: number): Promise<void> {
  const at = <T>(list: readonly T[], turn: number): T => list[turn % list.length] as T
  const kinds: [string, (turn: number) => Query<typeof benchIndex>][] = [
    ['search, filter, facets, highlights', (turn) => ({ text: at(benchTexts, turn), filters: { category: [at(benchCategories, turn), at(benchCategories, turn + 1)], price: { min: 50_000n } }, facets, highlight: ['title'] })],
    ['search, facets, no filter', (turn) => ({ text: at(benchTexts, turn), facets })],
    ['search alone', (turn) => ({ text: at(benchTexts, turn) })],
    ['a category, facets', (turn) => ({ filters: { category: at(benchCategories, turn) }, facets })],
  ]
  for (const [name, query] of kinds) {
    for (let turn = 0; turn < benchTexts.length; turn++) await engine.query(benchIndex, query(turn))
    const turns: Turn[] = []
    const end = performance.now() + seconds * 1_000
    for (let turn = 0; performance.now() < end; turn++) turns.push(await both(() => engine.query(benchIndex, query(turn))))
    const of = (what: keyof Turn): number => median(turns.map((turn) => turn[what]))
    const onTop = median(turns.map(({ adapter, raw }) => adapter / raw - 1))
    console.log(`${name.padEnd(34)} whole ${ms(of('adapter'))}   its requests alone ${ms(of('raw'))} (${of('requests')}; the server says ${ms(of('server'))})   ${(onTop * 100).toFixed(0)}% on top (${(onTop / limitOnTop).toFixed(2)} × of the limit)`)
  }
}

/** The search, and what it sent once more. */
async function both(search: () => Promise<unknown>): Promise<Turn> {
  const recorded: Recorded[] = []
  const send = globalThis.fetch
  globalThis.fetch = (input, init) => {
    recorded.push({ url: String(input), init: init ?? {} })
    return send(input, init)
  }
  const started = performance.now()
  await search().finally(() => (globalThis.fetch = send))
  const adapter = performance.now() - started
  const before = performance.now()
  const bodies: string[] = []
  for (const { url, init } of recorded) bodies.push(await (await send(url, { ...init, signal: null })).text())
  const raw = performance.now() - before
  return { adapter, raw, requests: recorded.length, server: bodies.reduce((sum, body) => sum + serverTime(JSON.parse(body)), 0) }
}

/** Milliseconds that the server says it took for the searches of one request. */
function serverTime(answer: { results?: { processingTimeMs: number }[]; processingTimeMs?: number }): number {
  return answer.processingTimeMs ?? (answer.results ?? []).reduce((sum, { processingTimeMs }) => sum + processingTimeMs, 0)
}

const ms = (value: number): string => `${value.toFixed(1)} ms`

if (import.meta.main) {
  const { values } = parseArgs({ options: { large: { type: 'boolean', default: false }, seconds: { type: 'string', default: '5' } } })
  await run({ documents: values.large ? 100_000 : 10_000, seconds: Number(values.seconds) })
}

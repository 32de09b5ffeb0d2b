/**
 * How fast the embedded engine indexes, searches and suggests, each figure with the limit it is held to.
 *
 *     node bench/search.ts [--large] [--seconds 5] [--rounds 3] [--soak 0] [--keep FOLDER]
 *
 * Starts a Postgres of its own with 10,000 services, with --large 100,000. With --keep its folder stays, and what is indexed
 * there already is not indexed again. With --soak so many seconds of searches and writes follow, with the memory before and after. Other work on the machine only ever slows a round down: the best round counts, and the
 * load is told. The last two lines are what the machine can do at best: a round trip, and one search's share of it.
 */
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startPostgres } from '../server/src/embedded/postgres.ts'
import type { Query, SearchEngine } from '../server/src/ports/search/port.ts'
import { createPostgresSearch } from '../server/src/ports/search/postgres.ts'
import { connect } from './lib/connect.ts'
import { POSTGRES_SETTINGS } from './lib/database.ts'
import { drive } from './lib/drive.ts'
import { costOf, type ProcessorTime } from './lib/processor.ts'
import { benchCategories, benchDocuments, benchIndex, benchPrefixes, benchTexts } from './lib/search-documents.ts'
import { soak } from './lib/search-soak.ts'

const connections = 16
const priceBounds = [50_000n, 100_000n, 300_000n, 500_000n, 1_000_000n, 2_000_000n, 5_000_000n]
const upsertDocuments = 2_000
/** Documents written in a second, at least. */
const writeLimit = 2_000

type Options = { documents?: number; seconds?: number; rounds?: number; soakSeconds?: number; keep?: string | undefined }
type Sql = ReturnType<typeof connect>
/** Of 100,000 documents: 95 of 100 are answered within so many milliseconds, and so many in a second at 16 connections. */
type Limits = { p95?: number; rate?: number }

export async function run({ documents = 10_000, seconds = 5, rounds = 3, soakSeconds = 0, keep }: Options = {}): Promise<void> {
  const folder = keep ?? (await mkdtemp(join(tmpdir(), 'miaodan-bench-')))
  await mkdir(folder, { recursive: true })
  const server = await startPostgres({ dataDir: folder, settings: POSTGRES_SETTINGS })
  const sql = connect(server.url, connections)
  try {
    const [{ exists } = { exists: false }] = await sql<{ exists: boolean }[]>`select exists (select from pg_namespace where nspname = 'search')`
    if (!exists) await sql.unsafe(await readFile(new URL('../migrations/0010_search.sql', import.meta.url), 'utf8'))
    const engine = createPostgresSearch({ sql })
    await fill(engine, documents)
    if (seconds > 0) await search(engine, sql, seconds, rounds)
    if (soakSeconds > 0) await soak(engine, documents, soakSeconds)
  } finally {
    await sql.end()
    await server.stop()
    if (keep === undefined) await rm(folder, { recursive: true, force: true })
  }
}

async function fill(engine: SearchEngine, documents: number): Promise<void> {
  const { rebuild } = await engine.declare(benchIndex)
  const there = rebuild ? 0 : (await engine.query(benchIndex, { limit: 0 })).total
  if (there !== documents) {
    tell(`rebuild, ${documents} documents`, await costOf(documents, () => timed(documents, () => engine.rebuild(benchIndex, benchDocuments(documents)))))
  }
  // Words, titles and skills of all of them change, and change back.
  for (const seed of [2, 1]) {
    const changed = [...benchDocuments(upsertDocuments, seed)]
    tell('upsert of documents that are there', await costOf(upsertDocuments, () => timed(upsertDocuments, () => engine.upsert(benchIndex, changed))))
  }
}

function tell(name: string, { result: rate, node, postgres }: ProcessorTime & { result: number }): void {
  console.log(`${name.padEnd(40)} ${rate.toFixed(0)} documents/s, limit ${writeLimit} (${(rate / writeLimit).toFixed(2)} ×); processor: Node ${(node * 1_000).toFixed(0)} µs, Postgres ${(postgres * 1_000).toFixed(0)} µs each`)
}

async function timed(documents: number, work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return documents / ((performance.now() - started) / 1_000)
}

async function search(engine: SearchEngine, sql: Sql, seconds: number, rounds: number): Promise<void> {
  const asked = (query: (turn: number) => Query<typeof benchIndex>) => {
    let turn = 0
    return () => engine.query(benchIndex, query(turn++))
  }
  const kinds: [string, Limits, () => Promise<unknown>][] = [
    ['search, filter, facets', { p95: 25, rate: 150 }, asked(filtered)],
    ['search, filter, facets, price order', { p95: 25, rate: 150 }, asked((turn) => ({ ...filtered(turn), sort: { by: 'price', direction: 'asc' } }))],
    ['search, facets, no filter', { p95: 25, rate: 150 }, asked((turn) => ({ text: at(benchTexts, turn), facets, highlight: ['title'] }))],
    ['no text, filter, facets', { p95: 25, rate: 150 }, asked((turn) => ({ filters: { category: at(benchCategories, turn) }, facets }))],
    ['no text, no filter, facets', { p95: 25, rate: 150 }, asked(() => ({ facets }))],
    ['a requirement, 20 ranked', { p95: 150 }, asked((turn) => ({ text: requirementOf(turn), match: 'any', limit: 20 }))],
    ['suggest', { p95: 15 }, ((turn) => () => engine.suggest(benchIndex, at(benchPrefixes, turn++)))(0)],
    ['select 1', {}, () => sql`select 1`],
  ]
  for (const [name, limits, work] of kinds) {
    await drive(connections, 1, work)
    const runs = []
    for (let round = 0; round < rounds; round++) {
      const { result: alone, node, postgres } = await costOf(1, () => drive(1, seconds, work))
      const searches = alone.rate * seconds
      runs.push({ alone, node: node / searches, postgres: postgres / searches, together: await drive(connections, seconds, work), load: loadavg()[0] ?? 0 })
    }
    const p50 = Math.min(...runs.map(({ alone }) => alone.p50))
    const p95 = Math.min(...runs.map(({ alone }) => alone.p95))
    const rate = Math.max(...runs.map(({ together }) => together.rate))
    const used = `processor: Node ${ms(Math.min(...runs.map(({ node }) => node)))}, Postgres ${ms(Math.min(...runs.map(({ postgres }) => postgres)))}`
    const held = [
      ...(limits.p95 === undefined ? [] : [`p95 ${(p95 / limits.p95).toFixed(2)} × of ${limits.p95} ms`]),
      ...(limits.rate === undefined ? [] : [`rate ${(rate / limits.rate).toFixed(1)} × of ${limits.rate} /s`]),
    ]
    console.log(`${name.padEnd(40)} 1 client: p50 ${ms(p50)} p95 ${ms(p95)}   ${connections}: ${rate.toFixed(0).padStart(6)} /s   load ${Math.min(...runs.map(({ load }) => load)).toFixed(1)}   ${used}   ${held.join(', ')}`)
  }
  console.log(`${'memory of this process'.padEnd(40)} ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB`)
}

const facets = { values: ['category', 'level', 'online', 'skills'], histograms: { price: priceBounds } } as const

const filtered = (turn: number): Query<typeof benchIndex> => ({
  text: at(benchTexts, turn),
  filters: { category: [at(benchCategories, turn), at(benchCategories, turn + 1)], price: { min: 50_000n } },
  facets,
  highlight: ['title'],
})

/** As matching asks for providers: title, skills, what is wanted and why. */
const requirementOf = (turn: number): string =>
  [at(benchTexts, turn), at(benchTexts, turn + 7), at(benchTexts, turn + 13), '我们是一家小公司，需要在两周内完成，先看初稿，再改两次，最后交付源文件。以前做过类似行业的优先，沟通顺畅，可以开发票。'].join('\n')

const at = <T>(list: readonly T[], turn: number): T => list[turn % list.length] as T
const ms = (value: number): string => `${value.toFixed(1).padStart(6)} ms`

if (import.meta.main) {
  const { values } = parseArgs({ options: { large: { type: 'boolean', default: false }, seconds: { type: 'string', default: '5' }, rounds: { type: 'string', default: '3' }, soak: { type: 'string', default: '0' }, keep: { type: 'string' } } })
  await run({ documents: values.large ? 100_000 : 10_000, seconds: Number(values.seconds), rounds: Number(values.rounds), soakSeconds: Number(values.soak), keep: values.keep })
}

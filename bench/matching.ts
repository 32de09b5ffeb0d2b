/**
 * How long it takes from a requirement to the providers ranked for it, each with a score and reasons, and what it costs.
 *
 *     node bench/matching.ts [--large] [--seconds 5] [--rounds 3] [--keep FOLDER]
 *
 * On the product's own tables and its own index of providers: 10,000 providers and as many services, with --large 100,000 of each,
 * with three finished or running orders, two ratings and two answers a provider. With --keep its folder stays and is used again.
 * The best of the rounds counts. The last lines are its parts, one at a time: what of it is search and what is reading records.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { plainSkill } from '../shared/src/matching/score.ts'
import { REMOTE } from '../shared/src/requirements/limits.ts'
import type { Deps } from '../server/src/deps.ts'
import { startPostgres } from '../server/src/embedded/postgres.ts'
import { providersByIds } from '../server/src/features/accounts/index.ts'
import { publishedOffers } from '../server/src/features/catalog/index.ts'
import { providersIndex, rebuildProvidersIndex } from '../server/src/features/matching/provider-index.ts'
import { rank, type Sought } from '../server/src/features/matching/ranking.ts'
import { recordsOf } from '../server/src/features/matching/record.ts'
import type { Sql } from '../server/src/kernel/db.ts'
import { migrate } from '../server/src/kernel/migrate.ts'
import { connect } from './lib/connect.ts'
import { createDatabase, POSTGRES_SETTINGS } from './lib/database.ts'
import { drive } from './lib/drive.ts'
import { benchCategoriesOf, benchId, fillProviders, type BenchCategory, type Counts } from './lib/matching-rows.ts'
import { costOf } from './lib/processor.ts'
import { benchDocuments, type BenchDocument } from './lib/search-documents.ts'
import { openStage } from './lib/stage.ts'

/** 95 of 100 requirements are ranked within so many milliseconds. */
const limitMs = 150
const shown = 20
const requirements = 60
const database = 'product'

type Options = { providers?: number, seconds?: number, rounds?: number, keep?: string | undefined }

export async function run({ providers = 10_000, seconds = 5, rounds = 3, keep }: Options = {}): Promise<void> {
  const folder = keep ?? (await mkdtemp(join(tmpdir(), 'miaodan-bench-')))
  await mkdir(folder, { recursive: true })
  const server = await startPostgres({ dataDir: join(folder, 'postgres'), settings: POSTGRES_SETTINGS })
  try {
    const url = await productDatabase(server.url)
    const { t: { deps }, close } = await openStage(url, folder)
    const sql = connect(url, 1)
    await fill(deps, sql, { providers, services: providers })
    await measure(deps, await soughtOf(sql), seconds, rounds)
    await Promise.all([close(), sql.end()])
  } finally {
    await server.stop()
    if (keep === undefined) await rm(folder, { recursive: true, force: true })
  }
}

async function productDatabase(server: string): Promise<string> {
  const admin = connect(server, 1)
  const known = await admin`select from pg_database where datname = ${database}`
  await admin.end()
  const url = new URL(server)
  url.pathname = `/${database}`
  if (known.length > 0) return url.href
  await createDatabase(server, database)
  await migrate(url.href)
  return url.href
}

async function fill(deps: Deps, sql: Sql, counts: Counts): Promise<void> {
  const { total } = await deps.search.query(providersIndex, { limit: 0 })
  if (total === counts.providers) return
  await fillProviders(sql, counts)
  const started = performance.now()
  const used = process.cpuUsage()
  await rebuildProvidersIndex(deps)
  const { user, system } = process.cpuUsage(used)
  const seconds = (performance.now() - started) / 1_000
  console.log(`${`index of ${counts.providers} providers`.padEnd(38)} ${(counts.providers / seconds).toFixed(0)} documents/s; ${((user + system) / counts.providers).toFixed(0)} µs of Node each`)
}

async function measure(deps: Deps, all: readonly Sought[], seconds: number, rounds: number): Promise<void> {
  let [turn, ranked] = [0, 0]
  const next = (): Sought => all[turn++ % all.length] as Sought
  const whole = async (): Promise<void> => {
    const matches = (await rank(deps.db, deps, next())).slice(0, shown)
    if (matches.some(({ fit }) => fit.reasons.length === 0)) throw new Error('a match came without a reason')
    ranked += matches.length
  }
  // Every requirement is ranked once before anything counts: a process that has just started is slow.
  for (const _ of all) await whole()
  if (ranked < all.length * shown) throw new Error(`${ranked} matches for ${all.length} requirements: there are not ${shown} for each`)
  const runs: (Awaited<ReturnType<typeof drive>> & { node: number, postgres: number, load: number })[] = []
  for (let round = 0; round < rounds; round++) {
    const first = turn
    const { result, node, postgres } = await costOf(1, () => drive(1, seconds, whole))
    runs.push({ ...result, node: node / (turn - first), postgres: postgres / (turn - first), load: loadavg()[0] ?? 0 })
  }
  const least = (of: (run: (typeof runs)[number]) => number): number => Math.min(...runs.map(of))
  const p95 = least((run) => run.p95)
  console.log(`${`a requirement, ${shown} ranked with reasons`.padEnd(38)} p50 ${ms(least((run) => run.p50))} p95 ${ms(p95)}   ${(p95 / limitMs).toFixed(2)} × of ${limitMs} ms   processor: Node ${ms(least((run) => run.node))}, Postgres ${ms(least((run) => run.postgres))}   load ${least((run) => run.load).toFixed(1)}`)

  const ids = (await Promise.all(all.slice(0, 3).map((sought) => rank(deps.db, deps, sought)))).flat().map(({ provider }) => provider.id).slice(0, 3 * 100)
  const text = (): string => { const { title, skills, details } = next(); return [title, ...skills, details].join('\n') }
  const parts: [string, () => Promise<unknown>][] = [
    ['search by text', () => deps.search.query(providersIndex, { text: text(), match: 'any', limit: 100 })],
    ['search by category', () => deps.search.query(providersIndex, { filters: { categories: next().categoryId ?? '' }, limit: 100 })],
    ['search by skills', () => deps.search.query(providersIndex, { filters: { skills: next().skills.map(plainSkill) }, limit: 100 })],
    ['how many have a skill', () => deps.search.query(providersIndex, { filters: { skills: next().skills.map(plainSkill) }, facets: { values: ['skills'] }, limit: 0 })],
    [`profiles of ${ids.length}`, () => providersByIds(deps.db, deps, ids)],
    [`offers of ${ids.length}`, () => publishedOffers(deps.db, { providerIds: ids })],
    [`records of ${ids.length}`, () => recordsOf(deps.db, deps, ids, next().categoryId)],
  ]
  for (const [name, work] of parts) {
    await drive(1, 0.3, work)
    const { p50, p95 } = await drive(1, Math.min(2, seconds), work)
    console.log(`  ${name.padEnd(36)} p50 ${ms(p50)} p95 ${ms(p95)}`)
  }
}

async function soughtOf(sql: Sql): Promise<Sought[]> {
  const categories = await benchCategoriesOf(sql)
  return [...benchDocuments(requirements, 9)].map(({ fields, filters }: BenchDocument, index): Sought => {
    const own = categories.get(String(fields.category)) ?? ([...categories.values()][0] as BenchCategory[])
    const most = BigInt(filters.price as bigint)
    return {
      buyerId: benchId('provider', index), way: 'quotes', categoryId: (own[index % own.length] as BenchCategory).id, title: String(fields.title), skills: (fields.skills as readonly string[]).slice(0, 3),
      background: '我们是一家小公司，以前做过类似行业的优先，沟通顺畅，可以开发票。', details: String(fields.description), checklist: ['两周内交付初稿', '修改两次', '交付源文件'],
      area: index % 5 === 0 ? '510100' : REMOTE, budgetMin: most / 2n, budgetMax: most, price: null, providerIds: [],
    }
  })
}

const ms = (value: number): string => `${value.toFixed(1).padStart(6)} ms`

if (import.meta.main) {
  const { values } = parseArgs({ options: { large: { type: 'boolean', default: false }, seconds: { type: 'string', default: '5' }, rounds: { type: 'string', default: '3' }, keep: { type: 'string' } } })
  await run({ providers: values.large ? 100_000 : 10_000, seconds: Number(values.seconds), rounds: Number(values.rounds), keep: values.keep })
}

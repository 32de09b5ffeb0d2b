/**
 * How fast the embedded engine indexes, searches and suggests, beside what the same Postgres can do at best.
 *
 *     node bench/search.ts [--large] [--seconds 5]
 *
 * Starts a Postgres of its own with 10,000 services, with --large 100,000. The limits are `select 1` through the same
 * pool, and a plain count of the same words under the same filter.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startPostgres } from '../server/src/embedded/postgres.ts'
import type { Query, SearchEngine } from '../server/src/ports/search/port.ts'
import { createPostgresSearch } from '../server/src/ports/search/postgres.ts'
import { connect } from './lib/connect.ts'
import { drive } from './lib/drive.ts'
import { benchCategories, benchDocuments, benchIndex, benchPrefixes, benchTexts } from './lib/search-documents.ts'

const connections = 16
const priceBounds = [50_000n, 100_000n, 300_000n, 500_000n, 1_000_000n, 2_000_000n, 5_000_000n]
const upsertDocuments = 1_000

export async function run({ documents = 10_000, seconds = 5 } = {}): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'miaodan-bench-'))
  const server = await startPostgres({ dataDir: folder })
  try {
    const sql = connect(server.url, connections)
    await sql.unsafe(await readFile(new URL('../migrations/0010_search.sql', import.meta.url), 'utf8'))
    await measure(createPostgresSearch({ sql }), sql, documents, seconds)
    await sql.end()
  } finally {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function measure(engine: SearchEngine, sql: ReturnType<typeof connect>, documents: number, seconds: number): Promise<void> {
  await engine.declare(benchIndex)
  const started = performance.now()
  await engine.rebuild(benchIndex, benchDocuments(documents))
  note(`rebuild, ${documents} documents`, documents / ((performance.now() - started) / 1_000))
  const upserted = performance.now()
  await engine.upsert(benchIndex, [...benchDocuments(upsertDocuments, 2)])
  note('upsert of documents that are there', upsertDocuments / ((performance.now() - upserted) / 1_000))

  const search = (query: (turn: number) => Query<typeof benchIndex>) => {
    let turn = 0
    return () => engine.query(benchIndex, query(turn++))
  }
  const kinds: [string, () => Promise<unknown>][] = [
    ['select 1', () => sql`select 1`],
    ['count of the words and the filter', counted(sql)],
    ['search, filter, facets', search(filtered)],
    ['search, filter, facets, price order', search((turn) => ({ ...filtered(turn), sort: { by: 'price', direction: 'asc' } }))],
    ['search, facets, no filter', search((turn) => ({ text: at(benchTexts, turn), facets, highlight: ['title'] }))],
    ['no text, filter, facets', search((turn) => ({ filters: { category: at(benchCategories, turn) }, facets }))],
    ['no text, no filter, facets', search(() => ({ facets }))],
    ['a requirement, 20 ranked', search((turn) => ({ text: requirementOf(turn), match: 'any', limit: 20 }))],
    ['suggest', ((turn) => () => engine.suggest(benchIndex, at(benchPrefixes, turn++)))(0)],
  ]
  for (const [name, work] of kinds) {
    await drive(connections, 1, work)
    const alone = await drive(1, seconds, work)
    const together = await drive(connections, seconds, work)
    console.log(`${name.padEnd(38)} 1 client: p50 ${ms(alone.p50)} p95 ${ms(alone.p95)}   ${connections} clients: ${together.rate.toFixed(0).padStart(6)} /s p95 ${ms(together.p95)}`)
  }
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

/** The first word of each text, as it stands: no synonyms, no ranking, no facets. */
function counted(sql: ReturnType<typeof connect>): () => Promise<unknown> {
  const words = ['logo', '小程序', '详情页', '剪辑', '翻译', 'ppt', '注册', '数据', '海报', '设计']
  let table: string | undefined
  let turn = 0
  return async () => {
    table ??= (await sql<{ name: string }[]>`select format('search.%I', name || '_' || live) as name from search.indexes`)[0]?.name
    turn++
    return sql.unsafe(
      `select count(*) from ${table} where (head || body) @@ $1::text::tsquery and f_category = any($2::text[]) and f_price >= 50000`,
      [at(words, turn), [at(benchCategories, turn), at(benchCategories, turn + 1)]],
      { prepare: true },
    )
  }
}

const at = <T>(list: readonly T[], turn: number): T => list[turn % list.length] as T
const ms = (value: number): string => `${value.toFixed(1).padStart(6)} ms`
const note = (name: string, rate: number): void => console.log(`${name.padEnd(38)} ${rate.toFixed(0)} documents/s`)

if (import.meta.main) {
  const { values } = parseArgs({ options: { large: { type: 'boolean', default: false }, seconds: { type: 'string', default: '5' } } })
  await run({ documents: values.large ? 100_000 : 10_000, seconds: Number(values.seconds) })
}

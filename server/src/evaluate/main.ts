/**
 * How well engines and matcher find what people call relevant.
 *
 *     npm run evaluate -- FOLDER [--set NAME]… [--queries 200] [--without PART]… [--fused]
 *
 * `--without` leaves a part of the ranking out, to see what it brings: synonyms, dictionary, roots, characters, skills, companions,
 * opening, adjacency, weights. `--fused` also puts the engine's ranks and the reference's together (reciprocal rank fusion).
 *
 * With MEILI_URL (and MEILI_KEY) a Meilisearch server is measured too; its indexes begin with `evaluate_`.
 *
 * FOLDER holds labelled sets (see sets.ts). Prints for each set and ranker nDCG@10, recall@10 and @100, MRR, how many times the
 * reference's nDCG@10 that is, and the time that 95 of 100 queries stayed below. Starts a Postgres of its own for the time being.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import postgres from 'postgres'
import { startPostgres } from '../embedded/postgres.ts'
import { createSegmenter } from '../ports/search/analysis/segment.ts'
import { synonymTerms } from '../ports/search/analysis/synonyms.ts'
import type { SearchEngine } from '../ports/search/port.ts'
import { createMeilisearch } from '../ports/search/meilisearch.ts'
import { createPostgresSearch } from '../ports/search/postgres.ts'
import { rankingParts } from '../ports/search/postgres/concepts.ts'
import { mean, measure, relevantGrade, type Measures } from './measures.ts'
import { engineRankers, fused, matcherRanker, references, type Ranker } from './rankers.ts'
import { readSets, SetError, type LabelledSet } from './sets.ts'

const DEPTH = 100
const CONNECTIONS = 4

const { values, positionals } = parseArgs({ allowPositionals: true, options: { set: { type: 'string', multiple: true }, queries: { type: 'string' }, without: { type: 'string', multiple: true }, fused: { type: 'boolean' } } })

try {
  const [folder, ...others] = positionals
  if (folder === undefined || others.length > 0) throw new SetError('Name one folder of labelled sets: npm run evaluate -- FOLDER')
  const unknown = (values.without ?? []).find(name => !rankingParts.some(part => part === name))
  if (unknown !== undefined) throw new SetError(`"${unknown}" is no part of the ranking: there are ${rankingParts.join(', ')}.`)
  const sets = (await readSets(folder)).filter(set => values.set === undefined || values.set.includes(set.name))
  if (sets.length === 0) throw new SetError(`No set in ${folder} is called ${values.set?.join(' or ')}.`)
  await withPostgres(engines => evaluate(sets, engines))
} catch (error) {
  if (!(error instanceof SetError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}

async function withPostgres(work: (engines: readonly SearchEngine[]) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'miaodan-evaluate-'))
  const server = await startPostgres({ dataDir: folder })
  const sql = postgres(server.url, { max: CONNECTIONS, onnotice: () => {} })
  try {
    await sql.unsafe(await readFile(new URL('../../../migrations/0010_search.sql', import.meta.url), 'utf8'))
    const url = process.env['MEILI_URL']
    await work([createPostgresSearch({ sql, without: new Set(rankingParts.filter(part => values.without?.includes(part))) }), ...url === undefined ? [] : [createMeilisearch({ sql, url, key: process.env['MEILI_KEY'] ?? '', prefix: 'evaluate_' })]])
  } finally {
    await sql.end()
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function evaluate(sets: readonly LabelledSet[], engines: readonly SearchEngine[]): Promise<void> {
  const segmenter = createSegmenter(synonymTerms())
  for (const set of sets) {
    print(`\n# ${set.name}: ${set.queries.length} queries, ${set.documents.length} documents`)
    print(`${''.padEnd(26)} nDCG@10  of BM25  recall@10  @100    MRR     p95`)
    const rankers = references(set, segmenter)
    for (const engine of engines) {
      rankers.push(...await engineRankers(engine, set))
      const matcher = matcherRanker(engine, set, segmenter)
      if (matcher) rankers.push(matcher)
    }
    if (values.fused) rankers.push(...fused(rankers))
    let reference: number | undefined
    for (const ranker of rankers) {
      const { measures, p95 } = await run(ranker, set)
      reference ??= measures.ndcg10
      print(line(ranker.name, measures, reference, p95))
    }
  }
}

async function run(ranker: Ranker, set: LabelledSet): Promise<{ measures: Measures, p95: number }> {
  const queries = set.queries.slice(0, Number(values.queries ?? set.queries.length))
  const relevantFrom = relevantGrade(set.queries.map(query => query.grades))
  const found: Measures[] = []
  const times: number[] = []
  for (const { text, grades } of queries) {
    const started = performance.now()
    const ranked = await ranker.rank(text, DEPTH)
    times.push(performance.now() - started)
    found.push(measure(ranked, grades, relevantFrom))
  }
  times.sort((a, b) => a - b)
  return { measures: mean(found), p95: times[Math.floor(times.length * 0.95)] ?? 0 }
}

function line(name: string, { ndcg10, recall10, recall100, mrr }: Measures, reference: number, p95: number): string {
  const three = (value: number): string => value.toFixed(3).padStart(7)
  return `${name.padEnd(26)} ${three(ndcg10)} ${`${(ndcg10 / reference).toFixed(2)} ×`.padStart(8)}    ${three(recall10)} ${three(recall100)} ${three(mrr)} ${p95.toFixed(0).padStart(5)} ms`
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

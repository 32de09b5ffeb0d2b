/** Searches, writes and removals for minutes on end: memory must stay where it is. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { SearchEngine } from '../../server/src/ports/search/port.ts'
import { benchDocuments, benchIndex, benchPrefixes, benchTexts, type BenchDocument } from './search-documents.ts'

const searchers = 4
const written = 100
const removed = 20
const megabyte = 1_048_576

/** `documents` are in the index before and after. Prints heap, buffers and resident memory at the start, each quarter and the end. */
export async function soak(engine: SearchEngine, documents: number, seconds: number): Promise<void> {
  const others = [...benchDocuments(Math.min(documents, 5_000), 7)]
  const counts = { searches: 0, written: 0, removed: 0 }
  const started = performance.now()
  const elapsed = (): number => (performance.now() - started) / 1_000
  const tell = (moment: string): void => {
    collectGarbage()
    const { heapUsed, arrayBuffers, rss } = process.memoryUsage()
    console.log(`${`memory ${moment}`.padEnd(40)} heap ${mb(heapUsed)}, buffers ${mb(arrayBuffers)}, resident ${mb(rss)}   after ${counts.searches} searches, ${counts.written} written, ${counts.removed} removed`)
  }
  const until = async (end: number): Promise<void> => {
    const search = async (lane: number): Promise<void> => {
      for (let turn = lane; elapsed() < end; turn += searchers) {
        const text = benchTexts[turn % benchTexts.length] as string
        // A number that comes once: what is kept of texts that were searched must not grow with them.
        if (turn % 5 === 0) await engine.query(benchIndex, { text: `${text} ${turn} ${lettersOf(turn)}`, match: turn % 2 === 0 ? 'any' : 'most' })
        else if (turn % 5 === 1) await engine.suggest(benchIndex, benchPrefixes[turn % benchPrefixes.length] as string)
        else await engine.query(benchIndex, { text, facets: { values: ['category', 'skills'] }, highlight: ['title'] })
        counts.searches++
      }
    }
    const write = async (): Promise<void> => {
      for (let turn = 0; elapsed() < end; turn++) {
        const from = (turn * written) % (others.length - written)
        const batch = others.slice(from, from + written).map((document): BenchDocument => ({ ...document, fields: { ...document.fields, provider: `工作室${counts.written}` } }))
        const gone = batch.slice(0, removed).map(({ id }) => id)
        await engine.remove(benchIndex, gone)
        await engine.upsert(benchIndex, batch)
        counts.written += batch.length
        counts.removed += gone.length
      }
    }
    await Promise.all([write(), ...Array.from({ length: searchers }, (_, lane) => search(lane))])
  }
  // The first minute's work fills what is meant to be kept: words looked up, prepared statements, compiled code.
  await until(seconds / 5)
  tell('at the start')
  for (const [share, moment] of [[0.4, 'after a quarter'], [0.6, 'in the middle'], [0.8, 'after three quarters'], [1, 'at the end']] as const) {
    await until(seconds * share)
    tell(moment)
  }
  const { total } = await engine.query(benchIndex, { limit: 0 })
  if (total !== documents) throw new Error(`${total} documents where there were ${documents}`)
}

const mb = (bytes: number): string => `${(bytes / megabyte).toFixed(0)} MB`
const lettersOf = (turn: number): string => [...String(turn)].map((digit) => String.fromCharCode(97 + Number(digit))).join('')

function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  ;(runInNewContext('gc') as () => void)()
}

/**
 * A backup is one zip file: `tables/<name>.copy` in the text format of COPY, `files/<key>`, and `manifest.json` with the
 * checksum of each. Any unzip and psql can read it, should this program ever be gone.
 */
import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { Transform } from 'node:stream'
import yauzl, { type Entry } from 'yauzl'
import * as z from 'zod'
import { StartProblem } from '../../embedded/settings.ts'

export const MANIFEST = 'manifest.json'
export const FORMAT = 1
export const tableEntry = (name: string): string => `tables/${name}.copy`
export const fileEntry = (key: string): string => `files/${key}`

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
export const manifestSchema = z.object({
  format: z.literal(FORMAT),
  version: z.string(),
  takenAt: z.iso.datetime(),
  /** What the schema was made of, in order. */
  migrations: z.array(z.object({ name: z.string(), sha256 })).min(1),
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()).min(1), rows: z.number().int(), sha256, months: z.array(z.iso.date()) })),
  sequences: z.array(z.object({ name: z.string(), value: z.string() })),
  files: z.array(z.object({ key: z.string(), type: z.string(), bytes: z.number().int(), sha256 })),
  /** Files that rows told of and the storage did not have. */
  missing: z.array(z.string()),
})
export type Manifest = z.infer<typeof manifestSchema>

export type Measured = { bytes: number, lines: number, sha256: string }
const NEWLINE = 10

/** Passes everything through and says at its end what it was. A row of COPY's text format is a line. */
export function measure(onEnd: (measured: Measured) => void): Transform {
  const hash = createHash('sha256')
  let bytes = 0
  let lines = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      bytes += chunk.length
      for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) lines++
      done(null, chunk)
    },
    flush(done) {
      onEnd({ bytes, lines, sha256: hash.digest('hex') })
      done()
    },
  })
}

/** @throws StartProblem for what is no backup of ours */
export async function openArchive(path: string): Promise<{ manifest: Manifest, read: (entry: string) => Promise<Readable>, close: () => void }> {
  const zip = await yauzl.openPromise(path, { lazyEntries: true, autoClose: false }).catch((error: unknown) => {
    throw new StartProblem(`${path} 打不开，或不是完整的备份文件：${String(error)}`, `${path} cannot be opened, or is no whole backup: ${String(error)}`)
  })
  const entries = new Map<string, Entry>()
  for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry)
  const read = async (name: string): Promise<Readable> => {
    const entry = entries.get(name)
    if (!entry) throw new StartProblem(`备份里缺少 ${name}。`, `The backup lacks ${name}.`)
    return zip.openReadStreamPromise(entry)
  }
  const manifest = manifestSchema.safeParse(JSON.parse(await text(await read(MANIFEST))))
  if (!manifest.success) throw new StartProblem(`${path} 不是这个版本能读的备份。`, `${path} is no backup this version can read.`)
  return { manifest: manifest.data, read, close: () => zip.close() }
}

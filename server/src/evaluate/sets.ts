/**
 * Reads labelled sets: a folder for each set with documents, queries and judgements, one JSON object a line, plain or
 * gzipped. `docs.jsonl` {id, text, title?, skills?}, `queries*.jsonl` {id, text}, `qrels*.jsonl` {qid, did, grade}.
 */
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import * as z from 'zod'

const documentSchema = z.object({ id: z.string().min(1), text: z.string(), title: z.string().optional(), skills: z.array(z.string()).optional(), label_skills: z.array(z.string()).optional() })
const querySchema = z.object({ id: z.string().min(1), text: z.string() })
const judgementSchema = z.object({ qid: z.string(), did: z.string(), grade: z.number().int().min(0) })

/** A document's labels are its skills, as a service has them; a query's labels are what is to be found out, and are not read. */
export type LabelledDocument = { id: string, title: string, text: string, skills: string[] }
export type LabelledQuery = { id: string, text: string, grades: Map<string, number> }
export type LabelledSet = { name: string, documents: LabelledDocument[], queries: LabelledQuery[] }

/** Something about the folder that its owner can put right; the message says what. */
export class SetError extends Error {}

export async function readSets(folder: string): Promise<LabelledSet[]> {
  const found = await stat(folder).catch(() => null)
  if (!found?.isDirectory()) throw new SetError(`${folder} is not a folder.`)
  const names = (await readdir(folder, { withFileTypes: true })).filter(entry => entry.isDirectory()).map(entry => entry.name).sort()
  const sets: LabelledSet[] = []
  for (const name of names) {
    const set = await readSet(join(folder, name), name)
    if (set) sets.push(set)
  }
  if (sets.length === 0) throw new SetError(`${folder} has no set: a set is a folder with docs.jsonl, queries.jsonl and qrels.jsonl, each also as .jsonl.gz.`)
  return sets
}

/** Null for a folder that holds no documents and so is no set. */
async function readSet(folder: string, name: string): Promise<LabelledSet | null> {
  const files = (await readdir(folder)).filter(file => /\.jsonl(?:\.gz)?$/.test(file))
  const named = (kind: string) => files.filter(file => file.startsWith(`${kind}.`)).map(file => join(folder, file))
  const [docs] = named('docs')
  if (docs === undefined) return null
  for (const kind of ['queries', 'qrels']) if (named(kind).length === 0) throw new SetError(`${folder} has documents but no ${kind}.`)
  const documents = (await readLines(docs, documentSchema)).map(({ id, text, title, skills, label_skills }) => ({ id, text, title: title ?? '', skills: skills ?? label_skills ?? [] }))
  const queries = new Map<string, LabelledQuery>()
  for (const file of named('queries')) for (const { id, text } of await readLines(file, querySchema)) queries.set(id, { id, text, grades: new Map() })
  for (const file of named('qrels')) for (const { qid, did, grade } of await readLines(file, judgementSchema)) queries.get(qid)?.grades.set(did, grade)
  const judged = [...queries.values()].filter(query => [...query.grades.values()].some(grade => grade > 0))
  if (judged.length === 0) throw new SetError(`${folder} has no query with a relevant document.`)
  return { name, documents, queries: judged }
}

async function readLines<T>(file: string, schema: z.ZodType<T>): Promise<T[]> {
  const raw = await readFile(file)
  const lines = (file.endsWith('.gz') ? gunzipSync(raw) : raw).toString('utf8').split('\n')
  return lines.flatMap((line, index) => {
    if (line.trim() === '') return []
    const parsed = schema.safeParse(parse(line))
    if (!parsed.success) throw new SetError(`${file}, line ${index + 1}: ${parsed.error.issues.map(issue => `${issue.path.join('.') || 'the line'}: ${issue.message}`).join('; ')}`)
    return [parsed.data]
  })
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

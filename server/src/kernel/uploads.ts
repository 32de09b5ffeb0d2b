/**
 * Files people send. An upload is the sender's alone until a feature claims it for something; then who may read that
 * thing may read the file. Bytes live in the storage port, the row says everything else.
 */
import { createHash } from 'node:crypto'
import { pipeline, Readable, Transform } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { and, eq, inArray, isNull, lt, or } from 'drizzle-orm'
import { problem } from '@miaodan/shared/errors'
import { MAX_UPLOAD_BYTES, type Upload } from '@miaodan/shared/kernel/uploads'
import type { Deps } from '../deps.ts'
import type { Executor, Tx } from './db.ts'
import type { Viewer } from './feature.ts'
import { isImage, judgeFile, SNIFF_BYTES } from './file-types.ts'
import { newId } from './ids.ts'
import { uploads } from './tables.ts'

const THUMBNAIL_PIXELS = 640
/** A picture that unpacks to more than this is refused a thumbnail: a small file may hide a huge canvas. */
const MAX_PIXELS = 60_000_000
const UNCLAIMED_LIFETIME_MS = 24 * 3600 * 1000
const SWEEP_BATCH = 200

export type UploadRow = typeof uploads.$inferSelect
export const filePath = (id: string): string => `/api/v1/files/${id}`

export function uploadView(row: UploadRow): Upload {
  return {
    id: row.id, name: row.name, type: row.type, size: row.size, sha256: row.sha256,
    url: filePath(row.id), thumbnailUrl: row.thumbnailKey ? `${filePath(row.id)}/thumbnail` : null,
  }
}

/**
 * Takes in one file. The stream is cut at MAX_UPLOAD_BYTES by the caller's multipart limits and checked here again.
 * @throws problem kernel.upload_type_refused | kernel.upload_type_mismatch | kernel.too_large; nothing is kept then.
 */
export async function receiveUpload(deps: Deps, ownerId: string, file: { name: string, content: Readable }): Promise<Upload> {
  const id = newId()
  const name = file.name.normalize('NFC').replace(/[\u0000-\u001f\u007f/\\]/g, '_').slice(-200) || 'file'
  const { head, rest } = await readHead(file.content)
  const verdict = await judgeFile(head, name)
  if ('refused' in verdict) {
    file.content.resume()
    throw problem(verdict.refused === 'type' ? 'kernel.upload_type_refused' : 'kernel.upload_type_mismatch', { type: verdict.type }, { field: 'body.file' })
  }
  const hash = createHash('sha256')
  let size = 0
  const measured = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length
      hash.update(chunk)
      if (size > MAX_UPLOAD_BYTES) done(problem('kernel.too_large', { limit: '50 MB' }, { field: 'body.file' }))
      else done(null, chunk)
    },
  })
  const storageKey = `files/${id.slice(0, 8)}/${id}`
  // The pipeline's own error reaches `put` through the measured stream.
  pipeline(Readable.from(rest), measured, () => {})
  await deps.storage.put(storageKey, measured, { type: verdict.type })
  try {
    const thumbnailKey = isImage(verdict.type) ? await makeThumbnail(deps, storageKey) : null
    const row = { id, ownerId, name, type: verdict.type, size, sha256: hash.digest('hex'), storageKey, thumbnailKey, createdAt: deps.clock.now() }
    const [saved] = await deps.db.insert(uploads).values(row).returning()
    return uploadView(saved as UploadRow)
  } catch (error) {
    await deps.storage.remove(storageKey)
    throw error
  }
}

/** Reads enough of a stream to recognise it, and gives back the whole as chunks. */
async function readHead(content: Readable): Promise<{ head: Buffer, rest: AsyncIterable<Buffer> }> {
  const iterator = content[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  const chunks: Buffer[] = []
  let length = 0
  while (length < SNIFF_BYTES) {
    const next = await iterator.next()
    if (next.done) break
    chunks.push(next.value)
    length += next.value.length
  }
  const head = Buffer.concat(chunks)
  return {
    head: head.subarray(0, SNIFF_BYTES),
    rest: (async function * () {
      yield head
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value
    })(),
  }
}

/** A small WebP beside the picture, turned upright and without its metadata. Null when it cannot be read as a picture. */
async function makeThumbnail(deps: Deps, storageKey: string): Promise<string | null> {
  const key = `${storageKey}.thumb.webp`
  try {
    const original = await buffer(await deps.storage.get(storageKey))
    const { default: sharp } = await import('sharp')
    const small = await sharp(original, { limitInputPixels: MAX_PIXELS }).rotate().resize(THUMBNAIL_PIXELS, THUMBNAIL_PIXELS, { fit: 'inside', withoutEnlargement: true }).webp({ quality: 80 }).toBuffer()
    await deps.storage.put(key, Readable.from([small]), { type: 'image/webp' })
    return key
  } catch (error) {
    deps.log.info({ err: error, storageKey }, 'no thumbnail for this picture')
    return null
  }
}

/**
 * Ties uploads of `ownerId` to a thing. An upload claimed before for the same thing is fine; any other is refused.
 * @throws problem kernel.upload_missing when one is missing, somebody else's, or claimed for something else.
 */
export async function claimUploads(tx: Tx, ownerId: string, ids: readonly string[], claim: { kind: string, id: string, visibility: 'private' | 'public' }): Promise<UploadRow[]> {
  if (ids.length === 0) return []
  const unique = [...new Set(ids)]
  const rows = await tx.update(uploads).set({ claimedKind: claim.kind, claimedId: claim.id, visibility: claim.visibility })
    .where(and(inArray(uploads.id, unique), eq(uploads.ownerId, ownerId),
      or(isNull(uploads.claimedKind), and(eq(uploads.claimedKind, claim.kind), eq(uploads.claimedId, claim.id))))).returning()
  if (rows.length !== unique.length) throw problem('kernel.upload_missing')
  const byId = new Map(rows.map(row => [row.id, row]))
  return unique.map(id => byId.get(id) as UploadRow)
}

/** Rows of these uploads by id, for showing what a thing holds. */
export async function uploadsByIds(executor: Executor, ids: readonly string[]): Promise<Map<string, Upload>> {
  if (ids.length === 0) return new Map()
  const rows = await executor.select().from(uploads).where(inArray(uploads.id, [...new Set(ids)]))
  return new Map(rows.map(row => [row.id, uploadView(row)]))
}

export type UploadReader = (db: Deps['db'], claimedId: string, viewer: Viewer) => Promise<boolean>

/** The row when this person may read it, else nothing: what one may not see is not there. */
export async function readableUpload(deps: Deps, readers: ReadonlyMap<string, UploadReader>, id: string, viewer: Viewer | null): Promise<UploadRow | undefined> {
  const [row] = await deps.db.select().from(uploads).where(eq(uploads.id, id))
  if (!row || row.visibility === 'public') return row
  if (!viewer) return undefined
  if (row.ownerId === viewer.userId) return row
  const reader = row.claimedKind ? readers.get(row.claimedKind) : undefined
  return reader && row.claimedId && await reader(deps.db, row.claimedId, viewer) ? row : undefined
}

/** Removes uploads that nobody claimed within a day. The row goes first: a file without a row is only lost space. */
export async function sweepUploads(deps: Deps): Promise<number> {
  const before = new Date(deps.clock.now().getTime() - UNCLAIMED_LIFETIME_MS)
  const stale = deps.db.select({ id: uploads.id }).from(uploads).where(and(isNull(uploads.claimedKind), lt(uploads.createdAt, before))).limit(SWEEP_BATCH)
  const removed = await deps.db.delete(uploads).where(and(inArray(uploads.id, stale), isNull(uploads.claimedKind))).returning()
  for (const row of removed) {
    await deps.storage.remove(row.storageKey)
    if (row.thumbnailKey) await deps.storage.remove(row.thumbnailKey)
  }
  return removed.length
}

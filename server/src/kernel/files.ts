/** The routes of uploads: taking a file in, and giving it out to who may read it. */
import type { Readable } from 'node:stream'
import multipart from '@fastify/multipart'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { problem } from '@miaodan/shared/errors'
import { idSchema } from '@miaodan/shared/kernel/ids'
import { MAX_UPLOAD_BYTES, uploads as contracts } from '@miaodan/shared/kernel/uploads'
import type { Deps } from '../deps.ts'
import { defineFeature, handle, type Feature } from './feature.ts'
import { isImage } from './file-types.ts'
import { readableUpload, receiveUpload, type UploadReader } from './uploads.ts'

/** A download at least so large comes from the storage itself where browsers reach it; for a smaller one the detour is not worth it. */
const LINKED_FROM_BYTES = 1024 * 1024
const LINK_SECONDS = 60
/** Shown in the browser; everything else is offered as a download, so that nothing sent by a person can run here. */
const INLINE = new Set(['application/pdf', 'video/mp4', 'video/webm', 'audio/mpeg', 'text/plain'])

export function filesFeature(features: readonly Feature[]): Feature {
  const readers = new Map<string, UploadReader>(features.flatMap(feature => Object.entries(feature.uploadReaders ?? {})))
  return defineFeature({
    name: 'files',
    routes: [
      handle(contracts.create, async ({ deps, request, viewer }) => {
        if (!request.isMultipart()) throw problem('kernel.unsupported_media_type')
        const part = await request.file()
        if (!part) throw problem('kernel.upload_missing')
        return receiveUpload(deps, viewer.userId, { name: part.filename, content: part.file })
      }, { transaction: false }),
    ],
    plugin: async (app, deps) => {
      app.get<{ Params: { id: string } }>('/api/v1/files/:id', async (request, reply) => sendFile(deps, readers, request, reply, false))
      app.get<{ Params: { id: string } }>('/api/v1/files/:id/thumbnail', async (request, reply) => sendFile(deps, readers, request, reply, true))
    },
  })
}

export async function acceptMultipart(app: FastifyInstance): Promise<void> {
  // One byte more than is allowed: the parser cuts off silently at its limit, and receiveUpload refuses what is over ours.
  await app.register(multipart, { limits: { fileSize: MAX_UPLOAD_BYTES + 1, files: 1, fields: 5, fieldSize: 1_000, parts: 6 } })
}

async function sendFile(deps: Deps, readers: ReadonlyMap<string, UploadReader>, request: FastifyRequest<{ Params: { id: string } }>, reply: FastifyReply, thumbnail: boolean): Promise<FastifyReply> {
  const id = idSchema.safeParse(request.params.id)
  const row = id.success ? await readableUpload(deps, readers, id.data, request.viewer) : undefined
  if (!row || (thumbnail && !row.thumbnailKey)) throw problem('kernel.not_found')
  const inline = thumbnail || isImage(row.type) || INLINE.has(row.type)
  const link = inline || row.size < LINKED_FROM_BYTES ? null : await deps.storage.link(row.storageKey, { name: row.name, type: row.type, seconds: LINK_SECONDS })
  if (link !== null) return reply.header('cache-control', 'no-store').redirect(link, 302)
  void reply
    .header('cache-control', `${row.visibility === 'public' ? 'public' : 'private'}, max-age=31536000, immutable`)
    .header('content-disposition', `${inline ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(row.name)}`)
    .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
    .header('x-content-type-options', 'nosniff')
    .header('accept-ranges', 'bytes')
  if (thumbnail) return reply.type('image/webp').send(await deps.storage.get(row.thumbnailKey as string))
  const range = rangeOf(request.headers.range, row.size)
  const type = row.type === 'text/plain' ? 'text/plain; charset=utf-8' : row.type
  if (!range) return reply.type(type).header('content-length', row.size).send(await deps.storage.get(row.storageKey))
  const part: Readable = await deps.storage.get(row.storageKey, range)
  return reply.code(206).type(type).header('content-range', `bytes ${range.start}-${range.end}/${row.size}`).header('content-length', range.end - range.start + 1).send(part)
}

/** The one range a request asks for, when it lies within the file (RFC 9110, 14.2); several ranges are answered whole. */
function rangeOf(header: string | undefined, size: number): { start: number, end: number } | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '')
  if (!match || (match[1] === '' && match[2] === '')) return undefined
  const start = match[1] === '' ? Math.max(0, size - Number(match[2])) : Number(match[1])
  const end = match[1] === '' || match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1)
  return start <= end && start < size ? { start, end } : undefined
}

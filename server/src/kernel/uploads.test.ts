import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import sharp from 'sharp'
import { createTestApp, type TestApp } from '../../test/app.ts'
import { defineFeature, type Viewer } from './feature.ts'
import { newId } from './ids.ts'
import { claimUploads, sweepUploads } from './uploads.ts'
import { inTransaction } from './tx.ts'

const people = new Map<string, Viewer>()
const person = (name: string): Viewer => {
  const viewer: Viewer = people.get(name) ?? { userId: newId(), sessionId: newId(), roles: ['buyer'], staffRoles: [] }
  people.set(name, viewer)
  return viewer
}
const feature = defineFeature({
  name: 'people',
  authenticate: async request => person(request.cookies['name'] ?? ''),
  uploadReaders: { 'test.thing': async (_db, _id, viewer) => viewer.userId === person('reader').userId },
})

let t: TestApp
beforeAll(async () => {
  t = await createTestApp({ features: [feature] })
})
afterAll(() => t.close())

async function send(name: string, file: { name: string, bytes: Buffer }) {
  const form = new FormData()
  form.set('file', new File([new Uint8Array(file.bytes)], file.name))
  const request = new Request('http://localhost/', { method: 'POST', body: form })
  return t.app.inject({
    method: 'POST', url: '/api/v1/uploads', headers: { 'content-type': request.headers.get('content-type') ?? '', 'accept-language': 'en' },
    cookies: { name }, payload: Buffer.from(await request.arrayBuffer()),
  })
}
const read = (name: string, url: string, headers = {}) => t.app.inject({ url, cookies: { name }, headers })
const picture = () => sharp({ create: { width: 900, height: 600, channels: 3, background: '#E23F0D' } }).png().toBuffer()

describe('an upload', () => {
  it('is kept with its hash, its real type and a thumbnail, and read only by its owner until it is claimed', async () => {
    const bytes = await picture()
    const upload = (await send('owner', { name: '效果图.png', bytes })).json()
    expect(upload).toMatchObject({ name: '效果图.png', type: 'image/png', size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') })
    expect((await read('owner', upload.url)).rawPayload.equals(bytes)).toBe(true)
    expect((await read('owner', upload.thumbnailUrl)).headers['content-type']).toBe('image/webp')
    expect((await read('reader', upload.url)).statusCode).toBe(404)
    await inTransaction(t.deps.db, tx => claimUploads(tx, person('owner').userId, [upload.id], { kind: 'test.thing', id: newId(), visibility: 'private' }))
    expect((await read('reader', upload.url)).statusCode).toBe(200)
    expect((await read('stranger', upload.url)).statusCode).toBe(404)
  })

  it('can be read in part', async () => {
    const upload = (await send('owner', { name: 'a.txt', bytes: Buffer.from('0123456789') })).json()
    const part = await read('owner', upload.url, { range: 'bytes=2-4' })
    expect(part.statusCode).toBe(206)
    expect(part.body).toBe('234')
    expect(part.headers['content-range']).toBe('bytes 2-4/10')
  })

  it('of plain Chinese text is taken, however long it is', async () => {
    for (const text of ['好', '报价单', '托管'.repeat(1_000), 'a' + '验收'.repeat(3_000)]) expect((await send('owner', { name: '说明.txt', bytes: Buffer.from(text) })).statusCode).toBe(201)
  })

  it.each([
    ['a page that calls itself a picture', 'a.png', Buffer.from('<html><script>alert(1)</script></html>'), 'kernel.upload_type_mismatch'],
    ['a picture that calls itself a document', 'a.pdf', undefined, 'kernel.upload_type_mismatch'],
    ['a program', 'a.exe', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(400)]), 'kernel.upload_type_refused'],
    ['a drawing that can carry scripts', 'a.svg', Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'), 'kernel.upload_type_refused'],
  ])('that is %s is refused', async (_what, name, bytes, code) => {
    const answer = await send('owner', { name, bytes: bytes ?? await picture() })
    expect(answer.json()).toMatchObject({ code, status: 415 })
  })

  it('that is too large is refused with the limit', async () => {
    const answer = await send('owner', { name: 'big.txt', bytes: Buffer.alloc(51 * 1024 * 1024, 'a') })
    expect(answer.json()).toMatchObject({ code: 'kernel.too_large', status: 413 })
  })

  it('of somebody else cannot be claimed', async () => {
    const upload = (await send('owner', { name: 'a.txt', bytes: Buffer.from('mine') })).json()
    await expect(inTransaction(t.deps.db, tx => claimUploads(tx, person('stranger').userId, [upload.id], { kind: 'test.thing', id: newId(), visibility: 'private' }))).rejects.toMatchObject({ code: 'kernel.upload_missing' })
  })

  it('that nobody claims is removed after a day', async () => {
    const upload = (await send('owner', { name: 'a.txt', bytes: Buffer.from('forgotten') })).json()
    await t.advance(25 * 3600 * 1000)
    await sweepUploads(t.deps)
    expect((await read('owner', upload.url)).statusCode).toBe(404)
  })
})

/**
 * The storage contract on a server that speaks S3, behind a door that checks signatures; and on the one that TEST_S3_ENDPOINT
 * names (with TEST_S3_BUCKET, TEST_S3_ACCESS_KEY_ID, TEST_S3_SECRET_ACCESS_KEY), which may be filled.
 */
import type { Server } from 'node:http'
import { Readable } from 'node:stream'
import { startFauxqs, type FauxqsServer } from 'fauxqs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDoor, type Seen } from '../../../test/s3-door.ts'
import { storageContract } from './contract.ts'
import { S3Storage, type S3Options } from './s3.ts'

const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'of the test' }

let server: FauxqsServer
let door: Server
let options: S3Options
const requests: Seen[] = []

beforeAll(async () => {
  server = await startFauxqs({ port: 0, host: '127.0.0.1', logger: false })
  server.createBucket('files')
  door = createDoor(server, CREDENTIALS, requests)
  await new Promise<void>(resolve => door.listen(0, '127.0.0.1', resolve))
  const address = door.address()
  const endpoint = `http://127.0.0.1:${address && typeof address === 'object' ? address.port : 0}`
  options = { bucket: 'files', region: 'us-east-1', endpoint, publicEndpoint: endpoint, pathStyle: true, credentials: CREDENTIALS, prefix: 'miaodan/' }
})
afterAll(async () => {
  door.closeAllConnections()
  door.close()
  await server.stop()
})

storageContract('S3', async () => new S3Storage(options))

const given = process.env
const endpoint = given['TEST_S3_ENDPOINT']
if (endpoint !== undefined) {
  const credentials = { accessKeyId: given['TEST_S3_ACCESS_KEY_ID'] ?? '', secretAccessKey: given['TEST_S3_SECRET_ACCESS_KEY'] ?? '' }
  storageContract('the given S3', async () => new S3Storage({ bucket: given['TEST_S3_BUCKET'] ?? '', region: 'us-east-1', endpoint, publicEndpoint: endpoint, pathStyle: true, credentials, prefix: `test/${Date.now()}/` }))
}

const megabytes = (count: number): Buffer[] => Array.from({ length: count }, (_, index) => Buffer.alloc(1024 * 1024, index))

describe('S3', () => {
  it('signs every request, makes nothing public, and sends what is long in parts', async () => {
    requests.length = 0
    const storage = new S3Storage(options)
    await storage.put('short', Readable.from(['x']), { type: 'text/plain' })
    await storage.put('long', Readable.from(megabytes(20)), { type: 'text/plain' })
    expect(requests.every(({ headers }) => headers.authorization?.startsWith('AWS4-HMAC-SHA256 '))).toBe(true)
    expect(requests.some(({ headers }) => 'x-amz-acl' in headers)).toBe(false)
    expect(requests.filter(({ url }) => url.startsWith('/files/miaodan/short')).map(({ method }) => method)).toEqual(['PUT'])
    expect(requests.filter(({ url }) => url.includes('partNumber=')).length).toBe(3)
  })

  it('leaves no parts of an upload that broke off', async () => {
    requests.length = 0
    const broken = Readable.from((async function * () {
      yield * megabytes(20)
      throw new Error('cut off')
    })())
    await expect(new S3Storage(options).put('parts', broken, { type: 'text/plain' })).rejects.toThrow('cut off')
    expect(requests.filter(({ method, url }) => method === 'DELETE' && url.includes('uploadId=')).length).toBe(1)
  })

  it('says so when the keys are wrong, the bucket is not there, or nobody answers', async () => {
    await expect(new S3Storage({ ...options, credentials: { ...CREDENTIALS, secretAccessKey: 'wrong' } }).put('a', Readable.from(['x']), { type: 'text/plain' })).rejects.toThrow('SignatureDoesNotMatch')
    await expect(new S3Storage({ ...options, bucket: 'nowhere' }).check()).rejects.toThrow()
    await expect(new S3Storage({ ...options, endpoint: 'http://127.0.0.1:9' }).check()).rejects.toThrow()
  })

  it('gives an address that ends, and none where browsers cannot reach it', async () => {
    const storage = new S3Storage(options)
    await storage.put('short', Readable.from(['x']), { type: 'text/plain' })
    const address = await storage.link('short', { name: 'short', type: 'text/plain', seconds: 60 })
    expect((await fetch(String(address).replace('X-Amz-Expires=60', 'X-Amz-Expires=6000'))).status).toBe(403)
    expect((await fetch(String(address).split('?')[0] ?? '')).status).toBe(403)
    expect(await new S3Storage({ ...options, publicEndpoint: null }).link('short', { name: 'short', type: 'text/plain', seconds: 60 })).toBeNull()
  })
})

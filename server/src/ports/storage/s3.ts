import type { Readable } from 'node:stream'
import { DeleteObjectCommand, GetObjectCommand, HeadBucketCommand, NoSuchKey, S3Client, S3ServiceException } from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { checkKey, NotStoredError, type Storage } from './port.ts'

export type S3Options = {
  bucket: string
  region: string
  /** Of a server that is not Amazon's. */
  endpoint: string | null
  /** Where browsers reach the same buckets. Without it every download goes through us. */
  publicEndpoint: string | null
  /** Buckets in the path instead of the host's name, as most servers but Amazon's want it. */
  pathStyle: boolean
  /** Null: found where Amazon's tools look for it (environment, role of the machine or container). */
  credentials: { accessKeyId: string, secretAccessKey: string } | null
  /** Stands before every key, so that a bucket can be shared. */
  prefix: string
}

/** Longer streams go up in parts of this size, so many at a time: what an upload may hold in memory is their product. */
const PART_BYTES = 8 * 1024 * 1024
const PARTS_AT_ONCE = 2
const CONNECT_TIMEOUT_MS = 5_000
const IDLE_TIMEOUT_MS = 30_000
const MAX_ATTEMPTS = 4

/**
 * Files as objects of an S3 bucket. No access list is ever set, so that an object is as private as its bucket. Amazon's
 * own client is used, and loaded only where it is: it repeats what failed, finds the credentials of a machine's role, and
 * gives up the parts of an upload that broke off, all of which a smaller one would leave to us. Parts of a process that
 * was killed stay until the bucket's own rule (AbortIncompleteMultipartUpload) removes them.
 */
export class S3Storage implements Storage {
  readonly #options: S3Options
  readonly #client: S3Client
  /** Signs addresses for browsers; makes no request. */
  readonly #signer: S3Client | null

  constructor(options: S3Options) {
    this.#options = options
    this.#client = this.#clientFor(options.endpoint)
    this.#signer = options.publicEndpoint === null ? null : this.#clientFor(options.publicEndpoint)
  }

  async put(key: string, content: Readable, { type }: { type: string }): Promise<void> {
    const upload = new Upload({ client: this.#client, params: { ...this.#object(key), Body: content, ContentType: type }, partSize: PART_BYTES, queueSize: PARTS_AT_ONCE })
    try {
      await upload.done()
    } catch (error) {
      content.destroy()
      throw error
    }
  }

  async get(key: string, range?: { start: number, end: number }): Promise<Readable> {
    try {
      const { Body } = await this.#client.send(new GetObjectCommand({ ...this.#object(key), ...range && { Range: `bytes=${range.start}-${range.end}` } }))
      if (!Body) throw new NotStoredError(key)
      return Body as Readable
    } catch (error) {
      if (error instanceof NoSuchKey || (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404)) throw new NotStoredError(key)
      throw error
    }
  }

  async remove(key: string): Promise<void> {
    await this.#client.send(new DeleteObjectCommand(this.#object(key)))
  }

  async link(key: string, { name, type, seconds }: { name: string, type: string, seconds: number }): Promise<string | null> {
    if (!this.#signer) return null
    const command = new GetObjectCommand({ ...this.#object(key), ResponseContentType: type, ResponseContentDisposition: `attachment; filename*=UTF-8''${encodeURIComponent(name)}` })
    return getSignedUrl(this.#signer, command, { expiresIn: seconds })
  }

  async check(): Promise<void> {
    await this.#client.send(new HeadBucketCommand({ Bucket: this.#options.bucket }))
  }

  close(): void {
    this.#client.destroy()
    this.#signer?.destroy()
  }

  #object(key: string): { Bucket: string, Key: string } {
    return { Bucket: this.#options.bucket, Key: this.#options.prefix + checkKey(key) }
  }

  #clientFor(endpoint: string | null): S3Client {
    const { region, pathStyle, credentials } = this.#options
    return new S3Client({
      region, forcePathStyle: pathStyle, maxAttempts: MAX_ATTEMPTS,
      requestHandler: { connectionTimeout: CONNECT_TIMEOUT_MS, requestTimeout: IDLE_TIMEOUT_MS },
      // Many servers that speak S3 refuse the checksums that newer clients add by themselves.
      requestChecksumCalculation: 'WHEN_REQUIRED', responseChecksumValidation: 'WHEN_REQUIRED',
      ...endpoint !== null && { endpoint }, ...credentials && { credentials },
    })
  }
}

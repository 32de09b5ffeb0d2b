import type { Readable } from 'node:stream'

/** Keeps the bytes of files under keys made by the product (letters, digits, `/`, `-`, `.`). Keys are written once. */
export interface Storage {
  /** Stores the whole stream or nothing. */
  put(key: string, content: Readable, info: { type: string, size?: number }): Promise<void>
  /** @throws NotStoredError when there is no such key. `range` is inclusive, in bytes. */
  get(key: string, range?: { start: number, end: number }): Promise<Readable>
  /** Removes the key. Removing what is not there is no error. */
  remove(key: string): Promise<void>
}

export class NotStoredError extends Error {
  constructor(key: string) {
    super(`nothing is stored under ${key}`)
    this.name = 'NotStoredError'
  }
}

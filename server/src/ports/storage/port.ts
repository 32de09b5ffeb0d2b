import type { Readable } from 'node:stream'

/** Keeps the bytes of files under keys made by the product (letters, digits, `/`, `-`, `.`). Keys are written once. */
export interface Storage {
  /** Stores the whole stream or nothing. */
  put(key: string, content: Readable, info: { type: string, size?: number }): Promise<void>
  /** @throws NotStoredError when there is no such key. `range` is inclusive, in bytes. */
  get(key: string, range?: { start: number, end: number }): Promise<Readable>
  /** Removes the key. Removing what is not there is no error. */
  remove(key: string): Promise<void>
  /**
   * An address at which whoever has it may download the file for some seconds, under the given name, without going
   * through us. Null when this storage has none that browsers can reach: then the bytes are sent by us.
   */
  link(key: string, download: { name: string, type: string, seconds: number }): Promise<string | null>
  /** @throws when files can be neither stored nor read now. */
  check(): Promise<void>
  close(): void
}

const KEY = /^[a-z0-9]+(?:[/.-][a-z0-9]+)*$/

/** @throws RangeError for what is not a key: nothing may point outside of the storage. */
export function checkKey(key: string): string {
  if (!KEY.test(key)) throw new RangeError(`not a storage key: ${key}`)
  return key
}

export class NotStoredError extends Error {
  constructor(key: string) {
    super(`nothing is stored under ${key}`)
    this.name = 'NotStoredError'
  }
}

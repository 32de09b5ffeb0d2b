import { createReadStream, createWriteStream } from 'node:fs'
import { access, constants, mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { checkKey, NotStoredError, type Storage } from './port.ts'

/** Files in a folder. A file appears under its key by a rename, so that a half written one is never seen. */
export class FolderStorage implements Storage {
  readonly #root: string

  constructor(root: string) {
    this.#root = root
  }

  async put(key: string, content: Readable): Promise<void> {
    const path = this.#path(key)
    await mkdir(dirname(path), { recursive: true })
    const partial = `${path}.part`
    try {
      await pipeline(content, createWriteStream(partial, { flags: 'wx', flush: true }))
      await rename(partial, path)
    } catch (error) {
      await rm(partial, { force: true })
      throw error
    }
  }

  async get(key: string, range?: { start: number, end: number }): Promise<Readable> {
    const path = this.#path(key)
    await stat(path).catch(() => {
      throw new NotStoredError(key)
    })
    return createReadStream(path, range)
  }

  async remove(key: string): Promise<void> {
    await rm(this.#path(key), { force: true })
  }

  async link(): Promise<null> {
    return null
  }

  async check(): Promise<void> {
    await mkdir(this.#root, { recursive: true })
    await access(this.#root, constants.R_OK | constants.W_OK)
  }

  close(): void {}

  #path(key: string): string {
    return join(this.#root, checkKey(key))
  }
}

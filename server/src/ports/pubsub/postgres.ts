import type { Sql } from '../../kernel/db.ts'
import { MAX_MESSAGE_BYTES, type PubSub } from './port.ts'

/** Pub/sub over LISTEN and NOTIFY. postgres.js listens on a connection of its own and listens again after losing it. */
export class PostgresPubSub implements PubSub {
  readonly #sql: Sql

  constructor(sql: Sql) {
    this.#sql = sql
  }

  async publish(channel: string, message: string): Promise<void> {
    if (Buffer.byteLength(message) > MAX_MESSAGE_BYTES) throw new RangeError(`a pub/sub message carries at most ${MAX_MESSAGE_BYTES} bytes`)
    await this.#sql.notify(channel, message)
  }

  async subscribe(channel: string, listener: (message: string) => void): Promise<() => Promise<void>> {
    const { unlisten } = await this.#sql.listen(channel, listener)
    return unlisten
  }

  async close(): Promise<void> {}
}

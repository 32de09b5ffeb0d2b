import type { Sql } from '../../kernel/db.ts'
import { checkSize, type PubSub } from './port.ts'

/** Pub/sub over LISTEN and NOTIFY. postgres.js listens on a connection of its own and listens again after losing it. */
export class PostgresPubSub implements PubSub {
  readonly #sql: Sql

  constructor(sql: Sql) {
    this.#sql = sql
  }

  async publish(channel: string, message: string): Promise<void> {
    checkSize(message)
    await this.#sql.notify(channel, message)
  }

  async subscribe(channel: string, listener: (message: string) => void, resumed?: () => void): Promise<() => Promise<void>> {
    let listened = false
    const { unlisten } = await this.#sql.listen(channel, listener, () => {
      if (listened) resumed?.()
      listened = true
    })
    return unlisten
  }

  async close(): Promise<void> {}
}

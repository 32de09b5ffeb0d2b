/**
 * Changes on their way to Meilisearch, kept in Postgres until its task has succeeded: nothing is lost while it is away,
 * they arrive in order, and one process at a time sends those of an index.
 */
import type { Sql } from 'postgres'
import { SearchError } from '../port.ts'
import type { RemoteDocument } from './documents.ts'

export type Change = { readonly seq: string; readonly id: string; readonly document: RemoteDocument | null; readonly at: Date }

export class Journal {
  readonly #sql: Sql

  constructor(sql: Sql) {
    this.#sql = sql
  }

  /** The fingerprint of what the server holds of an index; null before its first rebuild, and when the server has lost it. */
  async held(name: string): Promise<string | null> {
    const [row] = await this.#sql<{ fingerprint: string }[]>`select fingerprint from search.remote_indexes where name = ${name}`
    return row?.fingerprint ?? null
  }

  async hold(name: string, fingerprint: string): Promise<void> {
    await this.#sql`insert into search.remote_indexes (name, fingerprint) values (${name}, ${fingerprint}) on conflict (name) do update set fingerprint = excluded.fingerprint`
  }

  async append(name: string, changes: readonly Omit<Change, 'seq' | 'at'>[]): Promise<void> {
    if (changes.length === 0) return
    await this.#sql`
      insert into search.remote_changes (index_name, id, document)
      select ${name}, row.id, row.document from jsonb_to_recordset(${JSON.stringify(changes)}::text::jsonb) as row(id text, document jsonb)`
  }

  async forget(name: string): Promise<void> {
    await this.#sql`delete from search.remote_indexes where name = ${name}`
  }

  /** The oldest, at most so many. */
  async read(name: string, limit: number): Promise<Change[]> {
    return this.#sql<Change[]>`select seq::text, id, document, at from search.remote_changes where index_name = ${name} order by seq limit ${limit}`
  }

  async drop(name: string, upTo: string): Promise<void> {
    await this.#sql`delete from search.remote_changes where index_name = ${name} and seq <= ${upTo}::bigint`
  }

  /** How many wait, and since when the oldest does. */
  async waiting(name?: string): Promise<{ changes: number; since: Date | null }> {
    const [row] = await this.#sql<{ changes: number; since: Date | null }[]>`
      select count(*)::int as changes, min(at) as since from search.remote_changes where ${name ?? null}::text is null or index_name = ${name ?? null}::text`
    return row ?? { changes: 0, since: null }
  }

  /** Runs the work as the only one for this index; answers false without running it while somebody else does. */
  async alone(name: string, work: () => Promise<void>): Promise<boolean> {
    const session = await this.#sql.reserve()
    const lock = `search.remote.${name}`
    try {
      const [held] = await session<{ locked: boolean }[]>`select pg_try_advisory_lock(hashtextextended(${lock}, 0)) as locked`
      if (held?.locked !== true) return false
      try {
        await work()
      } finally {
        await session`select pg_advisory_unlock(hashtextextended(${lock}, 0))`
      }
      return true
    } finally {
      session.release()
    }
  }

  async aloneOrRefuse(name: string, work: () => Promise<void>): Promise<void> {
    if (!(await this.alone(name, work))) throw new SearchError('search.rebuild_running', `"${name}" is being rebuilt already.`)
  }
}

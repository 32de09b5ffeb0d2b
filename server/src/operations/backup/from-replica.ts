/** Which replica a backup is read from: only one that is a replica of this very database. */
import postgres from 'postgres'
import { StartProblem } from '../../embedded/settings.ts'
import type { Sql } from '../../kernel/db.ts'
import { replayedOf, writtenOf } from '../../kernel/replica.ts'

/** @throws StartProblem */
export async function replicaToRead(primary: Sql, urls: readonly string[]): Promise<string> {
  const [url] = urls
  if (url === undefined) throw new StartProblem('没有设置 DATABASE_REPLICA_URL，没有副本可以读。', 'DATABASE_REPLICA_URL is not set: there is no replica to read from.')
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    const [here, there] = await Promise.all([writtenOf(primary), replayedOf(sql)])
    if (there.position === undefined || there.origin !== here.origin) throw new StartProblem('DATABASE_REPLICA_URL 不是这个数据库的副本，没有备份。', 'DATABASE_REPLICA_URL is no replica of this database; nothing was saved.')
    return url
  } finally {
    await sql.end()
  }
}

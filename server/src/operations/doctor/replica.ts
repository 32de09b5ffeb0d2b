/** The replicas, each looked at with a connection of its own: is it one, of this database, and how far behind? */
import { setTimeout as delay } from 'node:timers/promises'
import postgres from 'postgres'
import { replayedOf, writtenOf, type Standing } from '../../kernel/replica.ts'
import { about, reasonOf, text, type Finding } from './finding.ts'

const CONNECT_SECONDS = 5
/** So long the replica has to come to where the primary was when the doctor came. */
const PATIENCE_MS = 3_000
const LOOK_MS = 100

const open = (url: string): postgres.Sql => postgres(url, { max: 1, connect_timeout: CONNECT_SECONDS, onnotice: () => {} })

export async function replicaFindings(primaryUrl: string, { urls, maxLagMs }: { urls: readonly string[], maxLagMs: number }): Promise<Finding[]> {
  if (urls.length === 0) return []
  const primary = open(primaryUrl)
  try {
    const here = await writtenOf(primary)
    return await Promise.all(urls.map(url => examined(url, here, maxLagMs)))
  } catch (error) {
    const advice = text('读一读数据库本身的结论；DATABASE_URL 必须指向主库。', 'See what is said of the database itself; DATABASE_URL must lead to the primary.')
    return [about('只读副本', 'Replica').fail(`主库说不出日志写到了哪里：${reasonOf(error)}`, `The primary does not say how far its log reaches: ${reasonOf(error)}`, advice)]
  } finally {
    await primary.end({ timeout: 1 })
  }
}

async function examined(url: string, { origin, position: target }: Standing<bigint>, maxLagMs: number): Promise<Finding> {
  const name = new URL(url).host
  const replica = about(`只读副本 ${name}`, `Replica ${name}`)
  const sql = open(url)
  try {
    const asked = performance.now()
    let standing = await replayedOf(sql)
    if (standing.position === undefined) return replica.fail('它不在恢复状态，是一个可以写的库：读到的会是另一份数据。', 'It is not in recovery, so it is a database of its own: what is read there is something else.', text('让 DATABASE_REPLICA_URL 指向流复制的备库，或把它去掉。', 'Let DATABASE_REPLICA_URL lead to a streaming replica, or leave it out.'))
    if (standing.origin !== origin) return replica.fail('它复制的不是这个数据库。', 'It is a replica of another database.', text('检查 DATABASE_REPLICA_URL 的地址和库名。', 'Check the address and the database\'s name in DATABASE_REPLICA_URL.'))
    while (standing.position !== undefined && standing.position < target && performance.now() - asked < PATIENCE_MS) {
      await delay(LOOK_MS)
      standing = await replayedOf(sql)
    }
    const tookMs = Math.round(performance.now() - asked)
    if ((standing.position ?? 0n) >= target) return replica.ok(`${tookMs} 毫秒内就有了主库的全部内容；落后超过 ${maxLagMs / 1000} 秒时由主库回答。`, `It had all of the primary's within ${tookMs} ms; beyond ${maxLagMs / 1000} s behind, the primary answers.`)
    return await behind(sql, name, target - (standing.position ?? 0n))
  } catch (error) {
    return replica.fail(`连接不上，由主库代为回答：${reasonOf(error)}`, `Cannot be reached, so the primary answers for it: ${reasonOf(error)}`, text('检查它是否在运行、是否允许从这里连接；不需要副本就去掉 DATABASE_REPLICA_URL。', 'Check whether it runs and lets this machine in; without need of a replica leave DATABASE_REPLICA_URL out.'))
  } finally {
    await sql.end({ timeout: 1 })
  }
}

async function behind(sql: postgres.Sql, name: string, bytes: bigint): Promise<Finding> {
  const replica = about(`只读副本 ${name}`, `Replica ${name}`)
  const [row] = await sql<{ paused: boolean, last: Date | null }[]>`select pg_is_wal_replay_paused() as paused, pg_last_xact_replay_timestamp() as last`
  const [zh, en] = row?.last ? [`，最后重放的事务是 ${row.last.toISOString()} 的`, `, and the last transaction it replayed is of ${row.last.toISOString()}`] : ['', '']
  const advice = row?.paused
    ? text('重放被暂停了：在副本上执行 select pg_wal_replay_resume()。', 'Its replay is paused: select pg_wal_replay_resume() there.')
    : text('看副本上的 pg_stat_wal_receiver：没有一行就是断开了，检查 primary_conninfo；有就是来不及重放，查它的磁盘和长查询。', 'See pg_stat_wal_receiver there: no row means it is cut off, so check primary_conninfo; a row means its replay is too slow, so look at its disk and long queries.')
  return replica.warn(`落后 ${bytes} 字节${zh}。由主库代为回答。`, `It is ${bytes} bytes behind${en}. The primary answers for it.`, advice)
}

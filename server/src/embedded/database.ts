/** Which database the server gets, and whether the demo must be loaded into it first. */
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import postgres from 'postgres'
import { migrate } from '../kernel/migrate.ts'
import { StartProblem } from './settings.ts'

const DATABASE = 'miaodan'
/** Under this name the demo is loaded; only a whole one is ever called by the other name. */
const LOADING = 'miaodan_loading'

export type Preparation = {
  url: string
  /** Set when the demo must be loaded: where to, and what to do when it is there. */
  loading?: { url: string, finish: () => Promise<void> }
}

/** Our own Postgres: `serverUrl` names its superuser and the database `postgres`. */
export async function prepareEmbedded(serverUrl: string, dataDir: string, demo: boolean): Promise<Preparation> {
  const sql = postgres(serverUrl, { max: 1, onnotice: () => {} })
  const urlOf = (name: string) => serverUrl.replace(/\/postgres$/, `/${name}`)
  try {
    const names = (await sql<{ datname: string }[]>`select datname from pg_database`).map(row => row.datname)
    if (!names.includes(DATABASE) && demo) {
      clearTheWay(dataDir, names.includes(LOADING))
      await sql`drop database if exists ${sql(LOADING)} with (force)`
      await sql`create database ${sql(LOADING)}`
      // What a power cut takes away is loaded anew. The renaming waits for the disk, and with it all that came before.
      await sql`alter database ${sql(LOADING)} set synchronous_commit to off`
      await migrate(urlOf(LOADING))
      return { url: urlOf(DATABASE), loading: { url: urlOf(LOADING), finish: () => rename(serverUrl) } }
    }
    if (!names.includes(DATABASE)) await sql`create database ${sql(DATABASE)}`
  } finally {
    await sql.end()
  }
  await migrate(urlOf(DATABASE))
  return { url: urlOf(DATABASE) }
}

/** Files and payments of an attempt that was cut off go with its database; those of anybody else are not ours to remove. */
function clearTheWay(dataDir: string, cutOff: boolean): void {
  for (const folder of ['gateway', 'storage'].map(name => join(dataDir, name))) {
    if (cutOff) rmSync(folder, { recursive: true, force: true })
    else if (existsSync(folder)) throw new StartProblem(`目录 ${folder} 属于另一个数据库，请用 DATA_DIR 指定一个新的目录。`, `The folder ${folder} belongs to another database: choose a new one with DATA_DIR.`)
  }
}

async function rename(serverUrl: string): Promise<void> {
  const sql = postgres(serverUrl, { max: 1, onnotice: () => {} })
  try {
    await sql`alter database ${sql(LOADING)} reset synchronous_commit`
    await sql`alter database ${sql(LOADING)} rename to ${sql(DATABASE)}`
  } finally {
    await sql.end()
  }
}

/** A Postgres somebody gave us: the demo goes into an empty database only, and never over a part of itself. */
export async function prepareGiven(url: string, demo: boolean): Promise<Preparation> {
  await migrate(url)
  if (!demo) return { url }
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    const [load] = await sql<{ finished_at: Date | null }[]>`select finished_at from demo_load`
    if (load?.finished_at === null) throw new StartProblem('数据库里的演示数据没有装完，请清空这个数据库，或用 DATABASE_URL 指定一个空的。', 'The demo in this database was not loaded to its end: empty the database, or name an empty one with DATABASE_URL.')
    const [people] = await sql`select 1 from users limit 1`
    return load || people ? { url } : { url, loading: { url, finish: async () => {} } }
  } finally {
    await sql.end()
  }
}

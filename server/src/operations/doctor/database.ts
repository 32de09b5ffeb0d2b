/** The database, looked at with a connection of its own, before anything of the product is opened on it. */
import { setTimeout as delay } from 'node:timers/promises'
import postgres from 'postgres'
import { readMigrations } from '../../kernel/migrate.ts'
import { about, reasonOf, text, type Finding } from './finding.ts'

const OLDEST_VERSION = 170_000
const TESTED_VERSION = 180_000
const CONNECT_SECONDS = 5
/** Others need connections too: psql, backups, monitoring. */
const SPARE_CONNECTIONS = 10
const SKEW_WARN_MS = 1_000
const SKEW_FAIL_MS = 30_000
const SETTLE_MS = 50
const DAY_MS = 86_400_000

type Facts = {
  version: string, number: number, encoding: string, max: number, reserved: number, used: number,
  fsync: string, pages: string, commit: string, size: string
}

/** `sound` says whether the product can be opened on it. */
export async function databaseFindings(url: string, pool: number, demo: boolean): Promise<{ findings: Finding[], sound: boolean }> {
  const sql = postgres(url, { max: 1, connect_timeout: CONNECT_SECONDS, onnotice: () => {} })
  try {
    const [facts] = await sql<Facts[]>`
      select current_setting('server_version') as version, current_setting('server_version_num')::int as number, current_setting('server_encoding') as encoding,
        current_setting('max_connections')::int as max, current_setting('superuser_reserved_connections')::int as reserved,
        (select count(*)::int from pg_stat_activity where backend_type = 'client backend') as used,
        current_setting('fsync') as fsync, current_setting('full_page_writes') as pages, current_setting('synchronous_commit') as commit,
        pg_size_pretty(pg_database_size(current_database())) as size`
    if (!facts) throw new Error('no answer')
    const schema = await migrations(sql)
    const findings = [version(facts), await words(sql), ...schema.findings, connections(facts, pool), ...durability(facts), await clocks(sql), ...schema.sound ? await moved(sql, demo) : []]
    return { findings, sound: schema.sound }
  } catch (error) {
    const advice = text('检查 DATABASE_URL，数据库是否在运行，以及它是否允许从这里连接。', 'Check DATABASE_URL, whether the database runs, and whether it lets this machine in.')
    return { findings: [about('数据库', 'Database').fail(`连接不上：${reasonOf(error)}`, `Cannot be reached: ${reasonOf(error)}`, advice)], sound: false }
  } finally {
    await sql.end({ timeout: 1 })
  }
}

function version({ version: said, number, encoding, size }: Facts): Finding {
  const database = about('数据库', 'Database')
  if (encoding !== 'UTF8') return database.fail(`编码是 ${encoding}，不是 UTF8。`, `Its encoding is ${encoding}, not UTF8.`, text('用 -E UTF8 建一个新的数据库。', 'Create a new one with -E UTF8.'))
  if (number < OLDEST_VERSION) return database.fail(`PostgreSQL ${said} 太旧。`, `PostgreSQL ${said} is too old.`, text('升级到 18。', 'Upgrade to 18.'))
  if (number < TESTED_VERSION) return database.warn(`PostgreSQL ${said}：只在 18 上测试过。`, `PostgreSQL ${said}: tested on 18 only.`)
  return database.ok(`PostgreSQL ${said}，UTF8，${size}`, `PostgreSQL ${said}, UTF8, ${size}`)
}

/** With a locale that knows no letters beyond ASCII, Chinese has no trigrams, and suggestions find nothing without a word. */
async function words(sql: postgres.Sql): Promise<Finding> {
  const chinese = about('中文分词', 'Words')
  const [extension] = await sql<{ installed: boolean }[]>`select installed_version is not null as installed from pg_available_extensions where name = 'pg_trgm'`
  if (!extension) return chinese.fail('没有 pg_trgm 扩展。', 'The extension pg_trgm is not there.', text('安装 postgresql-contrib。', 'Install postgresql-contrib.'))
  if (!extension.installed) return chinese.warn('pg_trgm 还没有启用，迁移时会启用。', 'pg_trgm is not enabled yet; the migration does it.')
  const [row] = await sql<{ trigrams: string[] }[]>`select show_trgm('茶叶礼盒') as trigrams`
  if (row?.trigrams.length) return chinese.ok('pg_trgm 认得汉字。', 'pg_trgm knows Chinese characters.')
  return chinese.fail('数据库的 locale 不认得汉字，搜索建议会是空的。', 'The locale of the database does not know Chinese letters: suggestions stay empty.', text('新建数据库：initdb --locale-provider=builtin --builtin-locale=C.UTF-8 -E UTF8，再恢复备份。', 'Make a new one: initdb --locale-provider=builtin --builtin-locale=C.UTF-8 -E UTF8, and restore a backup into it.'))
}

async function migrations(sql: postgres.Sql): Promise<{ findings: Finding[], sound: boolean }> {
  const schema = about('表结构', 'Schema')
  const files = await readMigrations()
  const [table] = await sql<{ name: string | null }[]>`select to_regclass('migrations')::text as name`
  const applied = new Map(table?.name ? (await sql<{ name: string, sha256: string }[]>`select name, sha256 from migrations`).map(row => [row.name, row.sha256]) : [])
  const missing = files.filter(file => !applied.has(file.name)).map(file => file.name)
  const changed = files.filter(file => applied.has(file.name) && applied.get(file.name) !== file.sha256).map(file => file.name)
  const unknown = [...applied.keys()].filter(name => !files.some(file => file.name === name))
  const findings: Finding[] = []
  if (unknown.length > 0) findings.push(schema.fail(`数据库属于更新的版本：${unknown.join('、')}`, `The database belongs to a newer version: ${unknown.join(', ')}`, text('用那个版本运行。', 'Run that version.')))
  if (changed.length > 0) findings.push(schema.fail(`这些迁移应用之后被改过：${changed.join('、')}`, `These migrations were changed after they were applied: ${changed.join(', ')}`, text('换回发布的文件。', 'Put the released files back.')))
  if (missing.length > 0) findings.push(schema.fail(`缺少 ${missing.length} 个迁移：${missing.join('、')}`, `${missing.length} migrations are missing: ${missing.join(', ')}`, text('运行 npm run migrate', 'Run npm run migrate')))
  if (findings.length === 0) findings.push(schema.ok(`全部 ${files.length} 个迁移都已应用。`, `All ${files.length} migrations are applied.`))
  return { findings, sound: missing.length === 0 && changed.length === 0 }
}

function connections({ max, reserved, used }: Facts, pool: number): Finding {
  const room = about('连接数', 'Connections')
  const each = pool + Math.max(2, Math.floor(pool / 2)) + 1
  const processes = Math.floor((max - reserved - SPARE_CONNECTIONS) / each)
  const [zh, en] = [`max_connections ${max}，现用 ${used}；每个进程最多 ${each} 个，够 ${processes} 个进程。`, `max_connections ${max}, ${used} in use; a process takes up to ${each}, so there is room for ${processes} processes.`]
  const advice = text('调小 DATABASE_POOL，调大 max_connections，或用 PgBouncer。', 'Lower DATABASE_POOL, raise max_connections, or use PgBouncer.')
  if (processes < 1) return room.fail(zh, en, advice)
  return processes < 3 ? room.warn(zh, en, advice) : room.ok(zh, en)
}

function* durability({ fsync, pages, commit }: Facts): Generator<Finding> {
  const durable = about('落盘', 'Durability')
  const off = [fsync === 'off' && 'fsync', pages === 'off' && 'full_page_writes', commit === 'off' && 'synchronous_commit'].filter(Boolean).join(', ')
  if (off) yield durable.fail(`${off} 是关着的：断电会丢掉已经确认的付款。`, `${off} is off: a power cut loses payments that were acknowledged.`, text('在 postgresql.conf 里打开。', 'Turn it on in postgresql.conf.'))
}

/** The better of two looks: the first may have waited for something. */
async function clocks(sql: postgres.Sql): Promise<Finding> {
  const skews: number[] = []
  for (let look = 0; look < 2; look++) {
    const asked = Date.now()
    const [row] = await sql<{ at: number }[]>`select extract(epoch from clock_timestamp())::float8 * 1000 as at`
    skews.push(Math.round(Math.abs((row?.at ?? asked) - (asked + Date.now()) / 2)))
    await delay(SETTLE_MS)
  }
  const skew = Math.min(...skews)
  const clock = about('时钟', 'Clock')
  const advice = text('在两台机器上都打开时间同步（NTP）。', 'Turn on time synchronization (NTP) on both machines.')
  const [zh, en] = [`和数据库相差 ${skew} 毫秒。`, `${skew} ms apart from the database's.`]
  return skew > SKEW_FAIL_MS ? clock.fail(zh, en, advice) : skew > SKEW_WARN_MS ? clock.warn(zh, en, advice) : clock.ok(zh, en)
}

async function moved(sql: postgres.Sql, demo: boolean): Promise<Finding[]> {
  const [row] = await sql<{ offset_ms: string }[]>`select offset_ms from clock`
  const days = Number(row?.offset_ms ?? 0) / DAY_MS
  if (days === 0 || demo) return []
  return [about('时钟', 'Clock').fail(`被拨快了 ${days.toFixed(2)} 天：期限会提前到。`, `It was moved ahead by ${days.toFixed(2)} days: deadlines fire early.`, text('这是演示用的数据库，不要用于生产。', 'This is a demo\'s database: do not use it in production.'))]
}

/**
 * What `npm run doctor`, `backup`, `restore` and `maintenance` work on: the database and settings of the environment or,
 * where it names none, those that `npm start` keeps in DATA_DIR, whether that is running at the moment or not.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import postgres from 'postgres'
import { readPassword } from './cluster.ts'
import { portOf } from './postmaster.ts'
import { startPostgres } from './postgres.ts'
import { loadSecrets } from './secrets.ts'
import { StartProblem } from './settings.ts'

export type Installation = {
  /** To be given to `readConfig`. */
  environment: Record<string, string | undefined>
  close(): Promise<void>
}

const DEFAULT_PORT = 3000
const DATABASE = 'miaodan'

/** `create`: where there is none yet, an empty one is made. @throws StartProblem when there is none */
export async function openInstallation(environment: NodeJS.ProcessEnv, { create = false }: { create?: boolean } = {}): Promise<Installation> {
  const dataDir = resolve(environment['DATA_DIR'] || '.data')
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const settings = { ...keptSecrets(dataDir), ...given, DATA_DIR: dataDir }
  if (given['DATABASE_URL']) return { environment: settings, close: async () => {} }
  const { url, close } = await embedded(join(dataDir, 'postgres'), create)
  if (create) Object.assign(settings, { ...loadSecrets(dataDir), ...given })
  const gatewayPort = given['GATEWAY_PORT'] ?? String(Number(given['PORT'] ?? DEFAULT_PORT) + 1)
  // As `npm start` chooses them.
  const chosen = { DEMO: '1', GATEWAY_URL: `http://127.0.0.1:${gatewayPort}`, ...settings }
  return { environment: { ...chosen, DATABASE_URL: url }, close }
}

function keptSecrets(dataDir: string): Record<string, string> {
  const path = join(dataDir, 'secrets.json')
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) as Record<string, string> : {}
}

async function embedded(folder: string, create: boolean): Promise<{ url: string, close: () => Promise<void> }> {
  const cluster = join(folder, 'cluster')
  if (!existsSync(cluster) && !create) throw new StartProblem(`没有设置 DATABASE_URL，${folder} 里也没有数据库。`, `DATABASE_URL is not set, and there is no database in ${folder}.`)
  const port = portOf(cluster)
  if (port) return { url: `postgres://postgres:${readPassword(folder)}@127.0.0.1:${port}/${DATABASE}`, close: async () => {} }
  const server = await startPostgres({ dataDir: folder })
  if (create) await createDatabase(server.url)
  return { url: server.url.replace(/\/postgres$/, `/${DATABASE}`), close: () => server.stop() }
}

async function createDatabase(serverUrl: string): Promise<void> {
  const sql = postgres(serverUrl, { max: 1, onnotice: () => {} })
  try {
    const [there] = await sql`select 1 from pg_database where datname = ${DATABASE}`
    if (!there) await sql`create database ${sql(DATABASE)}`
  } finally {
    await sql.end()
  }
}

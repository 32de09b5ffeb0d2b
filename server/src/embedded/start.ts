/** `npm start` after installing and building: Postgres, schema, demo data, sandbox gateway, server; and all of it down again. */
import { SupervisedChild } from './child.ts'
import { prepareEmbedded, prepareGiven } from './database.ts'
import { SingleRun } from './once.ts'
import { FolderTakenError } from './owner.ts'
import { startPostgres } from './postgres.ts'
import { loadSecrets } from './secrets.ts'
import { choosePorts, originOf, readStartSettings, StartProblem, type StartSettings } from './settings.ts'
import { complain, say } from './terminal.ts'
import { welcome } from './welcome.ts'

const READY_TIMEOUT_MS = 60_000
const POSTGRES_SETTINGS = { max_connections: '200', shared_buffers: '256MB', max_wal_size: '2GB', random_page_cost: '1.1', jit: 'off' }

/** What must be stopped, in the order it was started; it is stopped the other way round. */
const started: { stop(): Promise<void> }[] = []
let stopping: Promise<void> | undefined

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stopAndExit(0))
// The launcher above us holds this channel; it closes when it is gone, however it went.
process.once('disconnect', () => void stopAndExit(0))
// Output to a terminal that was closed must not keep us from stopping.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)

try {
  await start(readStartSettings(process.env))
} catch (error) {
  if (!stopping) {
    if (error instanceof StartProblem) complain(error.zh, error.message)
    else if (error instanceof FolderTakenError) complain(`数据目录正被另一个进程（${error.pid}）使用，请先停止它，或用 DATA_DIR 指定别的目录。`, `${error.message} Stop it first, or choose another folder with DATA_DIR.`)
    else complain('启动失败：', `Starting failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  }
  await stopAndExit(1)
}

async function start(settings: StartSettings): Promise<void> {
  const gatewayPort = await choosePorts(settings)
  const database = settings.databaseUrl ? await prepareGiven(settings.databaseUrl, settings.demo) : await prepareEmbedded(await startDatabase(settings.dataDir), settings.dataDir, settings.demo)
  if (stopping) return
  const url = originOf(settings.host, settings.port)
  const gatewayUrl = originOf(settings.host, gatewayPort)
  const common = { HOST: settings.host, LOG_LEVEL: settings.logLevel, ...loadSecrets(settings.dataDir), ...settings.secrets }

  const gateway = runChild('沙箱支付网关', 'The sandbox gateway', new URL('../../../gateway/src/main.ts', import.meta.url), {
    ...common,
    PORT: String(gatewayPort),
    DATA_DIR: `${settings.dataDir}/gateway`,
    PUBLIC_URL: settings.gatewayPublicUrl ?? gatewayUrl,
  })
  await gateway.untilAnswers(`${gatewayUrl}/healthz`, READY_TIMEOUT_MS)
  if (stopping) return
  const environment = {
    ...common,
    DEMO: settings.demo ? '1' : '0',
    PORT: String(settings.port),
    DATA_DIR: settings.dataDir,
    GATEWAY_URL: gatewayUrl,
    GATEWAY_PUBLIC_URL: settings.gatewayPublicUrl ?? gatewayUrl,
  }
  // Before the server: its worker would carry out the deadlines of the past while they are still being told.
  if (database.loading) await loadDemo({ ...environment, DATABASE_URL: database.loading.url }, database.loading.finish)
  if (stopping) return

  const server = runChild('服务器', 'The server', new URL('../main.ts', import.meta.url), { ...environment, DATABASE_URL: database.url })
  await server.untilAnswers(`${url}/healthz`, READY_TIMEOUT_MS)
  process.stdout.write(`${welcome(settings.publicUrl ?? url, settings)}\n`)
}

async function loadDemo(environment: Record<string, string>, finish: () => Promise<void>): Promise<void> {
  const loading = new SingleRun(new URL('../demo/main.ts', import.meta.url), environment)
  started.push(loading)
  if (!await loading.succeeded) {
    // It has said why.
    if (!stopping) await stopAndExit(1)
    return
  }
  await finish()
}

async function startDatabase(dataDir: string): Promise<string> {
  const server = await startPostgres({ dataDir: `${dataDir}/postgres`, settings: POSTGRES_SETTINGS })
  started.push(server)
  void server.crashed.then(() => {
    complain('数据库意外停止，正在关闭。再次启动即可，数据不会丢失。', 'The database ended unexpectedly: shutting down. Start again; the data is kept.')
    return stopAndExit(1)
  })
  return server.url
}

function runChild(zh: string, en: string, program: URL, env: Record<string, string>): SupervisedChild {
  const child = new SupervisedChild({
    program,
    env,
    onRestart: (exit, waitMs) => say(`${zh}意外退出（${exit}），${waitMs / 1000} 秒后重启`, `${en} ended (${exit}) and is started again in ${waitMs / 1000} s`),
  })
  started.push(child)
  return child
}

function stopAndExit(code: number): Promise<void> {
  stopping ??= (async () => {
    for (const part of started.toReversed()) await part.stop().catch((error: unknown) => complain('关闭时出错：', `While stopping: ${String(error)}`))
    process.exit(code)
  })()
  return stopping
}

import { resolve } from 'node:path'
import { portProblem } from './ports.ts'
import { secretNames, type Secrets } from './secrets.ts'

export type StartSettings = {
  host: string
  port: number
  /** Undefined: the first free one above the server's. */
  gatewayPort: number | undefined
  dataDir: string
  /** Undefined: an embedded Postgres is started. */
  databaseUrl: string | undefined
  demo: boolean
  logLevel: string
  /** Where browsers find the two sites, when that is not where they listen. */
  publicUrl: string | undefined
  gatewayPublicUrl: string | undefined
  /** Those that are given instead of being made. */
  secrets: Partial<Secrets>
}

/** A mistake of whoever starts us: told in one sentence, without a stack. */
export class StartProblem extends Error {
  readonly zh: string
  constructor(zh: string, en: string) {
    super(en)
    this.name = 'StartProblem'
    this.zh = zh
  }
}

const LAST_PORT = 65_535
/** How many ports above the server's are tried for the gateway. */
const NEIGHBOURS = 20

export function readStartSettings(environment: NodeJS.ProcessEnv): StartSettings {
  const port = readPort(environment, 'PORT', 3000)
  return {
    host: environment['HOST'] || '127.0.0.1',
    port,
    gatewayPort: environment['GATEWAY_PORT'] ? readPort(environment, 'GATEWAY_PORT', 0) : undefined,
    dataDir: resolve(environment['DATA_DIR'] || '.data'),
    databaseUrl: environment['DATABASE_URL'] || undefined,
    demo: environment['DEMO'] !== '0',
    logLevel: environment['LOG_LEVEL'] || 'warn',
    publicUrl: environment['PUBLIC_URL'] || undefined,
    gatewayPublicUrl: environment['GATEWAY_PUBLIC_URL'] || undefined,
    secrets: Object.fromEntries(secretNames.flatMap((name) => (environment[name] ? [[name, environment[name]]] : []))),
  }
}

/** Where a program on this machine, and a browser on it, finds what listens there. */
export function originOf(host: string, port: number): string {
  const name = ['127.0.0.1', '::1', '0.0.0.0', '::'].includes(host) ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `http://${name}:${port}`
}

/** Settled before anything is started, so that a refusal leaves nothing behind. Answers with the gateway's port. */
export async function choosePorts({ host, port, gatewayPort }: StartSettings): Promise<number> {
  await assertFree('PORT', port, host)
  if (gatewayPort) {
    await assertFree('GATEWAY_PORT', gatewayPort, host)
    return gatewayPort
  }
  for (let candidate = port + 1; candidate <= Math.min(port + NEIGHBOURS, LAST_PORT); candidate++) {
    if (!(await portProblem(candidate, host))) return candidate
  }
  throw new StartProblem(`${port} 之后没有空闲端口给沙箱支付网关，请用 GATEWAY_PORT 指定一个。`, `No port after ${port} is free for the sandbox gateway: choose one with GATEWAY_PORT.`)
}

async function assertFree(name: string, port: number, host: string): Promise<void> {
  const problem = await portProblem(port, host)
  const example = `${name}=${port + 10 > LAST_PORT ? 3000 : port + 10} npm start`
  if (problem === 'taken') throw new StartProblem(`端口 ${port} 已被别的程序占用，请换一个，例如：${example}`, `Port ${port} is taken by another program: choose another one, for example ${example}`)
  if (problem === 'forbidden') throw new StartProblem(`没有权限使用端口 ${port}，请换一个大于 1024 的，例如：${name}=3000 npm start`, `Port ${port} is not allowed for this user: choose one above 1024, for example ${name}=3000 npm start`)
  if (problem) throw new StartProblem(`无法在 ${host} 上使用端口 ${port}，请检查 HOST 和 ${name}。`, `Port ${port} cannot be used on ${host}: check HOST and ${name}.`)
}

function readPort(environment: NodeJS.ProcessEnv, name: string, fallback: number): number {
  const text = environment[name]
  if (!text) return fallback
  const port = Number(text)
  if (!/^\d+$/.test(text) || port < 1 || port > LAST_PORT) throw new StartProblem(`${name} 应为 1 到 ${LAST_PORT} 的整数，现在是“${text}”。`, `${name} must be a whole number from 1 to ${LAST_PORT}, not "${text}".`)
  return port
}

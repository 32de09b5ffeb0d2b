import { resolve } from 'node:path'
import { portProblem } from './ports.ts'

export type StartSettings = {
  host: string
  port: number
  gatewayPort: number
  dataDir: string
  /** Undefined: an embedded Postgres is started. */
  databaseUrl: string | undefined
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

export function readStartSettings(environment: NodeJS.ProcessEnv): StartSettings {
  const port = readPort(environment, 'PORT', 3000)
  return {
    host: environment['HOST'] || '127.0.0.1',
    port,
    gatewayPort: readPort(environment, 'GATEWAY_PORT', port === LAST_PORT ? port - 1 : port + 1),
    dataDir: resolve(environment['DATA_DIR'] || '.data'),
    databaseUrl: environment['DATABASE_URL'] || undefined,
  }
}

/** Asked before anything is started, so that a refusal leaves nothing behind. */
export async function assertPortsFree({ host, port, gatewayPort }: StartSettings): Promise<void> {
  const wanted = [
    { name: 'PORT', port },
    { name: 'GATEWAY_PORT', port: gatewayPort },
  ]
  for (const { name, port: number } of wanted) {
    const problem = await portProblem(number, host)
    const example = `${name}=${number + 10 > LAST_PORT ? 3000 : number + 10} npm start`
    if (problem === 'taken') throw new StartProblem(`端口 ${number} 已被别的程序占用，请换一个，例如：${example}`, `Port ${number} is taken by another program: choose another one, for example ${example}`)
    if (problem === 'forbidden') throw new StartProblem(`没有权限使用端口 ${number}，请换一个大于 1024 的，例如：${name}=3000 npm start`, `Port ${number} is not allowed for this user: choose one above 1024, for example ${name}=3000 npm start`)
    if (problem) throw new StartProblem(`无法在 ${host} 上使用端口 ${number}，请检查 HOST 和 ${name}。`, `Port ${number} cannot be used on ${host}: check HOST and ${name}.`)
  }
}

function readPort(environment: NodeJS.ProcessEnv, name: string, fallback: number): number {
  const text = environment[name]
  if (!text) return fallback
  const port = Number(text)
  if (!/^\d+$/.test(text) || port < 1 || port > LAST_PORT) throw new StartProblem(`${name} 应为 1 到 ${LAST_PORT} 的整数，现在是“${text}”。`, `${name} must be a whole number from 1 to ${LAST_PORT}, not "${text}".`)
  return port
}

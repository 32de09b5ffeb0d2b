/** What must be true before anything runs: the right Node, the packages, the built web. For any Node >= 20, no dependency. */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, constants, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

const PNPM = 'pnpm@12.21.0'
const OLDEST_NODE = 20
/** Everything that decides what the built web is. */
const WEB_SOURCES = ['web', 'shared', 'pnpm-lock.yaml']
const binaries = join(root, 'node_modules', '.bin')
/** The pinned Node itself, not a wrapper: signals must reach it. */
export const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')

/**
 * Installs when something changed.
 * @returns {Promise<NodeJS.ProcessEnv>} the environment for everything that follows
 */
export async function prepare() {
  if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
    throw new PrepareError(`需要 Node ${OLDEST_NODE} 或更新的版本，现在是 ${process.version}。`, `Node ${OLDEST_NODE} or newer is needed; this is ${process.version}.`)
  }
  const env = environment()
  if (!isInstalled()) {
    await step('安装依赖', 'Installing packages', 'npx', ['-y', PNPM, 'install', '--frozen-lockfile'], { ...env, CI: '1' })
    if (!isInstalled()) throw new PrepareError('依赖没有装好：请删除 node_modules 后再试。', 'The packages are not complete: remove node_modules and try again.')
  }
  return env
}

/**
 * Builds the web when its sources are not those of the last build.
 * @param {NodeJS.ProcessEnv} env
 */
export async function buildWeb(env) {
  const stamp = join(root, 'web', 'dist', '.built-from')
  const sources = hashOf(WEB_SOURCES)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return
  await step('构建网页', 'Building the web', join(binaries, 'vite'), ['build'], env, join(root, 'web'))
  writeFileSync(stamp, sources)
}

/** A reason not to go on that its reader can act upon; it carries both languages. */
export class PrepareError extends Error {
  /** @param {string} zh @param {string} en */
  constructor(zh, en) {
    super(`${zh}\n  ${en}`)
  }
}

/** pnpm keeps a copy of the lockfile it installed from. */
function isInstalled() {
  const installed = join(root, 'node_modules', '.pnpm', 'lock.yaml')
  if (!existsSync(installed) || !readFileSync(installed).equals(readFileSync(join(root, 'pnpm-lock.yaml')))) return false
  return spawnSync(node, ['--version'], { stdio: 'ignore' }).status === 0
}

/** npm and pnpm want a home to write to; where there is none they get one inside the checkout. */
function environment() {
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, PATH: `${binaries}${delimiter}${process.env['PATH'] ?? ''}` }
  if (isWritable(process.env['HOME'] && homedir())) return env
  const home = join(root, '.cache', 'home')
  mkdirSync(home, { recursive: true })
  for (const name of ['XDG_DATA_HOME', 'XDG_CACHE_HOME', 'XDG_CONFIG_HOME', 'XDG_STATE_HOME']) delete env[name]
  return { ...env, HOME: home, npm_config_cache: join(home, '.npm') }
}

/** @param {string | undefined} folder */
function isWritable(folder) {
  if (!folder) return false
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/**
 * One quiet line for a step that takes long; what it had to say is shown only when it fails.
 * @param {string} zh @param {string} en @param {string} command @param {string[]} args @param {NodeJS.ProcessEnv} env
 */
async function step(zh, en, command, args, env, cwd = root) {
  const startedAt = Date.now()
  process.stdout.write(`  ${zh} · ${en} …`)
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  const stop = () => {
    child.kill('SIGTERM')
    process.exit(130)
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, stop)
  const problem = await new Promise((done) => {
    child.once('error', (error) => done(error.message))
    child.once('close', (code, signal) => done(code === 0 ? undefined : (signal ?? `exit ${code}`)))
  })
  for (const signal of signals) process.off(signal, stop)
  process.stdout.write(problem ? ' ✗\n' : ` ${((Date.now() - startedAt) / 1000).toFixed(1)} s\n`)
  if (!problem) return
  process.stderr.write(`\n${output.trim().split('\n').slice(-40).join('\n')}\n`)
  throw new PrepareError(`${zh}失败（${problem}）。`, `${en} failed (${problem}).`)
}

/**
 * Of contents, not times: a fresh clone and a touched file are no reason to build again.
 * @param {string[]} places
 */
function hashOf(places) {
  const hash = createHash('sha256')
  const add = (/** @type {string} */ path) => {
    const full = join(root, path)
    if (!statSync(full).isDirectory()) return void hash.update(`${path}\0`).update(readFileSync(full))
    for (const name of readdirSync(full).sort()) {
      if (!['node_modules', 'dist', 'e2e'].includes(name) && !name.endsWith('.test.ts')) add(join(path, name))
    }
  }
  places.forEach(add)
  return hash.digest('hex')
}

/** `npm start`: installs, builds and starts everything, and takes everything down with it. For any Node >= 20. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { buildWeb, node, prepare, PrepareError, root } from './prepare.mjs'

const PARENT_CHECK_MS = 1_000

/** @type {NodeJS.ProcessEnv} */
let env
try {
  env = await prepare()
  await buildWeb(env)
} catch (error) {
  if (!(error instanceof PrepareError)) throw error
  process.stderr.write(`\n  ${error.message}\n\n`)
  process.exit(1)
}

// A start after the first one finds its code compiled and its types stripped.
env['NODE_COMPILE_CACHE'] ??= join(root, '.cache', 'compile')

// The channel tells the child when we are gone. It stands in a group of its own, so that a Ctrl-C reaches it once, from us.
const child = spawn(node, [join(root, 'server', 'src', 'embedded', 'start.ts')], { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'], detached: true })

let asked = false
function stop() {
  // Whoever asks twice does not want to wait: what hangs on the child ends by itself when it is gone.
  child.kill(asked ? 'SIGKILL' : 'SIGTERM')
  asked = true
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop)
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)

// npm can be killed without telling us; then somebody else becomes our parent.
const parent = process.ppid
if (process.env.npm_lifecycle_event) setInterval(() => process.ppid !== parent && !asked && stop(), PARENT_CHECK_MS).unref()

child.once('error', (error) => {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
})
child.once('exit', (code) => process.exit(code ?? (asked ? 0 : 1)))

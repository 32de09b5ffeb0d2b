/**
 * `npm test`: everything, on any machine with Node >= 20. Arguments go to vitest (a part of a path, `-t name`).
 * The last line is `N passed, N failed`.
 */
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { prepareBrowser } from './browser.mjs'
import { buildWeb, node, PrepareError, prepare, root } from './prepare.mjs'
import { prepareProxy } from './proxy.mjs'
import { prepareRedis } from './redis.mjs'

const args = process.argv.slice(2)
const results = join(root, 'test-results')
const total = { passed: 0, failed: 0 }

try {
  const env = await prepare()
  const wantsJourneys = args.length === 0 || args.some((argument) => argument.includes('e2e'))
  const wantsOthers = args.length === 0 || !wantsJourneys
  rmSync(results, { recursive: true, force: true })
  mkdirSync(results, { recursive: true })
  if (wantsOthers) prepareRedis()
  if (wantsOthers) prepareProxy()
  if (wantsOthers) await run('others', ['--project=!e2e'], env)
  if (wantsJourneys) {
    await buildWeb(env)
    weighHome()
    await run('journeys', ['--project=e2e'], { ...env, CHROMIUM_PATH: await prepareBrowser() })
  }
} catch (error) {
  // What could not be prepared could not be tested, which is no success.
  total.failed++
  process.stderr.write(`\n  ${describe(error)}\n\n`)
}
if (total.passed + total.failed === 0) {
  process.stderr.write('  没有找到测试 · No test was found\n')
  process.exitCode = 1
}
if (total.failed > 0) process.exitCode = 1
process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`)

/** What the first visit loads has a limit; what is above it is told, and counts as one failed. */
function weighHome() {
  const { status, stdout } = spawnSync(node, [join(root, 'web', 'scripts', 'size.mjs')], { encoding: 'utf8' })
  if (status === 0) return void total.passed++
  total.failed++
  process.stderr.write(`\n${stdout}\n  首页的脚本超过上限 · The home page loads more script than its limit\n\n`)
}

/** @param {unknown} error */
function describe(error) {
  if (error instanceof PrepareError) return error.message
  return error instanceof Error ? error.stack : String(error)
}

/** @param {string} name @param {string[]} selection @param {NodeJS.ProcessEnv} env */
async function run(name, selection, env) {
  const report = join(results, `${name}.json`)
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const child = spawn(node, [vitest, 'run', '--passWithNoTests', ...reporters, ...selection, ...args], { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] })
  const forward = (/** @type {NodeJS.Signals} */ signal) => void child.kill(signal)
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, forward)
  const code = await new Promise((done) => child.once('error', () => done(1)).once('exit', (exit) => done(exit ?? 1)))
  const { passed, failed } = readReport(report)
  total.passed += passed
  // Vitest also fails for what no test tells of: a crash, an error after the tests, a report never written.
  total.failed += code === 0 ? failed : Math.max(failed, 1)
}

/** @param {string} path */
function readReport(path) {
  try {
    const report = JSON.parse(readFileSync(path, 'utf8'))
    // A file that could not be loaded has no tests to fail: it counts as one.
    const broken = report.testResults.filter((/** @type {any} */ file) => file.status === 'failed' && !file.assertionResults.some((/** @type {any} */ test) => test.status === 'failed'))
    return { passed: report.numPassedTests, failed: report.numFailedTests + broken.length }
  } catch {
    return { passed: 0, failed: 0 }
  }
}

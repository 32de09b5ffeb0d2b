/** Debian's packages, for what npm does not carry: installed where we may, left alone where we may not. For any Node >= 20. */
import { spawnSync } from 'node:child_process'

const PROBE_TIMEOUT_MS = 30_000
const APT_TIMEOUT_MS = 300_000

/**
 * @param {string[]} packages the best first; one of them is enough
 * @param {string[]} companions installed together with it
 * @returns {boolean} whether one was installed
 */
export function installFirst(packages, companions = []) {
  if (process.getuid?.() !== 0 || !succeeds('apt-get', ['--version'], PROBE_TIMEOUT_MS)) return false
  const install = (/** @type {string} */ name) => apt('install', '-y', '--no-install-recommends', name, ...companions)
  if (packages.some(install)) return true
  return apt('update') && packages.some(install)
}

/** @param {string[]} args */
function apt(...args) {
  process.stdout.write(`  apt-get ${args.join(' ')}\n`)
  return succeeds('apt-get', ['-o', 'DPkg::Lock::Timeout=120', '-qq', ...args], APT_TIMEOUT_MS, { DEBIAN_FRONTEND: 'noninteractive' })
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {number} timeout
 * @param {Record<string, string>} env
 */
export function succeeds(command, args, timeout, env = {}) {
  return spawnSync(command, args, { stdio: 'ignore', timeout, env: { ...process.env, ...env } }).status === 0
}

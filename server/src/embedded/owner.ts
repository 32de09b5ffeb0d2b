import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const ATTEMPTS = 5

/**
 * Takes a data folder for this process, so that two programs never run on the same one. A claim outlives a SIGKILL as a
 * file; it counts only as long as the very process that wrote it is alive. Returns how to give the folder back.
 */
export function claimFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, 'owner.json')
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    try {
      writeFileSync(path, JSON.stringify({ pid: process.pid, born: bornAt(process.pid) }), { flag: 'wx' })
      return () => rmSync(path, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const owner = livingOwner(path)
    if (owner) throw new FolderTakenError(folder, owner)
    rmSync(path, { force: true })
  }
  throw new Error(`The data folder ${folder} could not be taken.`)
}

export class FolderTakenError extends Error {
  readonly pid: number
  constructor(folder: string, pid: number) {
    super(`The data folder ${folder} is in use by process ${pid}.`)
    this.name = 'FolderTakenError'
    this.pid = pid
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function livingOwner(path: string): number | undefined {
  try {
    const { pid, born } = JSON.parse(readFileSync(path, 'utf8')) as { pid: number; born: string | null }
    return isAlive(pid) && isSame(pid, born) ? pid : undefined
  } catch {
    return undefined
  }
}

function isSame(pid: number, born: string | null): boolean {
  return born === null || bornAt(pid) === born
}

/** Process ids are used again after a reboot or in a new container; with the moment of birth (Linux) they are unique. */
function bornAt(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fieldsAfterName = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // Dead, though nobody has asked how: some containers never do.
    if (fieldsAfterName[0] === 'Z') return null
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    return `${boot}:${fieldsAfterName[19]}`
  } catch {
    return null
  }
}

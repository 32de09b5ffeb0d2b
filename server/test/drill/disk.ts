/** A disk that fills up under the uploads: what does not fit is refused and leaves nothing behind, and with room again it goes on. */
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import type { World } from '../crash/world.ts'
import type { Stage } from './stage.ts'

const DISK = '2m'
const LARGER_DISK = '64m'
const FILE_BYTES = 300_000
const TRIES = 12

/** Answers with a sentence for the report. Needs the right to mount; says so when there is none. */
export async function fillDisk({ t, url }: Stage, { buyers }: World): Promise<string> {
  const folder = join(t.deps.config.dataDir, 'storage')
  mkdirSync(folder, { recursive: true })
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK}`, 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    return 'disk full: not tried, for want of the right to mount a small one'
  }
  try {
    const upload = async (): Promise<number> => {
      const form = new FormData()
      form.set('file', new Blob([randomBytes(FILE_BYTES / 2).toString('hex')], { type: 'text/plain' }), 'notes.txt')
      const answer = await fetch(`${url}/api/v1/uploads`, { method: 'POST', headers: { cookie: buyers[0]?.cookie ?? '' }, body: form })
      await answer.text()
      return answer.status
    }
    const statuses: number[] = []
    for (let count = 0; count < TRIES; count++) statuses.push(await upload())
    const [row] = await t.deps.db.execute<{ count: string }>(sql`select count(*) as count from uploads`)
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile()).length
    const taken = statuses.filter(status => status < 300).length
    if (taken === 0 || taken === TRIES || Number(row?.count) !== taken || files !== taken) throw new Error(`the disk was full: ${statuses.join(' ')}, ${row?.count} rows, ${files} files`)
    execFileSync('mount', ['-o', `remount,size=${LARGER_DISK}`, folder], { stdio: 'ignore' })
    const afterwards = await upload()
    if (afterwards >= 300) throw new Error(`with room again an upload was answered with ${afterwards}`)
    return `disk full: ${taken} of ${TRIES} uploads fitted, the others were answered with ${[...new Set(statuses.filter(status => status >= 300))].join(', ')} and left nothing; with room again they are taken`
  } finally {
    execFileSync('umount', ['-l', folder], { stdio: 'ignore' })
  }
}

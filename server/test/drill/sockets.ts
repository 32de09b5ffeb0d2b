/** Everybody's browser connects in the same moment, as after an outage. */
import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import WebSocket from 'ws'
import type { Killable } from '../crash/killable.ts'
import { signUp, type TestPerson } from '../people.ts'
import type { Stage } from './stage.ts'

const PER_PERSON_AND_PROCESS = 20
const SPARE_FILES = 1_000
const PATIENCE_MS = 180_000
const POLL_MS = 50
/** As a browser waits. */
const FIRST_WAIT_MS = 500

/** Opens up to `wanted` sockets at once, as many as this machine lets one process have; answers with a sentence for the report. */
export async function connectAtOnce({ t, fleet: { webs } }: Stage, wanted: number): Promise<string> {
  const files = Number(/Max open files\s+(\d+)/.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1] ?? 1_024)
  const count = Math.min(wanted, files - SPARE_FILES)
  if (count <= 0) return 'sockets: none asked for'
  const people: TestPerson[] = []
  while (people.length * PER_PERSON_AND_PROCESS * webs.length < count) people.push(await signUp(t))

  const before = memoryOf(webs)
  const started = performance.now()
  let greeted = 0
  let told = 0
  /** Why some had to come again. */
  const refusals: string[] = []
  const sockets: WebSocket[] = []
  const connect = (index: number): void => {
    const web = webs[index % webs.length] as Killable
    const person = people[Math.floor(index / webs.length) % people.length] as TestPerson
    const socket = sockets[index] = new WebSocket(`${web.url.replace('http', 'ws')}/api/v1/live`, { headers: { cookie: person.cookie }, handshakeTimeout: PATIENCE_MS, perMessageDeflate: false })
    socket.on('message', data => {
      if (String(data).includes('"hello"')) greeted++
      else if (String(data).includes('"drill.told"')) told++
    })
    socket.on('error', error => {
      refusals.push(error.message)
      setTimeout(connect, FIRST_WAIT_MS + Math.random() * FIRST_WAIT_MS, index)
    })
  }
  for (let index = 0; index < count; index++) connect(index)
  for (const end = started + PATIENCE_MS; greeted < count && performance.now() < end;) await delay(POLL_MS)
  const openedMs = performance.now() - started
  const perSocket = (memoryOf(webs) - before) / Math.max(1, greeted)

  const telling = performance.now()
  t.deps.live.notify(people.map(person => person.userId), { type: 'drill.told' })
  for (const end = telling + PATIENCE_MS; told < greeted && performance.now() < end;) await delay(POLL_MS)
  const toldMs = performance.now() - telling
  const open = sockets.filter(socket => socket.readyState === WebSocket.OPEN).length
  for (const socket of sockets) socket.terminate()
  if (open < count || told < open) throw new Error(`${count} sockets at once: ${greeted} greeted, ${refusals.length} refused, ${open} open, ${told} told`)
  return `${count} sockets at once, on ${webs.length} processes: all open after ${(openedMs / 1000).toFixed(1)} s${refusals.length > 0 ? ` (${refusals.length} had to come again: ${refusals[0]})` : ''}, ${(perSocket / 1024).toFixed(1)} kB each; all told something ${(toldMs / 1000).toFixed(1)} s later${count < wanted ? ` (this machine lets a process have ${files} files)` : ''}`
}

/** Resident memory of the processes, in bytes. */
function memoryOf(processes: readonly Killable[]): number {
  return processes.reduce((sum, { pid }) => sum + 1024 * Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0), 0)
}

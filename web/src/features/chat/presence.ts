/** Who is here now: what the server said with the person, corrected by what the socket has told since. */
import { effectScope, reactive } from 'vue'
import { onLive } from '@/lib/live.ts'
import type { Person } from './types.ts'

/** A page that is loaded anew is away for a moment: only who stays away is shown so. */
const AWAY_AFTER_MS = 5_000

const told = reactive(new Map<string, boolean>())
const leaving = new Map<string, ReturnType<typeof setTimeout>>()
let listening = false

export function isHere(person: Person): boolean {
  listen()
  return told.get(person.id) ?? person.online
}

function listen(): void {
  if (listening) return
  listening = true
  effectScope(true).run(() => {
    onLive<{ type: string, userId: string, online: boolean }>('presence.changed', ({ userId, online }) => {
      clearTimeout(leaving.get(userId))
      if (online) told.set(userId, true)
      else leaving.set(userId, setTimeout(() => told.set(userId, false), AWAY_AFTER_MS))
    })
  })
}

/**
 * The time as the server has it. A demo's clock may have been moved forward and a phone's may be wrong; deadlines must read right on
 * both, so every screen takes its time from here.
 */
import { getCurrentScope, onScopeDispose, readonly, ref, type Ref } from 'vue'

let offsetMs = 0
const seconds = ref(Date.now())
const minutes = ref(Date.now())
let timer: ReturnType<typeof setInterval> | undefined
let watchers = 0

function tick(): void {
  const now = Date.now() + offsetMs
  seconds.value = now
  if (Math.floor(now / 60_000) !== Math.floor(minutes.value / 60_000)) minutes.value = now
}

/** Tells the clock what the server's says. `roundTripMs`: how long the answer took; half of it has passed since. */
export function setServerTime(now: string | number | Date, roundTripMs = 0): void {
  offsetMs = new Date(now).getTime() + roundTripMs / 2 - Date.now()
  minutes.value = 0
  tick()
}

export const serverNow = (): number => Date.now() + offsetMs

/** The time now in milliseconds, ticking each second or, for dates as people say them, each minute, while somebody looks. */
export function useNow(every: 'second' | 'minute' = 'minute'): Readonly<Ref<number>> {
  if (!getCurrentScope()) throw new Error('useNow belongs in setup or an effect scope')
  watchers += 1
  timer ??= setInterval(tick, 1000)
  tick()
  onScopeDispose(() => {
    watchers -= 1
    if (watchers === 0) {
      clearInterval(timer)
      timer = undefined
    }
  })
  return readonly(every === 'second' ? seconds : minutes)
}

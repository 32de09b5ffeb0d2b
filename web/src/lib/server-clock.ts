/**
 * What the server says of itself: its time, and whether it is under maintenance. Asked once the app runs and whenever the tab comes
 * back, since a demo's clock may have been moved meanwhile; during maintenance again and again, so that its end is seen.
 */
import { useDocumentVisibility } from '@vueuse/core'
import { watch } from 'vue'
import { api } from './api.ts'
import { setServerTime } from './clock.ts'
import { maintenance } from './maintenance.ts'

const AGAIN_MS = 30_000
let timer: ReturnType<typeof setTimeout> | undefined

/** Without an answer the device's own clock serves. */
export async function askServer(): Promise<void> {
  const asked = performance.now()
  clearTimeout(timer)
  try {
    const said = await api.system.info()
    setServerTime(said.now, performance.now() - asked)
    maintenance.value = said.maintenance
  } catch {
    // It is asked again below, or when the tab comes back.
  }
  if (maintenance.value) timer = setTimeout(() => void askServer(), AGAIN_MS)
}

export function followServerClock(): void {
  const visibility = useDocumentVisibility()
  watch(visibility, (state) => {
    if (state === 'visible') void askServer()
  }, { immediate: true })
}

/** Sets the clock once the app runs and again whenever the tab comes back: a demo's clock may have been moved meanwhile. */
import { useDocumentVisibility } from '@vueuse/core'
import { watch } from 'vue'
import { api } from './api.ts'
import { setServerTime } from './clock.ts'

async function readServerClock(): Promise<void> {
  const asked = performance.now()
  const { now } = await api.system.info()
  setServerTime(now, performance.now() - asked)
}

export function followServerClock(): void {
  const visibility = useDocumentVisibility()
  watch(visibility, (state) => {
    // Without an answer the device's own clock serves.
    if (state === 'visible') readServerClock().catch(() => undefined)
  }, { immediate: true })
}

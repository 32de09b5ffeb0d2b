/** Whether a page is on its way. Short waits are not shown: a bar that flashes only makes the app feel slower. */
import { readonly, ref } from 'vue'
import type { Router } from 'vue-router'

const SHOW_AFTER_MS = 150
const loading = ref(false)
let timer: ReturnType<typeof setTimeout> | undefined

function finish(): void {
  clearTimeout(timer)
  loading.value = false
}

export function followNavigation(router: Router): void {
  router.beforeEach(() => {
    clearTimeout(timer)
    timer = setTimeout(() => { loading.value = true }, SHOW_AFTER_MS)
  })
  router.afterEach(finish)
  router.onError(finish)
}

export const useLoading = () => readonly(loading)

/** Where a page stands after a navigation. */
import type { RouterScrollBehavior } from 'vue-router'

const LONGEST_WAIT_MS = 1_500

/** A page that is drawn in steps (its rows still load) is not yet long enough to stand where it stood: waits until it is, not for ever. */
async function untilReachable(top: number): Promise<void> {
  const giveUp = performance.now() + LONGEST_WAIT_MS
  do {
    await new Promise(resolve => requestAnimationFrame(resolve))
  } while (document.documentElement.scrollHeight - window.innerHeight < top && performance.now() < giveUp)
}

export const scrollBehavior: RouterScrollBehavior = async (to, from, saved) => {
  if (saved) {
    await untilReachable(saved.top)
    return saved
  }
  if (to.hash) return { el: to.hash }
  // Filters live in the address; changing one must not throw the reader back to the top.
  return to.path === from.path ? false : { top: 0 }
}

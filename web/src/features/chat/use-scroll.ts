/** A thread stays at its end while one is there, and where one reads otherwise. */
import { nextTick, onBeforeUnmount, onMounted, ref, type Ref } from 'vue'

/** Within this distance of the end one is at the end. */
const NEAR_PX = 80
const OLDER_WITHIN_PX = 400

export function useThreadScroll(box: Ref<HTMLElement | null>, content: Ref<HTMLElement | null>, loadOlder: () => Promise<void>) {
  const atEnd = ref(true)
  let observer: ResizeObserver | undefined

  function toEnd(): void {
    atEnd.value = true
    if (box.value) box.value.scrollTop = box.value.scrollHeight
  }

  async function onScroll(): Promise<void> {
    const element = box.value
    if (!element) return
    atEnd.value = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX
    if (element.scrollTop < OLDER_WITHIN_PX) await prepend(element)
  }

  /** What is read stays under the eye while older messages are put above it. */
  async function prepend(element: HTMLElement): Promise<void> {
    const fromEnd = element.scrollHeight - element.scrollTop
    await loadOlder()
    await nextTick()
    if (element.scrollHeight - element.scrollTop !== fromEnd && !atEnd.value) element.scrollTop = element.scrollHeight - fromEnd
  }

  /** Shows the line above what is new, or the end. */
  async function begin(marker: () => HTMLElement | null | undefined): Promise<void> {
    await nextTick()
    const line = marker()
    if (line) line.scrollIntoView({ block: 'center' })
    else toEnd()
    await onScroll()
  }

  onMounted(() => {
    // Pictures that arrive, a keyboard that opens, a composer that grows: the end stays the end.
    observer = new ResizeObserver(() => {
      if (atEnd.value) toEnd()
    })
    if (box.value) observer.observe(box.value)
    if (content.value) observer.observe(content.value)
  })
  onBeforeUnmount(() => observer?.disconnect())

  return { atEnd, toEnd, onScroll, begin }
}

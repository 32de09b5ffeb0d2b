/**
 * Keys of a page: a letter ('j'), two after one another ('g n'), or with Ctrl or ⌘ ('mod+enter'). While somebody types or a dialog is
 * open, only those with Ctrl or ⌘ and Escape are heard, and in a dialog none.
 */
import { onMounted, onUnmounted } from 'vue'

const SEQUENCE_MS = 1200
/** Chinese input methods send their own marks for these keys. */
const SAME: Record<string, string> = { '【': '[', '「': '[', '】': ']', '」': ']', '？': '?' }

const isTyping = (target: EventTarget | null): boolean => target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
const isControl = (target: EventTarget | null): boolean => target instanceof HTMLElement && target.closest('a, button, summary') !== null

export function useKeys(keys: Record<string, () => unknown>): void {
  let before = ''
  let at = -SEQUENCE_MS

  function nameOf(event: KeyboardEvent): string {
    const key = SAME[event.key] ?? event.key.toLowerCase()
    return event.metaKey || event.ctrlKey ? `mod+${key}` : key
  }
  function onKey(event: KeyboardEvent): void {
    if (event.isComposing || event.altKey || (event.repeat && event.key === 'Enter') || document.querySelector('[role="dialog"]')) return
    const name = nameOf(event)
    if (isTyping(event.target) && !name.startsWith('mod+') && name !== 'escape') return
    if (name === 'enter' && isControl(event.target)) return
    const sequence = event.timeStamp - at < SEQUENCE_MS ? `${before} ${name}` : name
    const act = keys[sequence] ?? keys[name]
    before = name
    at = event.timeStamp
    if (!act) return
    event.preventDefault()
    act()
  }
  onMounted(() => document.addEventListener('keydown', onKey))
  onUnmounted(() => document.removeEventListener('keydown', onKey))
}

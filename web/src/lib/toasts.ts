/** Short notices at the edge of the screen. For what just happened; what needs an answer is a dialog. */
import { readonly, ref } from 'vue'
import { newId } from './new-id.ts'

export type ToastTone = 'neutral' | 'success' | 'warning' | 'error'
export type Toast = { id: string, tone: ToastTone, title: string, text?: string, action?: { label: string, run: () => void } }

const MAX_SHOWN = 3
const SHOWN_MS = 5_000
/** A failure stays longer: it must be read, and there may be something to do. */
const SHOWN_ERROR_MS = 10_000

const shown = ref<Toast[]>([])
export const toasts = readonly(shown)

export function dismissToast(id: string): void {
  shown.value = shown.value.filter(toast => toast.id !== id)
}

export function toast(title: string, options: Partial<Omit<Toast, 'id' | 'title'>> = {}): void {
  const tone = options.tone ?? 'neutral'
  const next: Toast = { id: newId(), tone, title, ...options }
  // The same sentence twice says no more than once.
  shown.value = [...shown.value.filter(other => other.title !== title || other.text !== options.text), next].slice(-MAX_SHOWN)
  setTimeout(() => dismissToast(next.id), tone === 'error' ? SHOWN_ERROR_MS : SHOWN_MS)
}

/** The draft in the editor: saved by itself a moment after the last change, and before it is submitted. */
import { useDebounceFn } from '@vueuse/core'
import { computed, onBeforeUnmount, ref, watch, type Ref } from 'vue'
import type { AnswerOf } from '@/lib/api-types.ts'
import { api } from '@/lib/api.ts'
import { failureText } from '@/lib/failure-text.ts'
import { invalidate } from '@/lib/query.ts'
import { ApiProblem, fieldName } from '@/lib/problem.ts'
import type { Draft } from '../types.ts'

const PAUSE_MS = 800
type Edit = AnswerOf<typeof api.catalog.ownService>
export type SaveState = 'saved' | 'waiting' | 'saving' | 'failed'

export function useDraft(id: Ref<string>, edit: Ref<Edit | undefined>) {
  const draft = ref<Draft>()
  const state = ref<SaveState>('saved')
  const failure = ref('')
  /** What cannot even be saved, by field: `packages.0.price.amount`. */
  const refused = ref<Record<string, string>>({})
  let stored = ''
  let running: Promise<void> | null = null

  /** Once something was written in this window it is the newest text: an answer may have been under way for long. */
  let written = false
  watch(edit, (now) => {
    if (!now || written) return
    draft.value = structuredClone(JSON.parse(JSON.stringify(now.draft)) as Draft)
    stored = JSON.stringify(draft.value)
  }, { immediate: true })

  async function send(): Promise<void> {
    const body = draft.value
    if (!body) return
    const sent = JSON.stringify(body)
    if (sent === stored) {
      state.value = 'saved'
      return
    }
    state.value = 'saving'
    try {
      await api.catalog.saveDraft({ params: { id: id.value }, body: JSON.parse(sent) as Draft })
      stored = sent
      failure.value = ''
      refused.value = {}
      state.value = JSON.stringify(draft.value) === sent ? 'saved' : 'waiting'
      void invalidate('catalog.ownServices')
    } catch (error) {
      state.value = 'failed'
      failure.value = failureText(error)
      refused.value = error instanceof ApiProblem ? Object.fromEntries(error.fields.map(({ field, message }) => [fieldName(field), message])) : {}
    }
    if (state.value === 'waiting') await send()
  }
  /** One save at a time, the latest text last. */
  async function save(): Promise<boolean> {
    while (running) await running
    running = send().finally(() => { running = null })
    await running
    return state.value === 'saved'
  }
  const saveSoon = useDebounceFn(() => void save(), PAUSE_MS)

  watch(draft, (now) => {
    if (!now || JSON.stringify(now) === stored) return
    written = true
    if (state.value !== 'saving') state.value = 'waiting'
    void saveSoon()
  }, { deep: true })

  /** The next answer is taken over: what was written here is given up, or belongs to another service. */
  const forget = (): void => { written = false }
  watch(id, forget, { flush: 'sync' })

  const warn = (event: BeforeUnloadEvent): void => { if (state.value !== 'saved') event.preventDefault() }
  window.addEventListener('beforeunload', warn)
  onBeforeUnmount(() => {
    window.removeEventListener('beforeunload', warn)
    if (state.value === 'waiting') void save()
  })
  return { draft, state, failure, refused, save, forget, unsaved: computed(() => state.value !== 'saved') }
}

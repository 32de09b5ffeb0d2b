/**
 * What is wrong in a form: found here before sending, or told by the server. Fields are named by their path in the body
 * (`packages.0.price`) on both sides, so that one place shows both.
 */
import { computed, nextTick, ref } from 'vue'
import { failureText } from './failure-text.ts'
import { ApiProblem, fieldName } from './problem.ts'

export type FormFault = { field: string | null, message: string }

/** In the middle of the screen: at its edge it would stand behind the phone's bar. */
export function showSummary(): void {
  const summary = document.querySelector<HTMLElement>('[data-form-errors]')
  summary?.focus({ preventScroll: true })
  summary?.scrollIntoView({ block: 'center' })
}

export function useFormErrors() {
  const faults = ref<FormFault[]>([])

  /** Moves to the summary, which reads itself out and leads to the fields. */
  async function show(next: FormFault[]): Promise<void> {
    faults.value = next
    if (next.length === 0) return
    await nextTick()
    showSummary()
  }

  return {
    faults,
    /** For `<UFormField :error="errorOf('title')">`. */
    errorOf: (field: string): string | undefined => faults.value.find(fault => fault.field === field)?.message,
    hasErrors: computed(() => faults.value.length > 0),
    clear: (field?: string) => { faults.value = field === undefined ? [] : faults.value.filter(fault => fault.field !== field) },
    /** Checks of our own: `check({ title: title.value ? null : t('…') })`. True when all is well. */
    async check(messages: Record<string, string | null | undefined | false>): Promise<boolean> {
      const found = Object.entries(messages).filter(([, message]) => message).map(([field, message]) => ({ field, message: message as string }))
      await show(found)
      return found.length === 0
    },
    /** What the server said, by field where it names them. */
    async take(error: unknown): Promise<void> {
      const fields = error instanceof ApiProblem ? error.fields : []
      await show(fields.length > 0 ? fields.map(({ field, message }) => ({ field: fieldName(field), message })) : [{ field: null, message: failureText(error) }])
    },
  }
}

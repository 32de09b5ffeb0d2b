/** Posting: everything saved, then submitted; what is missing leads back to its step. */
import { computed, nextTick, ref } from 'vue'
import { useRouter } from 'vue-router'
import { ApiProblem, api } from '@/lib/api.ts'
import { useFormErrors } from '@/lib/form-errors.ts'
import { newId } from '@/lib/new-id.ts'
import { invalidate } from '@/lib/query.ts'
import { useRequireSignIn } from '@/lib/session.ts'
import type { Draft } from './use-draft.ts'

const BUDGET_FIELDS = new Set(['budgetMin', 'budgetMax', 'deadline', 'area'])
const WAY_FIELDS = new Set(['price', 'providerIds', 'openHours', 'way'])
const stepOfField = (field: string): number => (BUDGET_FIELDS.has(field) ? 2 : WAY_FIELDS.has(field) ? 3 : 1)

export function usePosting(state: Draft, goTo: (step: number) => Promise<unknown>) {
  const router = useRouter()
  const requireSignIn = useRequireSignIn(router)
  const form = useFormErrors()
  const busy = ref(false)
  // One intention, one key: pressing twice posts once.
  const idempotencyKey = newId()

  async function post(): Promise<void> {
    busy.value = true
    form.clear()
    try {
      await state.flush()
      if (state.failure.value) throw state.failure.value
      if (!state.id.value) return
      await api.requirements.submit({ params: { id: state.id.value }, idempotencyKey })
      await invalidate('requirements')
      await router.push(`/requirements/${state.id.value}`)
    } catch (error) {
      await show(error)
    } finally {
      busy.value = false
    }
  }

  async function show(error: unknown): Promise<void> {
    const fields = error instanceof ApiProblem ? error.fields.map(({ field, ...rest }) => ({ ...rest, field: field.replace(/^(?:body\.)?draft\./, '') })) : []
    if (error instanceof ApiProblem && fields.length > 0) {
      await goTo(Math.min(...fields.map(({ field }) => stepOfField(field))))
      await nextTick()
      await form.take(new ApiProblem({ code: error.code, status: error.status, title: error.title, detail: error.detail, errors: fields }))
    } else {
      await form.take(error)
    }
  }
  /** The step on which a fault is mended; the summary stays while one goes there. */
  async function reveal(field: string): Promise<void> {
    await goTo(stepOfField(field))
    await nextTick()
  }
  return { ...form, reveal, busy: computed(() => busy.value), post: () => requireSignIn(post) }
}

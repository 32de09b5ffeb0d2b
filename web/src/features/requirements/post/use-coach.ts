/** What the coach says while a person types: the score at once and here, prices and matches from the server a moment later. */
import { computed, ref, watch } from 'vue'
import { api } from '@/lib/api.ts'
import type { AnswerOf } from '@/lib/api-types.ts'
import { completenessOf, type CoachKey } from '@miaodan/shared/requirements/completeness'
import { findContacts } from '@miaodan/shared/words/find'
import { useCategories } from '../../catalog/use-categories.ts'
import type { RequirementDraft } from '../types.ts'

const ASK_AFTER_MS = 600
type Coach = AnswerOf<typeof api.requirements.coach>
type Preview = AnswerOf<typeof api.matching.preview>

/** Where on the page a missing part is filled in. */
export const stepOf = (key: CoachKey): 'what' | 'budget' => (key === 'budget' || key === 'deadline' || key === 'area' ? 'budget' : 'what')

export function useCoach(draft: RequirementDraft) {
  const { find } = useCategories()
  const coach = ref<Coach | null>(null)
  const preview = ref<Preview | null>(null)
  const completeness = computed(() => completenessOf({ ...draft }, find(draft.category)?.parent.slug ?? null))
  const contacts = computed(() => findContacts([draft.title, draft.background, draft.details, ...draft.checklist].join('\n')))

  const asked = computed(() => JSON.stringify([draft.category, draft.title, draft.skills, draft.details, draft.background, draft.checklist.filter(Boolean), draft.area, draft.way, draft.budgetMin, draft.budgetMax, draft.price]))
  let timer: ReturnType<typeof setTimeout> | undefined
  let latest = 0
  watch(asked, () => {
    clearTimeout(timer)
    timer = setTimeout(() => void ask(), ASK_AFTER_MS)
  }, { immediate: true })

  async function ask(): Promise<void> {
    const number = ++latest
    const { category, title, skills, details, background, area, way, budgetMin, budgetMax, price } = draft
    const body = { category, title, skills, details, background, checklist: draft.checklist.map(line => line.trim()).filter(Boolean), area, way, budgetMin, budgetMax, price }
    // Only a help: when it fails the page goes on without it.
    const [coached, seen] = await Promise.all([category ? api.requirements.coach({ body }).catch(() => null) : null, api.matching.preview({ body }).catch(() => null)])
    if (number !== latest) return
    coach.value = coached
    preview.value = seen
  }
  return { completeness, contacts, preview, band: computed(() => coach.value?.band ?? null), usualDays: computed(() => coach.value?.usualDays ?? null) }
}

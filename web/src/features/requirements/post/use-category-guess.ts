/** The category that the sentence speaks of, until the person has chosen one. */
import { watchDebounced } from '@vueuse/core'
import { api } from '@/lib/api.ts'
import type { RequirementDraft } from '../types.ts'

const GUESS_AFTER_MS = 700
const FEWEST_LETTERS = 4

export function useCategoryGuess(draft: RequirementDraft): void {
  let guessed: string | null = null
  const isOurs = (): boolean => draft.category === null || draft.category === guessed
  watchDebounced(() => draft.title.trim(), async (text) => {
    if ([...text].length < FEWEST_LETTERS || !isOurs()) return
    // Only a help: without an answer the person chooses.
    const read = await api.requirements.read({ body: { text } }).catch(() => null)
    if (!read?.category || !isOurs() || text !== draft.title.trim()) return
    guessed = read.category
    draft.category = read.category
  }, { debounce: GUESS_AFTER_MS })
}

/** Search with suggestions while typing; arrows choose, Enter goes, Escape closes. */
import { computed, ref, useId } from 'vue'
import { refDebounced } from '@vueuse/core'
import { useI18n } from 'vue-i18n'
import { useRouter, type RouteLocationRaw } from 'vue-router'
import { api } from '@/lib/api.ts'
import { useApiQuery } from '@/lib/query.ts'

const TYPING_PAUSE_MS = 150

const icons = { service: 'i-lucide-search', skill: 'i-lucide-search', category: 'i-lucide-layers', order: 'i-lucide-receipt-text' } as const
export type SuggestedChoice = { key: string, icon: string, label: string, note: string, to: RouteLocationRaw }
export const POST_CHOICE = 'post'

export function useSuggestions() {
  const { t } = useI18n()
  const router = useRouter()
  const listId = useId()
  const text = ref('')
  const open = ref(false)
  const active = ref(-1)
  const typed = refDebounced(text, TYPING_PAUSE_MS)
  const { data } = useApiQuery(api.catalog.suggest, () => (open.value && typed.value.trim() ? { query: { q: typed.value.trim().slice(0, 60) } } : null), { keepPrevious: true })
  const suggestions = computed<SuggestedChoice[]>(() => (text.value.trim() ? data.value?.items ?? [] : []).map(item => ({
    key: `${item.kind}${item.text}`,
    icon: icons[item.kind],
    label: item.text,
    note: item.kind === 'order' ? t('home.search.openOrder') : item.kind === 'category' ? t('home.search.category') : item.services ? t('home.search.services', { count: item.services }, item.services) : '',
    to: item.kind === 'order' ? { path: '/orders', query: { q: item.target ?? item.text } } : { path: '/market', query: item.kind === 'category' && item.target ? { category: item.target } : { q: item.text } },
  })))
  const ask = computed<SuggestedChoice>(() => ({ key: POST_CHOICE, icon: 'i-lucide-pencil-line', label: t('home.search.post'), note: '', to: { path: '/post', query: { text: text.value.trim() } } }))
  const choices = computed(() => [...suggestions.value, ask.value])
  const shown = computed(() => open.value && text.value.trim() !== '')

  function go(to: RouteLocationRaw): void {
    open.value = false
    void router.push(to)
  }
  function submit(): void {
    const chosen = shown.value ? choices.value[active.value] : undefined
    const q = text.value.trim()
    go(chosen?.to ?? { path: '/market', query: q ? { q } : {} })
  }
  function move(step: number): void {
    open.value = true
    const count = choices.value.length
    active.value = (active.value + step + count + (active.value < 0 && step < 0 ? 1 : 0)) % count
  }
  function type(): void {
    open.value = true
    active.value = -1
  }
  /** What the input of such a search carries, so that screen readers follow the choice. */
  const combobox = computed(() => ({
    'role': 'combobox', 'aria-autocomplete': 'list' as const, 'aria-controls': listId, 'aria-expanded': shown.value,
    'aria-activedescendant': shown.value && active.value >= 0 ? `${listId}-${active.value}` : undefined,
  }))
  return { listId, text, open, active, choices, shown, combobox, go, submit, move, type }
}
export type Suggestions = ReturnType<typeof useSuggestions>

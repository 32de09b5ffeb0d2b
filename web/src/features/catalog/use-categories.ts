/** The categories, asked for once and shared by everything that names one. */
import { computed } from 'vue'
import { api } from '@/lib/api.ts'
import { locale } from '@/lib/locale.ts'
import { useApiQuery } from '@/lib/query.ts'

/** They change when an operator edits them, or by a service more or less. */
const STALE_MS = 10 * 60_000

type Bilingual = { zh: string, en: string }
export const inLocale = (name: Bilingual): string => (locale.value === 'en' ? name.en : name.zh)

export function useCategories() {
  const query = useApiQuery(api.catalog.categories, undefined, { staleTime: STALE_MS })
  const categories = computed(() => query.data.value?.items ?? [])
  const find = (slug: string | null | undefined) => {
    for (const parent of categories.value) {
      if (parent.slug === slug) return { parent, child: null }
      const child = parent.children.find(item => item.slug === slug)
      if (child) return { parent, child }
    }
    return null
  }
  /** Its name in the reader's language; nothing while it is not known. */
  const nameOf = (slug: string | null | undefined): string => {
    const found = find(slug)
    return found ? inLocale((found.child ?? found.parent).name) : ''
  }
  return { ...query, categories, find, nameOf }
}

/** The articles of the help centre, a file a language: they come with the page that shows them. */
import { shallowRef, watch, type ShallowRef } from 'vue'
import { locale, type Locale } from '@/lib/locale.ts'
import type { HelpArticle } from './types.ts'

const load: Record<Locale, () => Promise<{ articles: HelpArticle[] }>> = { 'zh-CN': () => import('./articles/zh-CN.ts'), 'en': () => import('./articles/en.ts') }

/** In the reader's language; null until they are there. */
export function useArticles(): Readonly<ShallowRef<readonly HelpArticle[] | null>> {
  const articles = shallowRef<readonly HelpArticle[] | null>(null)
  watch(locale, async (wanted) => {
    const loaded = await load[wanted]()
    if (wanted === locale.value) articles.value = loaded.articles
  }, { immediate: true })
  return articles
}

/** Nuxt UI's own words (close, search, select) in the reader's language. Its English is built in; Chinese is given here. */
import { zh_cn } from '@nuxt/ui/locale'
import { localeContextInjectionKey } from '@nuxt/ui/composables/useLocale'
import { computed, provide } from 'vue'
import { locale } from '../lib/locale.ts'

export function useNuxtUiLocale(): void {
  provide(localeContextInjectionKey, computed(() => (locale.value === 'en' ? undefined : zh_cn)))
}

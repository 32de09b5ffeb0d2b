/** The reader's language. Its messages are loaded by '@/i18n'; everything else only reads `locale`. */
import { readonly, ref } from 'vue'
import { recall, remember } from './storage.ts'

export const LOCALES = ['zh-CN', 'en'] as const
export type Locale = typeof LOCALES[number]

const isLocale = (value: string | null): value is Locale => LOCALES.includes(value as Locale)

function initialLocale(): Locale {
  const remembered = recall('locale')
  if (isLocale(remembered)) return remembered
  const system = typeof navigator === 'undefined' ? 'zh-CN' : navigator.language
  return /^zh\b/i.test(system) ? 'zh-CN' : 'en'
}

const current = ref<Locale>(initialLocale())
export const locale = readonly(current)

/** Only '@/i18n' calls this, once the messages are there. */
export function commitLocale(next: Locale): void {
  current.value = next
  document.documentElement.lang = next
}

export const rememberLocale = (next: Locale): void => remember('locale', next)

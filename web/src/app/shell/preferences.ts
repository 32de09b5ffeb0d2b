/** The entries of the menus for theme and language. */
import type { DropdownMenuItem } from '@nuxt/ui'
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { chooseLocale } from '@/i18n/index.ts'
import { locale, LOCALES, type Locale } from '@/lib/locale.ts'
import { THEMES, useTheme } from '@/lib/theme.ts'

const themeIcons = { system: 'i-lucide-monitor', light: 'i-lucide-sun', dark: 'i-lucide-moon' }
/** Each language by its own name, so that it is found by who cannot read the present one. */
const localeNames: Record<Locale, string> = { 'zh-CN': '简体中文', en: 'English' }

export function usePreferenceItems() {
  const { t } = useI18n()
  const { theme, setTheme } = useTheme()
  return {
    themes: computed<DropdownMenuItem[]>(() => THEMES.map(name => ({
      type: 'checkbox' as const, label: t(`shell.theme.${name}`), icon: themeIcons[name], checked: theme.value === name, onUpdateChecked: () => setTheme(name),
    }))),
    locales: computed<DropdownMenuItem[]>(() => LOCALES.map(name => ({
      type: 'checkbox' as const, label: localeNames[name], checked: locale.value === name, onUpdateChecked: () => void chooseLocale(name),
    }))),
  }
}

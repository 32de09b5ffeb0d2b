/** Light, dark, or as the system has it. The first paint is done by public/boot.js with the same key. */
import { readonly, ref } from 'vue'
import { recall, remember } from './storage.ts'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = typeof THEMES[number]

const THEME_COLORS = { light: '#ffffff', dark: '#18181b' }
const systemDark = window.matchMedia('(prefers-color-scheme: dark)')
const remembered = recall('theme')
const preference = ref<Theme>(THEMES.includes(remembered as Theme) ? remembered as Theme : 'system')
const dark = ref(document.documentElement.classList.contains('dark'))

function apply(): void {
  dark.value = preference.value === 'dark' || (preference.value === 'system' && systemDark.matches)
  const { classList } = document.documentElement
  classList.toggle('dark', dark.value)
  classList.toggle('light', !dark.value)
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', THEME_COLORS[dark.value ? 'dark' : 'light'])
}
systemDark.addEventListener('change', apply)

function setTheme(next: Theme): void {
  preference.value = next
  remember('theme', next === 'system' ? null : next)
  apply()
}

/** `theme` is what the person chose, `dark` what is shown now. */
export function useTheme() {
  return { theme: readonly(preference), dark: readonly(dark), setTheme }
}

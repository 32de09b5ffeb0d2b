/** After a navigation the focus goes to the new page's heading and its title is said, as a page load would do. */
import { nextTick, ref, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRouter } from 'vue-router'

export function useRouteFocus(title: Ref<string>): Ref<string> {
  const { t } = useI18n()
  const announcement = ref('')
  useRouter().afterEach(async (to, from, failure) => {
    // Not on the first load, where the browser does it, and not when only a filter or a place in the page changed.
    if (failure || from.matched.length === 0 || to.path === from.path) return
    await nextTick()
    announcement.value = t('shell.navigated', { title: title.value })
    if (to.hash) return
    const target = document.querySelector<HTMLElement>('#main h1') ?? document.querySelector<HTMLElement>('#main')
    if (!target) return
    if (!target.hasAttribute('tabindex')) target.tabIndex = -1
    target.focus({ preventScroll: true })
  })
  return announcement
}

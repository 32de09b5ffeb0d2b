/** The document's title follows the route and the language; a page with a name of its own (a service) sets that. */
import { computed, onScopeDispose, ref, toValue, watch, watchEffect, type MaybeRefOrGetter } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRoute } from 'vue-router'

const own = ref<string | null>(null)

/** In a page: `usePageTitle(() => service.value?.title)`. */
export function usePageTitle(title: MaybeRefOrGetter<string | null | undefined>): void {
  watchEffect(() => { own.value = toValue(title) ?? null })
  onScopeDispose(() => { own.value = null })
}

/** In the app, once. */
export function useDocumentTitle() {
  const route = useRoute()
  const { t } = useI18n()
  const title = computed(() => own.value ?? (route.meta.title ? t(route.meta.title) : ''))
  watch(title, (text) => { document.title = text ? `${text} · ${t('common.brand')}` : t('common.brand') }, { immediate: true })
  return title
}

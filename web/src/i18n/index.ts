/**
 * Messages: one file a feature and language, `zh-CN/orders.ts` and `en/orders.ts`, keys `orders.…`. The core comes with the app; a
 * feature's come with its route (see app/router.ts) or, when a part of it stands elsewhere, with the first key that is asked for.
 */
import { shallowReactive } from 'vue'
import { createI18n } from 'vue-i18n'
import { commitLocale, locale, rememberLocale, type Locale } from '../lib/locale.ts'
import type { MessageTree } from './messages.ts'

type Loader = () => Promise<{ default: MessageTree }>
const cores = import.meta.glob<{ default: MessageTree }>('./core/*.ts') as Record<string, Loader>
const features = import.meta.glob<{ default: MessageTree }>([
  './zh-CN/*.ts', './en/*.ts', '!./*/common.ts', '!./*/money.ts', '!./*/shell.ts', '!./*/ui.ts',
]) as Record<string, Loader>

const loading = new Map<string, Promise<void>>()
/**
 * Reactive, because the resolver of vue-i18n asks with hasOwnProperty, which Vue cannot follow: what was drawn without its texts is
 * drawn again because `missing` looked here.
 */
const loaded = shallowReactive(new Set<string>())
/** Features asked for so far: a change of language loads them again in the other one. */
const used = new Set<string>()

export const i18n = createI18n({
  legacy: false,
  locale: locale.value,
  fallbackLocale: false,
  missingWarn: false,
  messages: {} as Record<string, MessageTree>,
  // The language it names is the last of a chain ("zh" after "zh-CN"); what is missing is missing in the reader's.
  missing: (_language, key) => {
    const feature = key.split('.')[0]!
    const source = `./${locale.value}/${feature}.ts`
    if (!features[source] || loaded.has(source)) return key
    void loadMessages([feature])
    return ''
  },
})

function load(source: string, loader: Loader | undefined, merge: (messages: MessageTree) => void): Promise<void> {
  if (!loader) return Promise.resolve()
  let promise = loading.get(source)
  if (!promise) {
    promise = loader().then(({ default: messages }) => {
      merge(messages)
      loaded.add(source)
    })
    // A failed load (network) may be tried again.
    promise.catch(() => loading.delete(source))
    loading.set(source, promise)
  }
  return promise
}

const loadCore = (language: Locale) =>
  load(`./core/${language}.ts`, cores[`./core/${language}.ts`], messages => i18n.global.mergeLocaleMessage(language, messages))

/** Loads the messages of features in the reader's language; a name without a file is passed over. */
export async function loadMessages(names: readonly string[], language: Locale = locale.value): Promise<void> {
  for (const name of names) used.add(name)
  await Promise.all(names.map((name) => {
    const source = `./${language}/${name}.ts`
    return load(source, features[source], messages => i18n.global.mergeLocaleMessage(language, { [name]: messages }))
  }))
}

/** Shows the app in this language once its messages are there. */
export async function showLocale(next: Locale): Promise<void> {
  await Promise.all([loadCore(next), loadMessages([...used], next)])
  i18n.global.locale.value = next
  commitLocale(next)
}

export async function chooseLocale(next: Locale): Promise<void> {
  rememberLocale(next)
  await showLocale(next)
}

/** For places outside components; in components use `useI18n()`. */
export const translate = (key: string, values: Record<string, unknown> = {}): string => i18n.global.t(key, values)

/**
 * What every list of the back office does alike: its filters and the chosen row stand in the address, so that a colleague
 * can be sent there, and it is worked with the keyboard. J and K move, Enter goes into the case, Escape comes back, / searches.
 */
import { useEventListener } from '@vueuse/core'
import { computed, nextTick, type Ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/** One filter in the address. A change of it closes the case that is open; unknown values count as none. */
export function useAddressFilter<T extends string = string>(name: string, allowed?: readonly T[]) {
  const route = useRoute()
  const router = useRouter()
  return computed<T | undefined>({
    get: () => {
      const value = route.query[name]
      return typeof value === 'string' && value !== '' && (!allowed || (allowed as readonly string[]).includes(value)) ? value as T : undefined
    },
    set: value => { void router.replace({ query: { ...route.query, id: undefined, [name]: value || undefined } }) },
  })
}

type Desk<Row extends { id: string }> = {
  rows: Readonly<Ref<readonly Row[]>>
  /** Reads the next page when one walks past the end. */
  more?: () => void
  /** Further keys, in lower case. */
  keys?: Record<string, () => void>
}

export function useDesk<Row extends { id: string }>({ rows, more, keys = {} }: Desk<Row>) {
  const route = useRoute()
  const router = useRouter()
  const opened = computed(() => (typeof route.query['id'] === 'string' ? route.query['id'] : undefined))
  /** On a wide screen the first case stands open beside the list. */
  const chosen = computed(() => opened.value ?? rows.value[0]?.id)
  const open = (id: string | undefined): void => void router.replace({ query: { ...route.query, id } })

  function move(step: number): void {
    const at = rows.value.findIndex(row => row.id === chosen.value)
    const next = rows.value[Math.min(rows.value.length - 1, Math.max(0, at + step))]
    if (next) open(next.id)
    if (step > 0 && at + 2 >= rows.value.length) more?.()
    if (next) void nextTick(() => document.querySelector(`[data-desk-row="${next.id}"]`)?.scrollIntoView({ block: 'nearest' }))
  }
  /** What was decided is no longer in the list: on to the one after it. */
  function next(): void {
    const at = rows.value.findIndex(row => row.id === chosen.value)
    open(rows.value[at + 1]?.id ?? rows.value[at - 1]?.id)
  }

  useEventListener(document, 'keydown', (event: KeyboardEvent) => {
    if (event.metaKey || event.ctrlKey || event.altKey || document.querySelector('[role="dialog"], [role="listbox"]')) return
    const target = event.target instanceof HTMLElement ? event.target : null
    const typing = target?.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target?.tagName ?? '')
    const detail = document.querySelector<HTMLElement>('[data-desk-detail]')
    const inDetail = detail?.contains(target ?? null) ?? false
    const acts: Record<string, () => void> = typing
      ? { escape: () => target?.blur() }
      : {
          j: () => move(1), k: () => move(-1), '/': () => document.querySelector<HTMLElement>('[data-desk-search] input, input[data-desk-search]')?.focus(),
          // A button or link in the case keeps its own Enter.
          ...(!inDetail && target?.tagName !== 'A' && { enter: () => { open(chosen.value); void nextTick(() => detail?.focus()) } }),
          escape: () => { open(undefined); void nextTick(() => document.querySelector<HTMLElement>(`[data-desk-row="${chosen.value}"]`)?.focus()) },
          ...keys,
        }
    const act = acts[event.key.toLowerCase()]
    if (!act) return
    event.preventDefault()
    act()
  })

  return { opened, chosen, open, next }
}

/**
 * What the buyer is about to order. The price is computed by the function the server uses, from the service as it is shown,
 * so that it follows every answer at once; the server computes it again when the order is made.
 */
import { priceOf, type Answer, type Selection, type Tier } from '@miaodan/shared/catalog/price'
import { computed, reactive, ref, watch, type Ref } from 'vue'
import { recall, remember } from '@/lib/storage.ts'
import type { Upload } from '@/lib/uploads.ts'
import type { ServiceData } from '../types.ts'

type Kept = { version: number, package: Tier, quantities: Record<string, number>, answers: Record<string, Answer> }
const keyOf = (service: ServiceData): string => `order-draft.${service.id}`

/** What was chosen before, for instance before signing in; not after the service has changed. */
function keptFor(service: ServiceData): Kept | null {
  try {
    const kept = JSON.parse(recall(keyOf(service)) ?? 'null') as Kept | null
    return kept?.version === service.version ? kept : null
  } catch {
    return null
  }
}

export function useOrderDraft(service: Ref<ServiceData | undefined>) {
  const tier = ref<Tier>('standard')
  const quantities = reactive<Record<string, number>>({})
  const answers = reactive<Record<string, Answer | undefined>>({})
  const files = reactive<Record<string, Upload[]>>({})

  watch(service, (now, before) => {
    if (!now || (now.id === before?.id && now.version === before.version)) return
    const kept = keptFor(now)
    for (const record of [quantities, answers, files]) for (const key of Object.keys(record)) delete record[key]
    const offered = now.packages.map(item => item.tier)
    tier.value = kept && offered.includes(kept.package) ? kept.package : offered.includes('standard') ? 'standard' : offered[0] ?? 'basic'
    if (!kept) return
    Object.assign(quantities, kept.quantities)
    // Uploads are shown with their names, which are not kept; they are chosen again.
    for (const field of now.fields) if (field.type !== 'file' && kept.answers[field.key] !== undefined) answers[field.key] = kept.answers[field.key]
  }, { immediate: true })

  const selection = computed<Selection>(() => ({
    package: tier.value,
    addOns: Object.entries(quantities).filter(([, quantity]) => quantity > 0).map(([id, quantity]) => ({ id, quantity })),
    answers: Object.fromEntries([
      ...Object.entries(answers).filter(([, answer]) => answer !== undefined && answer !== '' && !(Array.isArray(answer) && answer.length === 0)),
      ...Object.entries(files).filter(([, list]) => list.length > 0).map(([key, list]) => [key, list.map(upload => upload.id)] as const),
    ]),
  }))
  const price = computed(() => (service.value ? priceOf(service.value, selection.value) : null))

  watch(selection, (now) => {
    if (!service.value) return
    remember(keyOf(service.value), JSON.stringify({ version: service.value.version, package: now.package, quantities: { ...quantities }, answers: now.answers } satisfies Kept | { answers: Selection['answers'] }))
  })
  return { tier, quantities, answers, files, selection, price, forget: () => { if (service.value) remember(keyOf(service.value), null) } }
}
export type OrderDraft = ReturnType<typeof useOrderDraft>

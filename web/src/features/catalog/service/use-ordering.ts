/** From the page of a service to an order: what is missing is named first, a guest signs in and goes on, a changed price is shown again. */
import { computed, ref, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRouter } from 'vue-router'
import { api } from '@/lib/api.ts'
import { failureText } from '@/lib/failure-text.ts'
import { showSummary, useFormErrors } from '@/lib/form-errors.ts'
import { wireMoney } from '@/lib/money.ts'
import { newId } from '@/lib/new-id.ts'
import { ApiProblem, isProblem } from '@/lib/problem.ts'
import { invalidate } from '@/lib/query.ts'
import { useRequireSignIn } from '@/lib/session.ts'
import { toast } from '@/lib/toasts.ts'
import type { ServiceData } from '../types.ts'
import type { OrderDraft } from './use-order-draft.ts'

export function useOrdering(service: Ref<ServiceData | undefined>, draft: OrderDraft) {
  const { t } = useI18n()
  const router = useRouter()
  const requireSignIn = useRequireSignIn(router)
  const errors = useFormErrors()
  const busy = ref(false)
  const talking = ref(false)
  /** Once somebody has tried to order, faults follow the answers. */
  const tried = ref(false)

  const faults = computed<Record<string, string>>(() => (tried.value ? Object.fromEntries((draft.price.value?.faults ?? []).map(fault => [fault.field, t(`service.faults.${fault.code}`, fault.params)])) : {}))
  const summary = computed(() => [
    ...Object.entries(faults.value).map(([field, message]) => ({ field, message })),
    ...errors.faults.value.map(fault => ({ ...fault, field: fault.field?.replace(/^selection\./, '') ?? null })).filter(fault => !fault.field || !(fault.field in faults.value)),
  ])

  async function create(): Promise<void> {
    const { value: sold } = service
    const { value: price } = draft.price
    if (!sold || !price || busy.value) return
    busy.value = true
    errors.clear()
    try {
      const order = await api.orders.createDirect({ body: { serviceId: sold.id, selection: draft.selection.value as never, price: wireMoney(price.total.amount) }, idempotencyKey: newId() })
      draft.forget()
      void invalidate('orders')
      await router.push(`/orders/${order.id}/pay`)
    } catch (error) {
      if (isProblem(error, 'orders.price_changed') || (error instanceof ApiProblem && error.code.startsWith('catalog.'))) void invalidate('catalog.getService')
      if (error instanceof ApiProblem && error.fields.length > 0) await errors.take(error)
      else toast(failureText(error), { tone: 'error' })
    } finally {
      busy.value = false
    }
  }

  async function order(): Promise<void> {
    tried.value = true
    const first = draft.price.value?.faults[0]
    if (first) return errors.check({ [first.field]: faults.value[first.field] }).then(() => errors.clear()).then(showSummary)
    requireSignIn(create)
  }

  /** Talk first: the conversation with the provider, about this service. */
  function chat(): void {
    requireSignIn(async () => {
      const { value: sold } = service
      if (!sold) return
      talking.value = true
      try {
        const conversation = await api.chat.start({ body: { userId: sold.provider.id, subject: { kind: 'service', id: sold.id } } })
        await router.push(`/messages/${conversation.id}`)
      } catch (error) {
        toast(failureText(error), { tone: 'error' })
      } finally {
        talking.value = false
      }
    })
  }
  return { faults, summary, busy, talking, order, chat }
}

/** What the person may do with an order now, as buttons. The server named the actions; here they get their words and their order. */
import { computed, type ComputedRef, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { moneyLabel } from '@/lib/money.ts'
import { openMilestone, type Order } from './types.ts'

export type StepName = 'accept' | 'decline' | 'withdraw' | 'recall' | 'deliver' | 'release' | 'revise' | 'extend'
export type StepButton = { key: string, label: string, step?: StepName, to?: string, icon?: string, danger?: boolean }
export type OrderActions = { main: StepButton | null, second: StepButton | null, more: StepButton[] }

export function useOrderActions(order: Ref<Order | undefined>): ComputedRef<OrderActions> {
  const { t } = useI18n()
  return computed(() => {
    const shown = order.value
    if (!shown || shown.side === 'staff') return { main: null, second: null, more: [] }
    return shown.side === 'buyer' ? buyerActions(shown) : providerActions(shown)
  })

  function buyerActions(order: Order): OrderActions {
    const milestone = openMilestone(order)
    const pay = `/orders/${order.id}/pay`
    if (order.next.code === 'pay') {
      return { main: { key: 'pay', label: t('orders.steps.pay', { amount: moneyLabel(order.price) }), to: pay }, second: null, more: [{ key: 'withdraw', step: 'withdraw', label: t('orders.steps.withdraw'), icon: 'i-lucide-circle-x', danger: true }] }
    }
    if (order.actions.includes('recall')) return { main: null, second: { key: 'recall', step: 'recall', label: t('orders.steps.recall') }, more: [] }
    if (order.next.code === 'pay_milestone' && order.next.amount) return { main: { key: 'pay', label: t('orders.steps.payNext', { amount: moneyLabel(order.next.amount) }), to: pay }, second: null, more: [] }
    if (!milestone?.actions.includes('accept')) return { main: null, second: null, more: [] }
    const { cap, used } = milestone.revisions
    return {
      main: { key: 'release', step: 'release', label: t('orders.steps.release', { amount: moneyLabel(milestone.price) }) },
      second: milestone.actions.includes('revise') ? { key: 'revise', step: 'revise', label: cap === null ? t('orders.steps.revise') : t('orders.steps.reviseLeft', { left: cap - used }) } : null,
      more: milestone.actions.includes('extend') ? [{ key: 'extend', step: 'extend', label: t('orders.steps.extend'), icon: 'i-lucide-calendar-plus' }] : [],
    }
  }

  function providerActions(order: Order): OrderActions {
    if (order.actions.includes('accept')) return { main: { key: 'accept', step: 'accept', label: t('orders.steps.accept') }, second: { key: 'decline', step: 'decline', label: t('orders.steps.decline') }, more: [] }
    const milestone = openMilestone(order)
    if (milestone?.actions.includes('deliver')) return { main: { key: 'deliver', step: 'deliver', label: t('orders.steps.deliver') }, second: null, more: [] }
    if (milestone?.actions.includes('redeliver')) return { main: null, second: { key: 'deliver', step: 'deliver', label: t('orders.steps.redeliver'), icon: 'i-lucide-upload' }, more: [] }
    return { main: null, second: null, more: [] }
  }
}

/** Notes beside the buttons: what is not checked, and why a button is missing. */
export function useStepNote(order: Ref<Order | undefined>): ComputedRef<string> {
  const { t } = useI18n()
  return computed(() => {
    const milestone = order.value && openMilestone(order.value)
    if (!milestone?.actions.includes('accept')) return ''
    const { cap, used } = milestone.revisions
    const unticked = milestone.checklist.filter(line => !line.ticked).length
    return [
      ...(cap !== null && used >= cap ? [t('orders.steps.revisionsUsed', { cap })] : []),
      ...(unticked > 0 ? [t('orders.steps.unchecked', { count: unticked }, unticked)] : []),
    ].join('·')
  })
}

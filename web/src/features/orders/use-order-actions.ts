/** What the person may do with an order now, as buttons. The server named the actions; here they get their words and their order. */
import { computed, type ComputedRef, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { moneyLabel } from '@/lib/money.ts'
import { isMine, openMilestone, type Order } from './types.ts'

export type StepName = 'accept' | 'decline' | 'withdraw' | 'recall' | 'deliver' | 'release' | 'revise' | 'extend' | 'refund' | 'answer'
/** `short` where the phone's bar has no room for the label. */
export type StepButton = { key: string, label: string, short?: string, step?: StepName, to?: string, icon?: string, danger?: boolean }
export type OrderActions = { main: StepButton | null, second: StepButton | null, more: StepButton[] }

/** `refund`: something can be asked back now, and `caseId`: the dispute about the step, if there is one. */
export function useOrderActions(order: Ref<Order | undefined>, refund: Ref<boolean>, caseId: Ref<string | null>): ComputedRef<OrderActions> {
  const { t } = useI18n()
  return computed(() => {
    const shown = order.value
    if (!shown || shown.side === 'staff') return { main: null, second: null, more: [] }
    const actions = aroundRefund(shown, shown.side === 'buyer' ? buyerActions(shown) : providerActions(shown))
    return refund.value ? { ...actions, more: [...actions.more, { key: 'refund', step: 'refund', label: t(`disputes.entry.${shown.side}`), icon: 'i-lucide-undo-2' }] } : actions
  })

  /** A refund that waits for an answer comes first; the other milestones keep their buttons. */
  function aroundRefund(order: Order, usual: OrderActions): OrderActions {
    if (order.next.code === 'arbitration' && caseId.value) return { ...usual, second: { key: 'case', to: `/disputes/${caseId.value}`, label: t('disputes.request.openCase'), icon: 'i-lucide-scale' } }
    if (order.next.code !== 'answer_refund') return usual
    const answer = { key: 'answer', step: 'answer' as const, label: t(isMine(order) ? 'disputes.entry.answer' : 'disputes.entry.look') }
    const others = [usual.main, usual.second, ...usual.more].filter(button => button !== null)
    return isMine(order) ? { main: answer, second: others[0] ?? null, more: others.slice(1) } : { main: null, second: others[0] ?? answer, more: others.slice(1) }
  }

  function buyerActions(order: Order): OrderActions {
    const milestone = openMilestone(order)
    const pay = `/orders/${order.id}/pay`
    if (order.next.code === 'pay') {
      return { main: { key: 'pay', label: t('orders.steps.pay', { amount: moneyLabel(order.price) }), to: pay }, second: null, more: [{ key: 'withdraw', step: 'withdraw', label: t('orders.steps.withdraw'), icon: 'i-lucide-circle-x', danger: true }] }
    }
    if (order.actions.includes('recall')) return { main: null, second: { key: 'recall', step: 'recall', label: t('orders.steps.recall') }, more: [] }
    if (order.next.code === 'pay_milestone' && order.next.amount) return { main: { key: 'pay', label: t('orders.steps.payNext', { amount: moneyLabel(order.next.amount) }), to: pay }, second: null, more: [] }
    if (order.next.code === 'answer_refund' && order.bill && !milestone?.actions.includes('accept')) return { main: { key: 'pay', label: t('orders.steps.payNext', { amount: moneyLabel(order.bill.amount) }), to: pay }, second: null, more: [] }
    if (!milestone?.actions.includes('accept')) return { main: null, second: null, more: [] }
    const { cap, used } = milestone.revisions
    return {
      main: { key: 'release', step: 'release', label: t('orders.steps.release', { amount: moneyLabel(milestone.price) }), short: t('orders.steps.releaseShort', { amount: moneyLabel(milestone.price) }) },
      second: milestone.actions.includes('revise') ? { key: 'revise', step: 'revise', icon: 'i-lucide-pencil-line', short: t('orders.steps.revise'), label: cap === null ? t('orders.steps.revise') : t('orders.steps.reviseLeft', { left: cap - used }) } : null,
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

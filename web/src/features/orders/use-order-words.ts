/** The sentences of an order: what is next, by when, and where its money is. One place, so that page and lists say the same. */
import { useI18n } from 'vue-i18n'
import { fenOf, moneyLabel } from '@/lib/money.ts'
import { useTime } from '@/lib/use-time.ts'
import type { Whereabouts } from '@/ui/MoneyWhere.vue'
import { isMine, newestDelivery, openMilestone, percent, sideOf, type Order, type OrderMoment, type OrderRow, type Place } from './types.ts'

export function useOrderWords() {
  const { t } = useI18n()
  const time = useTime()

  const isLate = (next: OrderRow['next']): boolean => next.otherwise === 'late' && next.at !== null && time.urgency(next.at) === 'past'

  /** "验收「礼盒结构与平面设计」". */
  function rowTitle(order: OrderRow): string {
    return t(`orders.row.${order.next.code}.${sideOf(order)}`, { milestone: order.next.milestone?.title ?? '' })
  }

  /** In my orders a change that waits for the reader comes before the step of the order itself. */
  const listTitle = (order: OrderRow): string => (order.change ? t(`orders.row.change.${order.change.step}`) : rowTitle(order))
  function listDeadline(order: OrderRow): { text: string, tone: 'late' | 'soon' | 'calm' } {
    if (!order.change) return deadline(order)
    const { step, at } = order.change
    return { text: t(`orders.deadline.change.${step}`, { left: time.duration(Math.max(0, new Date(at).getTime() - time.now.value)) }), tone: time.urgency(at) === 'soon' ? 'soon' : 'calm' }
  }

  /** What the button says that leads from a row to its order; nothing where nothing is to be done. */
  function rowAction(order: OrderRow): string {
    if (order.change) return t(`orders.action.change.${order.change.step}`)
    const { code } = order.next
    return isMine(order) && code !== 'clearing' && code !== 'completed' && code !== 'expired' && code !== 'cancelled' ? t(`orders.action.${code}`) : ''
  }

  /** "4 天 6 小时后自动验收", and how loudly. */
  function deadline(order: OrderRow): { text: string, tone: 'late' | 'soon' | 'calm' } {
    const { at, otherwise } = order.next
    if (order.endedAt && !at) return { text: t('orders.deadline.ended', { date: time.moment(order.endedAt) }), tone: 'calm' }
    if (!at || !otherwise) return { text: t('orders.deadline.none'), tone: 'calm' }
    const facts = { left: time.duration(Math.max(0, new Date(at).getTime() - time.now.value)), date: time.moment(at) }
    if (isLate(order.next)) return { text: t('orders.deadline.isLate', facts), tone: 'late' }
    return { text: t(`orders.deadline.${otherwise}`, facts), tone: isMine(order) && time.urgency(at) === 'soon' ? 'soon' : 'calm' }
  }

  function nextStep(order: Order): { eyebrow: string, title: string, text: string } {
    const { next } = order
    const milestone = openMilestone(order)
    // Staff are told as the side that waits: whose turn it is has the name.
    const side = order.side === 'staff' && next.by === 'provider' ? 'buyer' : sideOf(order)
    const other = (side === 'buyer' ? order.provider : order.buyer).displayName
    const facts = {
      other, milestone: next.milestone?.title ?? '', reason: next.reason ?? '', amount: next.amount ? moneyLabel(next.amount) : '', date: next.at ? time.moment(next.at) : '',
      version: newestDelivery(milestone)?.version ?? 1, days: order.clearingDays,
      net: moneyLabel((next.code === 'check' ? milestone?.where?.net : order.net) ?? order.price),
    }
    const waits = next.code === 'answer_refund' && !isMine(order)
    const key = `orders.next.${waits ? 'asked_refund' : (next.code === 'deliver' || next.code === 'revise') && isLate(next) ? 'late' : next.code}.${side}`
    const turn = isMine(order) ? t('orders.turn.mine') : next.by === 'system' ? t('orders.turn.system') : next.by === 'staff' ? t('orders.turn.staff') : next.by === 'nobody' ? t('orders.turn.over') : t('orders.turn.theirs', { other })
    const which = next.milestone && next.milestone.count > 1 ? `·${t('orders.milestoneOf', next.milestone)}` : ''
    return { eyebrow: turn + which, title: t(`${key}.title`, facts), text: t(`${key}.text`, facts) }
  }

  /** What stands behind an amount, as its popover says it. */
  function whereabouts(place: Place, order: Order): Whereabouts {
    const side = sideOf(order)
    const days = order.clearingDays
    const result = { planned: 'planned', due: 'planned', held: side === 'buyer' ? 'held' : 'expected', disputed: 'disputed', clearing: 'expected', released: 'released', available: 'got', refunded: 'refunded' } as const
    return {
      state: place.state,
      holder: t(`orders.money.holder.${side}.${place.holder}`, { other: order.provider.displayName }),
      reason: t(`orders.money.why.${place.why}`, { date: place.since ? time.moment(place.since) : '' }),
      ...(place.until && { until: time.moment(place.until) }),
      ...(place.then !== 'done' && { then: t(`orders.money.then.${side}.${place.then}`, { days }) }),
      lines: [
        ...amountLines(place, side),
        ...(place.fee && order.fee ? [{ label: t('orders.money.fee', { rate: percent(order.fee.feeBps) }), money: { amount: `-${place.fee.amount}`, currency: 'CNY' as const } }] : []),
      ],
      result: t(`orders.money.${result[place.state]}`),
    }
  }

  /** A buyer's amount is what they pay and what their coupon gives; who is paid by it sees the price. */
  function amountLines(place: Place, side: 'buyer' | 'provider'): NonNullable<Whereabouts['lines']> {
    const coupon = fenOf(place.coupon)
    if (side !== 'buyer' || coupon === 0n) return [{ label: t('orders.milestone', { position: place.milestone.position }), money: place.amount }]
    const back = place.state === 'refunded'
    return [{ label: t(`orders.money.cash.${back ? 'back' : 'given'}`), money: fenOf(place.amount) - coupon }, { label: t(`orders.money.coupon.${back ? 'back' : 'given'}`), money: coupon }]
  }

  function momentTitle(moment: OrderMoment): string {
    const facts = { amount: moment.amount ? moneyLabel(moment.amount) : '', version: moment.version ?? '', position: moment.milestone?.position ?? '' }
    return t(`orders.timeline.${moment.kind === 'past' ? 'past' : 'ahead'}.${moment.code.replace('.', '-')}`, facts)
  }

  return { isLate, listTitle, listDeadline, rowAction, nextStep, whereabouts, momentTitle, time }
}

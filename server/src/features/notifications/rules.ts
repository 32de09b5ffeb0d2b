/**
 * Which event becomes a notice to whom. An event says in its payload who is concerned (`buyerId`, `providerId`,
 * `userId`, `payerId`) and what about (`title`, `amount`); a rule without that person makes no notice.
 */
import type { NoticeType } from '@miaodan/shared/notifications/texts'

type Payload = Record<string, unknown>
export type NoticeDraft = { userId: string, type: NoticeType, params: Record<string, string>, link: string | null }
type Rule = (payload: Payload) => Array<NoticeDraft | undefined>

const text = (payload: Payload, name: string): string => (typeof payload[name] === 'string' || typeof payload[name] === 'number' ? String(payload[name]) : '')

/** A notice with every plain fact of the event as a param. */
function notice(type: NoticeType, person: string, link: (payload: Payload) => string | null, extra: (payload: Payload) => Record<string, string> = () => ({})): Rule {
  return payload => {
    const userId = text(payload, person)
    if (userId === '') return []
    const facts = Object.fromEntries(Object.entries(payload).filter(([, value]) => typeof value === 'string' || typeof value === 'number').map(([name, value]) => [name, String(value)]))
    return [{ userId, type, params: { ...facts, ...extra(payload) }, link: link(payload) }]
  }
}
const all = (...rules: Rule[]): Rule => payload => rules.flatMap(rule => rule(payload))

/** What the buyer paid, and gets back: the price less what a coupon gave. */
const paid = (payload: Payload): Record<string, string> => ({ amount: text(payload, 'paidAmount') || text(payload, 'amount') })

/** What arrives with the provider, after the fee. */
const net = (payload: Payload): Record<string, string> => ({ netAmount: text(payload, 'net') })

/** What goes back to the buyer of what was agreed: a coupon's share goes to who bore it. */
const cash = (payload: Payload): Record<string, string> => ({ amount: text(payload, 'cashAmount') || text(payload, 'amount') })

const toDispute = (payload: Payload): string => `/disputes/${text(payload, 'disputeId')}`
const toOrder = (payload: Payload): string => `/orders/${text(payload, 'orderId') || text(payload, 'id')}`
const toRequirement = (payload: Payload): string => `/requirements/${text(payload, 'requirementId') || text(payload, 'id')}`
const toQuote = (payload: Payload): string | null => (text(payload, 'requirementId') ? toRequirement(payload) : toChat(payload))
const toService = (payload: Payload): string => `/workbench/services/${text(payload, 'serviceId') || text(payload, 'id')}`
const toChat = (payload: Payload): string => (text(payload, 'conversationId') ? `/messages/${text(payload, 'conversationId')}` : '/messages')
const toWallet = (): string => '/wallet'
const toPayouts = (): string => '/wallet/payouts'
const toSubject = (payload: Payload): string => (text(payload, 'purpose') === 'requirement' ? `/requirements/${text(payload, 'subjectId')}` : `/orders/${text(payload, 'subjectId')}`)

export const noticeRules: Readonly<Record<string, Rule>> = {
  'order.pay': notice('order_paid', 'providerId', toOrder),
  'order.start': notice('order_started', 'providerId', toOrder),
  'order.accept': notice('order_accepted', 'buyerId', toOrder),
  'order.decline': notice('order_declined', 'buyerId', toOrder, paid),
  'order.lapse': all(notice('order_lapsed', 'buyerId', toOrder, paid), notice('order_lapsed_provider', 'providerId', toOrder)),
  'order.recall': notice('order_recalled', 'providerId', toOrder),
  'order.call_off': all(notice('order_called_off', 'buyerId', toOrder), notice('order_called_off', 'providerId', toOrder)),
  'order.expire': notice('order_expired', 'buyerId', toOrder),
  'order.complete': all(notice('order_completed', 'buyerId', toOrder), notice('order_completed', 'providerId', toOrder)),
  'milestone.deliver': notice('milestone_delivered', 'buyerId', toOrder),
  'milestone.redeliver': notice('milestone_delivered', 'buyerId', toOrder),
  'milestone.revise': notice('milestone_revision', 'providerId', toOrder),
  'milestone.accept': notice('milestone_accepted', 'providerId', toOrder, net),
  'milestone.accept_by_silence': all(notice('milestone_accepted_by_silence', 'buyerId', toOrder), notice('milestone_accepted', 'providerId', toOrder, net)),
  'milestone.remind_3d': notice('milestone_reminder', 'buyerId', toOrder, () => ({ days: '3' })),
  'milestone.remind_1d': notice('milestone_reminder', 'buyerId', toOrder, () => ({ days: '1' })),
  'milestone.extend': notice('milestone_extended', 'providerId', toOrder),
  'milestone.cleared': notice('clearing_ended', 'providerId', toWallet, net),
  'refund_request.created': payload => notice(text(payload, 'askedBy') === 'buyer' ? 'refund_asked' : 'refund_offered', 'otherId', toOrder)(payload),
  'refund_request.counter': notice('refund_countered', 'otherId', toOrder),
  'refund_request.remind': notice('refund_reminder', 'otherId', toOrder),
  'refund_request.agree': notice('refund_agreed', 'otherId', toOrder, cash),
  'refund_request.execute_by_silence': all(notice('refund_by_silence', 'buyerId', toOrder, cash), notice('refund_by_silence', 'providerId', toOrder)),
  'refund_request.withdraw': notice('refund_withdrawn', 'otherId', toOrder),
  'dispute.created': all(notice('dispute_opened', 'buyerId', toDispute), notice('dispute_opened', 'providerId', toDispute)),
  'dispute.evidence_added': notice('dispute_evidence', 'otherId', toDispute),
  'dispute.extend_evidence': all(notice('dispute_extended', 'buyerId', toDispute), notice('dispute_extended', 'providerId', toDispute)),
  'dispute.rule': all(notice('dispute_ruled', 'buyerId', toDispute), notice('dispute_ruled', 'providerId', toDispute)),
  'dispute.appeal': notice('dispute_appealed', 'otherId', toDispute),
  'dispute.rule_finally': all(notice('dispute_final', 'buyerId', toDispute), notice('dispute_final', 'providerId', toDispute)),
  'dispute.execute': all(notice('dispute_executed', 'buyerId', toDispute), notice('dispute_executed', 'providerId', toDispute)),
  'change_order.proposed': notice('change_proposed', 'answererId', toOrder),
  'change_order.agree': notice('change_applied', 'proposerId', toOrder),
  'change_order.agree_to_pay': all(notice('change_to_pay', 'buyerId', toOrder), notice('change_agreed', 'providerId', toOrder)),
  'change_order.pay': notice('change_applied', 'providerId', toOrder),
  'change_order.reject': notice('change_rejected', 'proposerId', toOrder),
  'change_order.withdraw': notice('change_withdrawn', 'otherId', toOrder),
  'change_order.lapse': notice('change_lapsed', 'proposerId', toOrder),
  'change_order.expire': all(notice('change_unpaid', 'buyerId', toOrder), notice('change_unpaid', 'providerId', toOrder)),
  'change_order.overtake': notice('change_overtaken', 'proposerId', toOrder),
  'quote.created': notice('quote_offered', 'buyerId', toQuote),
  'quote.reoffer': notice('quote_offered', 'buyerId', toQuote),
  'quote.counter': notice('quote_countered', 'providerId', toQuote),
  'quote.accept': notice('quote_accepted', 'providerId', toOrder),
  'quote.agree': notice('quote_to_pay', 'buyerId', toOrder),
  'quote.reject': notice('quote_rejected', 'providerId', toQuote),
  'quote.expire': notice('quote_expired', 'providerId', toQuote),
  'messages.waiting': notice('messages_waiting', 'userId', toChat),
  'requirement.invited': payload => notice(text(payload, 'way') === 'instant' ? 'requirement_instant' : 'requirement_invited', 'providerId', toRequirement)(payload),
  'requirement.found': notice('requirement_found', 'providerId', toRequirement),
  'requirement.taken_by_other': notice('requirement_taken', 'providerId', toRequirement),
  'requirement.award': payload => (text(payload, 'way') === 'instant' ? notice('requirement_awarded', 'buyerId', toOrder)(payload) : []),
  'requirement.return': notice('requirement_returned', 'buyerId', toRequirement),
  'requirement.expire': payload => notice(payload['refunded'] === true ? 'requirement_expired_refunded' : 'requirement_expired', 'buyerId', toRequirement)(payload),
  'requirement.cleared': notice('requirement_cleared', 'buyerId', toRequirement),
  'service_change.approve': notice('service_approved', 'providerId', toService),
  'service_change.reject': notice('service_rejected', 'providerId', toService),
  'payout_account.added': notice('payout_account_added', 'userId', () => '/wallet/accounts'),
  'verification.approve': notice('verification_approved', 'userId', () => '/account/verification'),
  'verification.reject': notice('verification_rejected', 'userId', () => '/account/verification'),
  'report.remove': notice('content_removed', 'userId', () => null),
  'payout.settle': notice('payout_paid', 'userId', toPayouts),
  'payout.reject': notice('payout_rejected', 'userId', toPayouts),
  'payout.bounce': notice('payout_failed', 'userId', toPayouts),
  'payment.returned': notice('payment_returned', 'payerId', toSubject),
  'refund.succeeded': notice('refund_succeeded', 'payerId', toSubject),
  'refund.credited': notice('refund_credited', 'payerId', toWallet),
  'reviews.published': notice('review_published', 'userId', toOrder),
}

/** Whom a reminder goes to, by the facts of the event that set it. */
export const reminderRules = {
  order_reminder: notice('order_reminder', 'providerId', toOrder),
  change_reminder: notice('change_reminder', 'answererId', toOrder),
  change_pay_reminder: notice('change_pay_reminder', 'buyerId', toOrder),
  dispute_reminder: all(notice('dispute_reminder', 'buyerId', toDispute), notice('dispute_reminder', 'providerId', toDispute)),
  appeal_reminder: all(notice('appeal_reminder', 'buyerId', toDispute), notice('appeal_reminder', 'providerId', toDispute)),
} satisfies Partial<Record<NoticeType, Rule>>
export type ReminderType = keyof typeof reminderRules

import { defineLifecycle, type StateOf } from '../kernel/lifecycle.ts'

/** One side wants money of a milestone to go back. The two make offers in turn; silence decides against a provider and calls an arbitrator for a buyer. */
export const refundRequestLifecycle = defineLifecycle({
  name: 'refund_request',
  states: ['open', 'negotiating', 'escalated', 'executed', 'withdrawn'],
  initial: 'open',
  final: ['executed', 'withdrawn'],
  transitions: {
    agree: { from: ['open', 'negotiating', 'escalated'], to: 'executed', by: ['buyer', 'provider'], effect: "The other side's last offer holds: the milestone is divided at once." },
    counter: { from: ['open', 'negotiating'], to: 'negotiating', by: ['buyer', 'provider'], effect: 'Another amount; the other side has three days.' },
    refuse: { from: ['open', 'negotiating'], to: 'escalated', by: ['buyer', 'provider'], effect: 'A dispute is opened.' },
    execute_by_silence: { from: ['open', 'negotiating'], to: 'executed', by: ['timer'], after: { days: 3 }, effect: 'The provider did not answer: divided as the buyer asked.' },
    escalate_by_silence: { from: ['open', 'negotiating'], to: 'escalated', by: ['timer'], after: { days: 3 }, effect: 'The buyer did not answer: a dispute is opened.' },
    withdraw: { from: ['open', 'negotiating', 'escalated'], to: 'withdrawn', by: ['buyer', 'provider'], effect: 'Only by who asked, until a ruling. The milestone goes on.' },
    execute: { from: ['escalated'], to: 'executed', by: ['system'], effect: 'Divided as ruled.' },
  },
})
export type RefundRequestState = StateOf<typeof refundRequestLifecycle>

export const disputeLifecycle = defineLifecycle({
  name: 'dispute',
  states: ['evidence', 'review', 'ruled', 'appealed', 'executed', 'settled', 'withdrawn'],
  initial: 'evidence',
  final: ['executed', 'settled', 'withdrawn'],
  transitions: {
    extend_evidence: { from: ['evidence'], to: 'evidence', by: ['staff'], effect: 'A further 24 hours for both, once.' },
    close_evidence: { from: ['evidence'], to: 'review', by: ['timer', 'system'], after: { hours: 48 }, effect: 'Earlier when both sides have nothing to add.' },
    rule: { from: ['review'], to: 'ruled', by: ['staff'], effect: 'Both are told the division and the reasons; it is carried out after 48 hours without an appeal.' },
    appeal: { from: ['ruled'], to: 'appealed', by: ['buyer', 'provider'], effect: 'Once; another arbitrator decides.' },
    rule_finally: { from: ['appealed'], to: 'executed', by: ['staff'], effect: 'Carried out at once.' },
    execute: { from: ['ruled'], to: 'executed', by: ['timer'], after: { hours: 48 }, effect: 'Nobody appealed: the milestone is divided as ruled.' },
    settle: { from: ['evidence', 'review'], to: 'settled', by: ['system'], effect: 'The two have agreed after all.' },
    withdraw: { from: ['evidence', 'review'], to: 'withdrawn', by: ['system'], effect: 'Who asked has taken the request back.' },
  },
})
export type DisputeState = StateOf<typeof disputeLifecycle>

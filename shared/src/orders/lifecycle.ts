import { defineLifecycle, type StateOf } from '../kernel/lifecycle.ts'

/** An offer of price, time and scope on a requirement or in a conversation. Countering hands the turn to the other side. */
export const quoteLifecycle = defineLifecycle({
  name: 'quote',
  states: ['offered', 'countered', 'accepted', 'rejected', 'withdrawn', 'expired'],
  initial: 'offered',
  final: ['accepted', 'rejected', 'withdrawn', 'expired'],
  transitions: {
    counter: { from: ['offered'], to: 'countered', by: ['buyer'] },
    reoffer: { from: ['countered', 'offered'], to: 'offered', by: ['provider'] },
    accept: { from: ['offered'], to: 'accepted', by: ['buyer'], effect: 'An order is made and waits for payment.' },
    agree: { from: ['countered'], to: 'accepted', by: ['provider'], effect: "The buyer's terms hold; an order is made and waits for payment." },
    reject: { from: ['offered', 'countered'], to: 'rejected', by: ['buyer', 'provider', 'system'] },
    withdraw: { from: ['offered', 'countered'], to: 'withdrawn', by: ['provider'] },
    expire: { from: ['offered', 'countered'], to: 'expired', by: ['timer'], after: { hours: 72 } },
  },
})
export type QuoteState = StateOf<typeof quoteLifecycle>

export const orderLifecycle = defineLifecycle({
  name: 'order',
  states: ['pending_payment', 'paid', 'in_progress', 'completed', 'expired', 'cancelled'],
  initial: 'pending_payment',
  final: ['completed', 'expired', 'cancelled'],
  transitions: {
    pay: { from: ['pending_payment'], to: 'paid', by: ['gateway'], effect: 'The price is held in escrow; the provider has 24 hours to accept.' },
    start: { from: ['pending_payment'], to: 'in_progress', by: ['gateway', 'system'], effect: 'The price is held in escrow; an order from a quote or an instant offer is accepted already.' },
    accept: { from: ['paid'], to: 'in_progress', by: ['provider'] },
    decline: { from: ['paid'], to: 'cancelled', by: ['provider'], effect: 'Refunded at once.' },
    lapse: { from: ['paid'], to: 'cancelled', by: ['timer'], after: { hours: 24 }, effect: 'Nobody accepted: refunded at once.' },
    recall: { from: ['paid'], to: 'cancelled', by: ['buyer'], effect: 'Not accepted yet: refunded at once.' },
    complete: { from: ['in_progress'], to: 'completed', by: ['system'], effect: 'All milestones are closed; both sides may review.' },
    call_off: { from: ['in_progress'], to: 'cancelled', by: ['system'], effect: 'All milestones are closed, and everything went back to the buyer.' },
    expire: { from: ['pending_payment'], to: 'expired', by: ['timer'], after: { minutes: 30 } },
    withdraw: { from: ['pending_payment'], to: 'cancelled', by: ['buyer'], effect: 'Nothing was paid.' },
  },
})
export type OrderState = StateOf<typeof orderLifecycle>

/** A part of an order with its own escrow. Acceptance releases it; silence accepts after seven days. */
export const milestoneLifecycle = defineLifecycle({
  name: 'milestone',
  states: ['planned', 'funded', 'in_progress', 'delivered', 'released', 'refunded', 'split'],
  initial: 'planned',
  final: ['released', 'refunded', 'split'],
  transitions: {
    fund: { from: ['planned'], to: 'funded', by: ['gateway', 'system'], effect: 'Its price is held in escrow.' },
    start: { from: ['funded'], to: 'in_progress', by: ['system'] },
    deliver: { from: ['in_progress'], to: 'delivered', by: ['provider'], effect: 'The seven days for acceptance begin.' },
    redeliver: { from: ['delivered'], to: 'delivered', by: ['provider'], effect: 'A further version; the seven days begin again.' },
    extend: { from: ['delivered'], to: 'delivered', by: ['buyer'], effect: 'Seven more days for acceptance, once.' },
    revise: { from: ['delivered'], to: 'in_progress', by: ['buyer'], effect: 'Counts against the agreed number of revisions.' },
    accept: { from: ['delivered'], to: 'released', by: ['buyer'], effect: 'Escrow less the fee goes into clearing.' },
    accept_by_silence: { from: ['delivered'], to: 'released', by: ['timer'], after: { days: 7 }, effect: 'As if the buyer had accepted.' },
    refund: { from: ['funded', 'in_progress', 'delivered'], to: 'refunded', by: ['system'], effect: 'Escrow goes back to the payer.' },
    split: { from: ['funded', 'in_progress', 'delivered'], to: 'split', by: ['system'], effect: 'Escrow is divided as agreed or ruled; the share of the provider, less the fee, is available at once.' },
    award: { from: ['funded', 'in_progress', 'delivered'], to: 'released', by: ['system'], effect: 'Ruled: all of the escrow, less the fee, is available to the provider.' },
  },
})
export type MilestoneState = StateOf<typeof milestoneLifecycle>

/** Another scope, price or date of an order under way. One of an order is open at a time; silence means no. */
export const changeOrderLifecycle = defineLifecycle({
  name: 'change_order',
  states: ['proposed', 'awaiting_payment', 'applied', 'rejected', 'withdrawn', 'lapsed'],
  initial: 'proposed',
  final: ['applied', 'rejected', 'withdrawn', 'lapsed'],
  transitions: {
    agree: { from: ['proposed'], to: 'applied', by: ['buyer', 'provider'], effect: 'It holds from now on; a decrease goes back from escrow at once.' },
    agree_to_pay: { from: ['proposed'], to: 'awaiting_payment', by: ['buyer', 'provider'], effect: 'It holds when the buyer has paid the increase into escrow.' },
    pay: { from: ['awaiting_payment'], to: 'applied', by: ['gateway'], effect: 'The increase is in escrow; it holds from now on.' },
    reject: { from: ['proposed'], to: 'rejected', by: ['buyer', 'provider'] },
    withdraw: { from: ['proposed', 'awaiting_payment'], to: 'withdrawn', by: ['buyer', 'provider'], effect: 'A proposal by who made it; an agreed one by the buyer, who does not pay.' },
    lapse: { from: ['proposed'], to: 'lapsed', by: ['timer'], after: { days: 3 }, effect: 'No answer means no.' },
    expire: { from: ['awaiting_payment'], to: 'lapsed', by: ['timer'], after: { hours: 24 }, effect: 'The increase was not paid.' },
    overtake: { from: ['proposed', 'awaiting_payment'], to: 'lapsed', by: ['system'], effect: 'A milestone it is about was closed, or a refund is asked of it.' },
  },
})
export type ChangeOrderState = StateOf<typeof changeOrderLifecycle>

/**
 * How money moves, as pure functions that build entries. Each business event has one key, so that telling the ledger
 * twice changes nothing. Amounts are minor units of `currency` and greater than zero.
 *
 *   gateway ─fundEscrow→ escrow ─releaseEntry→ clearing (net) + platform:fee ─clear→ available ─requestPayout→ payout ─payoutPaid→ gateway
 *                         └─refundEscrow→ refund ─refundSent→ gateway          (clearing ─freezeClearing→ frozen ─refundClearingEntry→ refund)
 *
 * What a coupon takes off the price comes from platform:coupon in the entry that funds the escrow, and its share of what is
 * refunded goes back there in the entry that refunds.
 */
import type { Currency } from '@miaodan/shared/kernel/money'
import { accountOf } from '@miaodan/shared/ledger/model'
import type { NewEntry } from './entry.ts'

type Event = { at: Date, currency?: Currency, memo?: string }
/** `coupon`: what of the amount a coupon adds; its bearer's account gives it and the payer the rest. */
type Share = { milestoneId: string, amount: bigint, coupon?: bigint }

const orderChain = (orderId: string) => `order:${orderId}`
const userChain = (userId: string) => `user:${userId}`
const requirementChain = (requirementId: string) => `requirement:${requirementId}`

/** A payment for an order succeeded: each milestone's price goes into its own escrow. Key: the payment. */
export function fundEscrow(event: Event & { orderId: string, paymentId: string, payerId: string, channel: string, shares: Share[] }): NewEntry {
  return entry(event, {
    key: `escrow.funded:${event.paymentId}`, kind: 'escrow.funded', chain: orderChain(event.orderId),
    refs: { orderId: event.orderId, paymentId: event.paymentId, userId: event.payerId, ...onlyMilestone(event.shares) },
    postings: fill(accountOf.gateway(event.channel), event.shares),
  })
}

/** The same, paid from the payer's balance instead of a payment network. */
export function payFromBalance(event: Event & { orderId: string, paymentId: string, payerId: string, shares: Share[] }): NewEntry {
  return entry(event, {
    key: `escrow.funded:${event.paymentId}`, kind: 'escrow.funded_from_balance', chain: orderChain(event.orderId),
    refs: { orderId: event.orderId, paymentId: event.paymentId, userId: event.payerId, ...onlyMilestone(event.shares) },
    postings: fill(accountOf.available(event.payerId), event.shares),
  })
}

/** An instant requirement is funded before it is offered, when there is no order yet. `channel` 'balance' takes it from the payer's balance. */
export function fundRequirement(event: Event & { requirementId: string, paymentId: string, payerId: string, channel: string, amount: bigint }): NewEntry {
  const fromBalance = event.channel === 'balance'
  return entry(event, {
    key: `escrow.funded:${event.paymentId}`, kind: fromBalance ? 'escrow.funded_from_balance' : 'escrow.funded', chain: requirementChain(event.requirementId),
    refs: { paymentId: event.paymentId, userId: event.payerId },
    postings: [{ from: fromBalance ? accountOf.available(event.payerId) : accountOf.gateway(event.channel), to: accountOf.requirementEscrow(event.requirementId), amount: event.amount }],
  })
}

/** Somebody took the instant requirement: its money becomes the escrow of the order's milestones. Key: the requirement. */
export function moveEscrow(event: Event & { requirementId: string, orderId: string, shares: Share[] }): NewEntry {
  return entry(event, {
    key: `escrow.moved:${event.requirementId}`, kind: 'escrow.moved', chain: orderChain(event.orderId), refs: { orderId: event.orderId, ...onlyMilestone(event.shares) },
    postings: event.shares.map(share => ({ from: accountOf.requirementEscrow(event.requirementId), to: accountOf.escrow(share.milestoneId), amount: share.amount })),
  })
}

/**
 * A milestone was accepted: its escrow less `fee` goes into the provider's clearing. Orders call the service's
 * `releaseMilestone`, which works out the fee; this is the entry it posts. Key: the milestone.
 */
export function releaseEntry(event: Event & { orderId: string, milestoneId: string, providerId: string, amount: bigint, fee: bigint }): NewEntry {
  const from = accountOf.escrow(event.milestoneId)
  return entry(event, {
    key: `milestone.released:${event.milestoneId}`, kind: 'milestone.released', chain: orderChain(event.orderId),
    refs: { orderId: event.orderId, milestoneId: event.milestoneId, userId: event.providerId },
    postings: positive([
      { from, to: accountOf.clearing(event.providerId, event.milestoneId), amount: event.amount - event.fee },
      { from, to: accountOf.fee, amount: event.fee },
    ]),
  })
}

/** The clearing period of a milestone ended: `amount` becomes the provider's to take out. Key: the milestone. */
export function clear(event: Event & { orderId: string, milestoneId: string, providerId: string, amount: bigint }): NewEntry {
  return entry(event, {
    key: `clearing.ended:${event.milestoneId}`, kind: 'clearing.ended', chain: orderChain(event.orderId),
    refs: { orderId: event.orderId, milestoneId: event.milestoneId, userId: event.providerId },
    postings: [{ from: accountOf.clearing(event.providerId, event.milestoneId), to: accountOf.available(event.providerId), amount: event.amount }],
  })
}

/**
 * All or part of a milestone's escrow starts on its way back to the payer; `coupon` of it goes back to who bore the coupon.
 * Key: the refund. Then `refundSent` or `creditRefund` for the rest.
 */
export function refundEscrow(event: Event & { refundId: string, orderId: string, milestoneId: string, payerId: string, paymentId?: string, amount: bigint, coupon?: bigint }): NewEntry {
  return entry(event, {
    key: `escrow.refunded:${event.refundId}:${event.milestoneId}`, kind: 'escrow.refunded', chain: orderChain(event.orderId),
    refs: { orderId: event.orderId, milestoneId: event.milestoneId, userId: event.payerId, ...(event.paymentId && { paymentId: event.paymentId }) },
    postings: divert([{ from: accountOf.escrow(event.milestoneId), to: accountOf.refund(event.payerId, event.refundId), amount: event.amount }], event.coupon),
  })
}

/** An instant requirement ended without a taker: its money starts on its way back. Key: the refund. */
export function refundRequirement(event: Event & { refundId: string, requirementId: string, payerId: string, paymentId?: string, amount: bigint }): NewEntry {
  return entry(event, {
    key: `escrow.refunded:${event.refundId}`, kind: 'escrow.refunded', chain: requirementChain(event.requirementId),
    refs: { userId: event.payerId, ...(event.paymentId && { paymentId: event.paymentId }) },
    postings: [{ from: accountOf.requirementEscrow(event.requirementId), to: accountOf.refund(event.payerId, event.refundId), amount: event.amount }],
  })
}

/**
 * Money already released but still in clearing goes back: the provider gives `amount - fee`, the platform its share
 * `fee`. What a refund request had frozen before comes from there. The service's `refundReleased` works out the fee.
 * `coupon` of the amount goes back to who bore the coupon. Key: the refund.
 */
export function refundClearingEntry(event: Event & { refundId: string, orderId: string, milestoneId: string, providerId: string, payerId: string, amount: bigint, fee: bigint, coupon?: bigint, frozenBy?: string }): NewEntry {
  const to = accountOf.refund(event.payerId, event.refundId)
  const from = event.frozenBy ? accountOf.frozen(event.providerId, event.frozenBy) : accountOf.clearing(event.providerId, event.milestoneId)
  return entry(event, {
    key: `clearing.refunded:${event.refundId}:${event.milestoneId}`, kind: 'clearing.refunded', chain: orderChain(event.orderId),
    refs: { orderId: event.orderId, milestoneId: event.milestoneId, userId: event.payerId },
    postings: divert(positive([
      { from, to, amount: event.amount - event.fee },
      { from: accountOf.fee, to, amount: event.fee },
    ]), event.coupon),
  })
}

/** A refund is asked of money in clearing: so much of the provider's net waits for the decision. Key: the request. */
export function freezeClearing(event: Event & { requestId: string, orderId: string, milestoneId: string, providerId: string, amount: bigint }): NewEntry {
  return entry(event, {
    key: `clearing.frozen:${event.requestId}`, kind: 'clearing.frozen', chain: orderChain(event.orderId),
    refs: { orderId: event.orderId, milestoneId: event.milestoneId, userId: event.providerId },
    postings: [{ from: accountOf.clearing(event.providerId, event.milestoneId), to: accountOf.frozen(event.providerId, event.requestId), amount: event.amount }],
  })
}

/** It is decided: what stays with the provider goes on clearing, or is available when the clearing period `cleared` in the meantime. Key: the request. */
export function unfreezeClearing(event: Event & { requestId: string, orderId: string, milestoneId: string, providerId: string, amount: bigint, cleared: boolean }): NewEntry {
  return entry(event, {
    key: `clearing.unfrozen:${event.requestId}`, kind: 'clearing.unfrozen', chain: orderChain(event.orderId),
    refs: { orderId: event.orderId, milestoneId: event.milestoneId, userId: event.providerId },
    postings: [{
      from: accountOf.frozen(event.providerId, event.requestId),
      to: event.cleared ? accountOf.available(event.providerId) : accountOf.clearing(event.providerId, event.milestoneId), amount: event.amount,
    }],
  })
}

/** The payment network has paid the refund out to the payer. Key: the refund. */
export function refundSent(event: Event & { refundId: string, payerId: string, channel: string, amount: bigint, orderId?: string, paymentId?: string }): NewEntry {
  return entry(event, {
    key: `refund.settled:${event.refundId}`, kind: 'refund.sent', chain: event.orderId ? orderChain(event.orderId) : userChain(event.payerId), refs: refundRefs(event),
    postings: [{ from: accountOf.refund(event.payerId, event.refundId), to: accountOf.gateway(event.channel), amount: event.amount }],
  })
}

/** The refund goes to the payer's balance: what was paid from it, or what the network could not return. Key: the refund, so never both. */
export function creditRefund(event: Event & { refundId: string, payerId: string, amount: bigint, orderId?: string, paymentId?: string }): NewEntry {
  return entry(event, {
    key: `refund.settled:${event.refundId}`, kind: 'refund.credited', chain: event.orderId ? orderChain(event.orderId) : userChain(event.payerId), refs: refundRefs(event),
    postings: [{ from: accountOf.refund(event.payerId, event.refundId), to: accountOf.available(event.payerId), amount: event.amount }],
  })
}

/** A payout was asked for: the amount leaves the balance at once. Key: the payout. */
export function requestPayout(event: Event & { payoutId: string, userId: string, amount: bigint }): NewEntry {
  return entry(event, {
    key: `payout.requested:${event.payoutId}`, kind: 'payout.requested', chain: userChain(event.userId), refs: { userId: event.userId },
    postings: [{ from: accountOf.available(event.userId), to: accountOf.payout(event.userId, event.payoutId), amount: event.amount }],
  })
}

/** The bank confirmed the payout. Key: the payout's end, which it shares with `payoutFailed`: never both. */
export function payoutPaid(event: Event & { payoutId: string, userId: string, channel: string, amount: bigint }): NewEntry {
  return entry(event, {
    key: `payout.ended:${event.payoutId}`, kind: 'payout.paid', chain: userChain(event.userId), refs: { userId: event.userId },
    postings: [{ from: accountOf.payout(event.userId, event.payoutId), to: accountOf.gateway(event.channel), amount: event.amount }],
  })
}

/** The bank refused the payout: the money is back in the balance. */
export function payoutFailed(event: Event & { payoutId: string, userId: string, amount: bigint }): NewEntry {
  return entry(event, {
    key: `payout.ended:${event.payoutId}`, kind: 'payout.failed', chain: userChain(event.userId), refs: { userId: event.userId },
    postings: [{ from: accountOf.payout(event.userId, event.payoutId), to: accountOf.available(event.userId), amount: event.amount }],
  })
}

/** Money came that must go back (paid twice, late, wrong amount). `receipt` is the network's own number of the transaction. */
export function receiveSuspense(event: Event & { paymentId: string, payerId: string, channel: string, receipt: string, amount: bigint, orderId?: string }): NewEntry {
  return entry(event, {
    key: `suspense.received:${event.channel}:${event.receipt}`, kind: 'suspense.received', chain: userChain(event.payerId),
    refs: { paymentId: event.paymentId, userId: event.payerId, ...(event.orderId && { orderId: event.orderId }) },
    postings: [{ from: accountOf.gateway(event.channel), to: accountOf.suspense(event.payerId, event.paymentId), amount: event.amount }],
  })
}

/** The network has sent it back to the payer. */
export function returnSuspense(event: Event & { paymentId: string, payerId: string, channel: string, receipt: string, amount: bigint, orderId?: string }): NewEntry {
  return entry(event, {
    key: `suspense.returned:${event.channel}:${event.receipt}`, kind: 'suspense.returned', chain: userChain(event.payerId),
    refs: { paymentId: event.paymentId, userId: event.payerId, ...(event.orderId && { orderId: event.orderId }) },
    postings: [{ from: accountOf.suspense(event.payerId, event.paymentId), to: accountOf.gateway(event.channel), amount: event.amount }],
  })
}

/** The network could not send it back: it is in the payer's balance instead. Key: the receipt, shared with `returnSuspense`. */
export function creditSuspense(event: Event & { paymentId: string, payerId: string, channel: string, receipt: string, amount: bigint, orderId?: string }): NewEntry {
  return entry(event, {
    key: `suspense.returned:${event.channel}:${event.receipt}`, kind: 'suspense.credited', chain: userChain(event.payerId),
    refs: { paymentId: event.paymentId, userId: event.payerId, ...(event.orderId && { orderId: event.orderId }) },
    postings: [{ from: accountOf.suspense(event.payerId, event.paymentId), to: accountOf.available(event.payerId), amount: event.amount }],
  })
}

function entry(event: Event, rest: Omit<NewEntry, 'at' | 'currency' | 'memo'>): NewEntry {
  return { ...rest, currency: event.currency ?? 'CNY', at: event.at, ...(event.memo !== undefined && { memo: event.memo }) }
}

/** A fee of zero moves nothing, and a posting must move something. */
function positive(postings: NewEntry['postings']): NewEntry['postings'] {
  return postings.filter(posting => posting.amount !== 0n)
}

/** Each share into its escrow: what a coupon adds from the coupon's account, the rest from the payer's side. */
function fill(from: string, shares: Share[]): NewEntry['postings'] {
  return shares.flatMap(({ milestoneId, amount, coupon = 0n }) => {
    const to = accountOf.escrow(milestoneId)
    return positive([{ from, to, amount: amount - coupon }, { from: accountOf.coupon, to, amount: coupon }])
  })
}

/** The first `coupon` of what these postings move goes to the coupon's account instead. */
function divert(postings: NewEntry['postings'], coupon = 0n): NewEntry['postings'] {
  let left = coupon
  return postings.flatMap(posting => {
    const share = posting.amount < left ? posting.amount : left
    left -= share
    return positive([{ ...posting, amount: posting.amount - share }, { ...posting, to: accountOf.coupon, amount: share }])
  })
}

function onlyMilestone(shares: Share[]): { milestoneId?: string } {
  const [first] = shares
  return first && shares.length === 1 ? { milestoneId: first.milestoneId } : {}
}

function refundRefs(event: { payerId: string, orderId?: string, paymentId?: string }): NewEntry['refs'] {
  return { userId: event.payerId, ...(event.orderId && { orderId: event.orderId }), ...(event.paymentId && { paymentId: event.paymentId }) }
}

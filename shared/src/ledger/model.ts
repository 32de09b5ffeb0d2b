/**
 * The vocabulary of the books. An account is addressed by text whose first part is its kind; what follows names the
 * thing or person the money belongs to, so that an address alone says whose money it is.
 */
import * as z from 'zod'

/** Accounts that belong to an order or a person. The database refuses to let one go below zero. */
export const OWNER_KINDS = ['escrow', 'clearing', 'available', 'frozen', 'payout', 'refund', 'suspense'] as const
/** Accounts of the platform. They may be negative and keep no running balance, because every payment touches them. */
export const PLATFORM_KINDS = ['gateway', 'platform'] as const
export const ACCOUNT_KINDS = [...OWNER_KINDS, ...PLATFORM_KINDS] as const
export type AccountKind = typeof ACCOUNT_KINDS[number]

export const accountOf = {
  /** Money held for one milestone of an order. */
  escrow: (milestoneId: string) => `escrow:${milestoneId}`,
  /** Money of an instant requirement, held before there is an order. */
  requirementEscrow: (requirementId: string) => `escrow:requirement:${requirementId}`,
  /** What a provider earned with a milestone, for the days in which it can still be claimed back. */
  clearing: (userId: string, milestoneId: string) => `clearing:${userId}:${milestoneId}`,
  /** A person's balance: may be paid out or spent. */
  available: (userId: string) => `available:${userId}`,
  /** What a provider earned and a refund request holds back until it is decided. */
  frozen: (userId: string, requestId: string) => `frozen:${userId}:${requestId}`,
  /** A payout on its way to the provider's bank. */
  payout: (userId: string, payoutId: string) => `payout:${userId}:${payoutId}`,
  /** A refund on its way to the payer. */
  refund: (payerId: string, refundId: string) => `refund:${payerId}:${refundId}`,
  /** Money that came in but must go back: paid twice, too late, or the wrong amount. */
  suspense: (payerId: string, paymentId: string) => `suspense:${payerId}:${paymentId}`,
  /** Money at a payment network. What the network holds for the platform is the negative of this balance. */
  gateway: (channel: string) => `gateway:${channel}`,
  fee: 'platform:fee',
  coupon: 'platform:coupon',
  rounding: 'platform:rounding',
} as const

export const ADDRESS_PATTERN = /^(escrow|clearing|available|frozen|payout|refund|suspense|gateway|platform):[a-z0-9_-]{1,64}(:[a-z0-9_-]{1,64}){0,2}$/

export function kindOf(address: string): AccountKind {
  return address.slice(0, address.indexOf(':')) as AccountKind
}

export function isPlatformAccount(address: string): boolean {
  return (PLATFORM_KINDS as readonly string[]).includes(kindOf(address))
}

/** What can happen to money, in the order in which it usually does. */
export const ENTRY_KINDS = [
  'escrow.funded', 'escrow.funded_from_balance', 'escrow.moved', 'escrow.refunded',
  'milestone.released', 'clearing.ended', 'clearing.refunded', 'clearing.frozen', 'clearing.unfrozen',
  'payout.requested', 'payout.paid', 'payout.failed',
  'refund.sent', 'refund.credited', 'suspense.received', 'suspense.returned', 'suspense.credited',
] as const
export type EntryKind = typeof ENTRY_KINDS[number]

/** Upper bounds of one entry; the database holds them as well. */
export const MAX_POSTINGS = 100
export const MAX_POSTING_AMOUNT = 1_000_000_000_000_000n
export const MAX_MEMO_LENGTH = 500

export const addressSchema = z.string().max(200).regex(ADDRESS_PATTERN).meta({ description: 'Account of the ledger, such as `escrow:<milestone id>` or `platform:fee`.' })
export const accountKindSchema = z.enum(ACCOUNT_KINDS)
export const entryKindSchema = z.enum(ENTRY_KINDS)

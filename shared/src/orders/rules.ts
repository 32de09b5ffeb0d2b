/**
 * How long things take. An order keeps the rules it was made under, so that a change here reaches only later ones.
 */
import type { Duration } from '../kernel/time.ts'

export type OrderRules = {
  /** An order that is not paid by then expires. */
  payWithin: Duration
  /** The provider accepts a paid order by then, or the money goes back. */
  acceptWithin: Duration
  /** A delivery nobody answers is accepted after this long. */
  silenceAccepts: Duration
  /** Reminders, counted back from the acceptance by silence. */
  remind3d: Duration
  remind1d: Duration
  /** By how much the buyer may extend the time for acceptance, once a milestone. */
  extension: Duration
  /** A requested revision may take so long at least, whatever the date agreed was. */
  revisionTakes: Duration
  /** How long released money can still be claimed back before the provider may take it out. */
  clearing: Duration
}

export const ORDER_RULES: OrderRules = {
  payWithin: { minutes: 30 },
  acceptWithin: { hours: 24 },
  silenceAccepts: { days: 7 },
  remind3d: { days: 3 },
  remind1d: { days: 1 },
  extension: { days: 7 },
  revisionTakes: { days: 3 },
  clearing: { days: 3 },
}

/** An offer or counter-offer that is not answered for so long expires. */
export const QUOTE_EXPIRES_AFTER: Duration = { hours: 72 }

/** A proposed change that is not answered for so long is refused; an agreed one whose increase is not paid for so long does not hold. */
export const CHANGE_ANSWERED_WITHIN: Duration = { days: 3 }
export const CHANGE_PAID_WITHIN: Duration = { hours: 24 }

/** Bounds of what one order may hold. */
export const ORDER_LIMITS = { milestones: 20, checklistLines: 20, days: 365, revisions: 20, uploads: 20, liveQuotesToOneBuyer: 5 } as const

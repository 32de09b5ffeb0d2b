/**
 * What can be paid for belongs to other features. They register here how to name the price, and what to do in the very
 * transaction in which the money is recorded, so that there is no moment with money taken and nothing bought.
 */
import type { Money } from '@miaodan/shared/kernel/money'
import type { PaymentPurpose } from '@miaodan/shared/payments/model'
import type { Deps } from '../../deps.ts'
import type { Executor, Tx } from '../../kernel/db.ts'
import type { NewEntry } from '../ledger/index.ts'
import type { payments } from './tables.ts'

export type PaymentRow = typeof payments.$inferSelect
/** `coupon`: what somebody else adds to what is paid, so that the two are the price. */
export type Bill = { amount: Money, coupon?: Money, title: string, expiresAt: Date, parts: Record<string, unknown> }
/** Why money cannot be used for what it was meant for. */
export type Misfit = 'double_payment' | 'too_late' | 'wrong_amount'
export type Settlement =
  /** The thing is now paid, or when `moved` has ended; the entry moves the money from the gateway (or the balance) into escrow. */
  | { accepted: true, entry: NewEntry, moved?: Promise<unknown> }
  /** It cannot be paid any more; the money goes back to the payer by itself. */
  | { accepted: false, reason: Misfit }

export type Payable<Subject = unknown> = {
  /**
   * What this person has to pay for the subject now.
   * @throws problem kernel.not_found when it is not theirs to pay, payments.not_payable when nothing is due.
   */
  bill(executor: Executor, deps: Deps, subjectId: string, payerId: string, wanted: { milestoneIds?: readonly string[], changeId?: string }): Promise<Bill>
  /** Locks the subject and reads it under the lock. Everybody locks it before its payments: the lock is sent before anything is awaited. */
  lock(tx: Tx, subjectId: string): Promise<Subject>
  /** The money is here: check that the locked subject still wants to be paid, and move it on. */
  settle(tx: Tx, deps: Deps, payment: PaymentRow, subject: Subject): Promise<Settlement>
}

const payables = new Map<PaymentPurpose, Payable>()

export function registerPayable<Subject>(purpose: PaymentPurpose, payable: Payable<Subject>): void {
  payables.set(purpose, payable)
}

export function payableOf(purpose: string): Payable {
  const payable = payables.get(purpose as PaymentPurpose)
  if (!payable) throw new Error(`nothing is registered to be paid as ${purpose}`)
  return payable
}

import type { DemoReview, MilestonePlan, PaymentChannel, QuoteTerms, StoryEvent, When } from '../types.ts'
import type { RefundCause } from '@miaodan/shared/disputes/model'
import { list, yuan } from '../authoring.ts'

/** One short function an event, so that a story reads down the page like a diary. */
const terms = (message: string, revisions: number, milestones: MilestonePlan[]): QuoteTerms => ({ message, revisions, milestones })

export const quote = (at: When, message: string, revisions: number, milestones: MilestonePlan[]): StoryEvent => ({ at, type: 'quote', terms: terms(message, revisions, milestones) })
export const counter = (at: When, by: 'buyer' | 'provider', message: string, revisions: number, milestones: MilestonePlan[]): StoryEvent =>
  ({ at, type: 'counter', by, terms: terms(message, revisions, milestones) })
export const acceptQuote = (at: When, by: 'buyer' | 'provider' = 'buyer'): StoryEvent => ({ at, type: 'accept_quote', by })
export const place = (at: When): StoryEvent => ({ at, type: 'place' })
export const take = (at: When): StoryEvent => ({ at, type: 'take' })
export const useCoupon = (at: When, code: string): StoryEvent => ({ at, type: 'use_coupon', code })
export const pay = (at: When, channel: PaymentChannel, ...milestones: number[]): StoryEvent => ({ at, type: 'pay', channel, milestones: milestones.length ? milestones : [1] })
export const providerAccepts = (at: When): StoryEvent => ({ at, type: 'provider_accepts' })
export const providerDeclines = (at: When, reason: string): StoryEvent => ({ at, type: 'provider_declines', reason })
export const deliver = (at: When, milestone: number, message: string, files: string): StoryEvent => ({ at, type: 'deliver', milestone, message, files: list(files) })
export const requestRevision = (at: When, milestone: number, reason: string): StoryEvent => ({ at, type: 'request_revision', milestone, reason })
export const extend = (at: When, milestone: number): StoryEvent => ({ at, type: 'extend', milestone })
export const accept = (at: When, milestone = 1): StoryEvent => ({ at, type: 'accept', milestone })
export const autoAccept = (at: When, milestone = 1): StoryEvent => ({ at, type: 'timer', action: 'milestone.auto_accept', milestone })
export const orderExpires = (at: When): StoryEvent => ({ at, type: 'timer', action: 'order.expire' })
export const unacceptedCancelled = (at: When): StoryEvent => ({ at, type: 'timer', action: 'order.cancel_unaccepted' })
export const payout = (at: When, amountYuan: number): StoryEvent => ({ at, type: 'payout', amountFen: yuan(amountYuan) })

type Side = 'buyer' | 'provider'
export const askRefund = (at: When, by: Side, milestone: number, amountYuan: number, cause: RefundCause, message: string): StoryEvent => ({ at, type: 'ask_refund', by, milestone, amountFen: yuan(amountYuan), cause, message })
export const counterRefund = (at: When, by: Side, amountYuan: number, message: string): StoryEvent => ({ at, type: 'counter_refund', by, amountFen: yuan(amountYuan), message })
export const agreeRefund = (at: When, by: Side): StoryEvent => ({ at, type: 'agree_refund', by })
export const refuseRefund = (at: When, by: Side, message: string): StoryEvent => ({ at, type: 'refuse_refund', by, message })
export const refundBySilence = (at: When): StoryEvent => ({ at, type: 'timer', action: 'refund.silence' })
export const addEvidence = (at: When, by: Side, message: string, files = ''): StoryEvent => ({ at, type: 'add_evidence', by, message, files: files === '' ? [] : list(files) })
export const rule = (at: When, arbitratorId: string, toBuyerYuan: number, reasons: string): StoryEvent => ({ at, type: 'rule', arbitratorId, toBuyerFen: yuan(toBuyerYuan), reasons })
export const appeal = (at: When, by: Side, reason: string): StoryEvent => ({ at, type: 'appeal', by, reason })

export function review(at: When, by: 'buyer' | 'provider', [attitude, skill, quality]: [number, number, number], text: string, suggestion?: string): StoryEvent {
  const given: DemoReview = { attitude, skill, quality, text, ...(suggestion ? { suggestion } : {}) }
  return { at, type: 'review', by, review: given }
}

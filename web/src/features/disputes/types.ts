/** Shapes of refund requests and disputes as they come over the wire. */
import type { api } from '@/lib/api.ts'
import type { AnswerOf, RowOf } from '@/lib/api-types.ts'

export type RefundRequest = AnswerOf<typeof api.refunds.get>
export type Refundable = AnswerOf<typeof api.refunds.ofOrder>['refundable'][number]
export type Answer = RefundRequest['actions'][number]
export type Dispute = AnswerOf<typeof api.disputes.get>
export type DisputeRow = RowOf<typeof api.disputes.queue>
export type Piece = Dispute['pieces'][number]
export type Sealed = NonNullable<Piece['sealed']>
export type DryRun = AnswerOf<typeof api.disputes.dryRun>
export type Mark = NonNullable<Dispute['draft']>['marks'][string]
export type Side = 'buyer' | 'provider'

export const isLive = (request: RefundRequest): boolean => request.endedAt === null
/** The provider, for the buyer; for everybody else the buyer. */
export const otherSide = (subject: { side: string, buyer: { displayName: string }, provider: { displayName: string } }): string =>
  (subject.side === 'buyer' ? subject.provider : subject.buyer).displayName
export const nameOf = (subject: { buyer: { displayName: string }, provider: { displayName: string } }, side: Side): string => subject[side].displayName
/** "9f2c…a817": enough to compare by eye; the whole of it is in the title. */
export const shortHash = (sha256: string): string => `${sha256.slice(0, 4)}…${sha256.slice(-4)}`

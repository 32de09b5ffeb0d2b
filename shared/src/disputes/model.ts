/** What refund requests and disputes look like to those who read them. Amounts are gross: of the milestone's price, before the fee. */
import * as z from 'zod'
import { personCardSchema } from '../accounts/model.ts'
import { idSchema } from '../kernel/ids.ts'
import { moneySchema, positiveMoneySchema } from '../kernel/money.ts'
import { uploadSchema } from '../kernel/uploads.ts'
import { momentSchema, textSchema } from '../kernel/wire.ts'
import { perspectiveSchema, sideSchema } from '../orders/model.ts'
import { disputeLifecycle, refundRequestLifecycle } from './lifecycle.ts'
import { DISPUTE_LIMITS } from './rules.ts'

/** Why a refund is asked. */
export const REFUND_CAUSES = ['not_delivered', 'late', 'not_as_agreed', 'quality', 'no_longer_needed', 'cannot_do', 'other'] as const
export const refundCauseSchema = z.enum(REFUND_CAUSES)
export type RefundCause = typeof REFUND_CAUSES[number]

/** `escrow`: still held; dividing it closes the milestone. `clearing`: released less than the clearing period ago; only the amount asked is frozen. */
export const stageSchema = z.enum(['escrow', 'clearing'])

const uploadIds = z.array(idSchema).max(DISPUTE_LIMITS.uploads).default([])
export const statementSchema = z.object({ message: textSchema(4000), uploads: uploadIds })

export const refundableSchema = z.object({
  milestone: z.object({ id: idSchema, position: z.number().int(), title: z.string() }),
  stage: stageSchema,
  most: positiveMoneySchema.meta({ description: 'What may be asked back at most.' }),
  price: moneySchema,
  coupon: moneySchema.meta({ description: 'What of the price the coupon gave: its share of what goes back is not the buyer\'s.' }),
  refunded: moneySchema,
}).meta({ id: 'Refundable' })

export const refundOfferSchema = z.object({
  version: z.number().int(),
  by: sideSchema,
  amount: moneySchema.meta({ description: 'What would go back to the buyer. 0: nothing.' }),
  message: z.string(),
  files: z.array(uploadSchema),
  at: momentSchema,
}).meta({ id: 'RefundOffer' })

const requestActions = z.enum(['agree', 'counter', 'refuse', 'withdraw'])

export const refundRequestSchema = z.object({
  id: idSchema,
  orderId: idSchema,
  orderNumber: z.string(),
  title: z.string().meta({ description: 'Of the order.' }),
  milestone: z.object({ id: idSchema, position: z.number().int(), title: z.string(), price: moneySchema }),
  stage: stageSchema,
  most: moneySchema.meta({ description: 'What is divided: the escrow, or what is frozen of what is clearing.' }),
  state: z.enum(refundRequestLifecycle.states),
  side: perspectiveSchema.meta({ description: 'Who reads.' }),
  askedBy: sideSchema,
  cause: refundCauseSchema,
  buyer: personCardSchema,
  provider: personCardSchema,
  offers: z.array(refundOfferSchema),
  turn: sideSchema.nullable().meta({ description: 'Who has to answer.' }),
  answerBy: momentSchema.nullable(),
  silence: z.enum(['executed', 'escalated']).nullable().meta({ description: 'What follows when nobody answers in time.' }),
  consequence: z.object({ toBuyer: moneySchema, coupon: moneySchema.meta({ description: 'What of toBuyer goes back to who bore the coupon.' }), fee: moneySchema, net: moneySchema }).nullable().meta({ description: 'What agreeing to the last offer would do now, or what was done: to the buyer, fee, and the net of the provider.' }),
  outcome: z.enum(['agreed', 'silence', 'ruled', 'withdrawn']).nullable(),
  disputeId: idSchema.nullable(),
  actions: z.array(requestActions),
  createdAt: momentSchema,
  endedAt: momentSchema.nullable(),
}).meta({ id: 'RefundRequest' })
export type RefundRequestView = z.output<typeof refundRequestSchema>

export const PIECE_KINDS = ['checklist', 'timeline', 'chat', 'deliveries', 'payments', 'offers', 'statement'] as const
export type PieceKind = typeof PIECE_KINDS[number]

/** What the system seals when a dispute opens, by kind. Times are ISO 8601, amounts fen as text: as they are hashed. */
const when = z.string()
const said = z.object({ name: z.string(), sha256: z.string() })
export const sealedSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('checklist'), lines: z.array(z.object({ position: z.number().int(), text: z.string(), proof: z.string().nullable(), ticked: z.boolean() })) }),
  z.object({ kind: z.literal('timeline'), steps: z.array(z.object({ at: when, code: z.string(), by: z.string(), milestone: z.number().int().nullable(), amount: z.string().nullable(), coupon: z.string().nullish(), text: z.string().nullable() })) }),
  z.object({ kind: z.literal('chat'), messages: z.array(z.object({ seq: z.number().int(), at: when, by: z.enum(['buyer', 'provider']), text: z.string(), files: z.array(said) })), total: z.number().int() }),
  z.object({ kind: z.literal('deliveries'), versions: z.array(z.object({ version: z.number().int(), at: when, message: z.string(), files: z.array(said), revision: z.string().nullable() })) }),
  z.object({ kind: z.literal('payments'), payments: z.array(z.object({ id: z.string(), at: when.nullable(), channel: z.string(), amount: z.string(), coupon: z.string().nullish(), state: z.string(), refunded: z.string() })) }),
  z.object({ kind: z.literal('offers'), offers: z.array(z.object({ version: z.number().int(), at: when, by: z.enum(['buyer', 'provider']), amount: z.string(), message: z.string(), files: z.array(said) })) }),
])
export type Sealed = z.output<typeof sealedSchema>

export const pieceSchema = z.object({
  number: z.number().int().meta({ description: 'As the ruling quotes it.' }),
  kind: z.enum(PIECE_KINDS),
  by: z.enum(['system', 'buyer', 'provider']),
  text: z.string().nullable().meta({ description: 'What a side says; null for what the system sealed.' }),
  sealed: sealedSchema.nullable(),
  files: z.array(uploadSchema),
  sha256: z.string().meta({ description: 'SHA-256 of the content as canonical JSON.' }),
  at: momentSchema,
}).meta({ id: 'EvidencePiece' })
export type Piece = z.output<typeof pieceSchema>

export const rulingSchema = z.object({
  instance: z.enum(['first', 'appeal']),
  toBuyer: moneySchema,
  coupon: moneySchema.meta({ description: 'What of toBuyer goes back to who bore the coupon.' }),
  toProvider: moneySchema,
  reasons: z.string(),
  arbitrator: z.string(),
  at: momentSchema,
}).meta({ id: 'Ruling' })

export const disputeRowSchema = z.object({
  id: idSchema,
  number: z.string(),
  state: z.enum(disputeLifecycle.states),
  orderId: idSchema,
  orderNumber: z.string(),
  title: z.string(),
  milestone: z.object({ position: z.number().int(), title: z.string() }),
  buyer: personCardSchema,
  provider: personCardSchema,
  pot: moneySchema,
  asked: moneySchema.meta({ description: 'What the buyer wants back.' }),
  offered: moneySchema.meta({ description: 'What the provider would give back.' }),
  arbitrator: z.object({ id: idSchema, displayName: z.string() }).nullable(),
  dueAt: momentSchema.nullable().meta({ description: 'By when the next thing happens: evidence ends, a ruling is due, an appeal is possible.' }),
  openedAt: momentSchema,
  endedAt: momentSchema.nullable(),
}).meta({ id: 'DisputeRow' })

export const markSchema = z.enum(['buyer', 'provider', 'both'])

export const disputeSchema = z.object({
  ...disputeRowSchema.shape,
  side: perspectiveSchema,
  stage: stageSchema,
  requestId: idSchema,
  evidenceUntil: momentSchema,
  evidenceDone: z.array(sideSchema).meta({ description: 'Who has said to have nothing to add.' }),
  appealUntil: momentSchema.nullable(),
  appeal: z.object({ by: sideSchema, reason: z.string(), at: momentSchema }).nullable(),
  pieces: z.array(pieceSchema),
  rulings: z.array(rulingSchema),
  history: z.array(z.object({ at: momentSchema, code: z.string(), by: z.enum(['buyer', 'provider', 'system', 'staff']), amount: moneySchema.nullable(), text: z.string().nullable() })),
  actions: z.array(z.enum(['add_evidence', 'finish_evidence', 'appeal', 'take', 'extend_evidence', 'rule', 'rule_appeal'])),
  facts: z.object({
    checklist: z.object({ done: z.number().int(), total: z.number().int() }),
    lateDays: z.number().int().nullable().meta({ description: 'Days of the first delivery after the date agreed; negative: early; null: nothing delivered.' }),
    revisions: z.object({ used: z.number().int(), cap: z.number().int().nullable() }),
    versions: z.number().int(),
    alike: z.object({ cases: z.number().int(), medianBps: z.number().int() }).nullable().meta({ description: 'What executed rulings of the same category gave back in the middle, in basis points of the pot.' }),
    records: z.object({ buyer: z.object({ orders: z.number().int(), disputes: z.number().int() }), provider: z.object({ orders: z.number().int(), disputes: z.number().int() }) }),
  }).nullable().meta({ description: 'For staff.' }),
  draft: z.object({ toBuyer: moneySchema.nullable(), reasons: z.string(), marks: z.record(z.string(), markSchema), savedAt: momentSchema }).nullable().meta({ description: "The reading arbitrator's own, seen by nobody else." }),
}).meta({ id: 'Dispute' })
export type DisputeView = z.output<typeof disputeSchema>

export const dryRunSchema = z.object({
  postings: z.array(z.object({ entry: z.string(), from: z.string(), to: z.string(), amount: moneySchema })),
  toBuyer: moneySchema,
  coupon: moneySchema.meta({ description: 'What of toBuyer goes back to who bore the coupon; the rest is the buyer\'s.' }),
  fee: moneySchema,
  net: moneySchema,
  pot: moneySchema,
}).meta({ id: 'RulingDryRun', description: 'Exactly what would be booked if it were carried out now: toBuyer + fee + net is the pot.' })

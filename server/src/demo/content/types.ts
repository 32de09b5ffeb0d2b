/**
 * The shapes of the demo content. Everything here is plain data: the loader plays it through the product's own
 * services, so that rows, events and the ledger come about as they would for real people.
 *
 * Amounts are whole fen (`bigint`, field name ends in `Fen`). References are the `id`s of this folder, never database ids.
 */
import type { RefundCause } from '@miaodan/shared/disputes/model'

/** Both languages of a text that the product itself shows in either. */
export interface Bilingual { zh: string, en: string }

/**
 * A moment relative to the loading of the demo. `day` counts back from today (-1 is yesterday) and `time` is `HH:MM` in
 * Asia/Shanghai. What must still be running when a visitor arrives says `minutesAgo` instead, since a clock time of
 * today may lie ahead of the moment of loading.
 */
export type When = { day: number, time: string } | { minutesAgo: number }

// People

export interface DemoPerson {
  id: string
  username: string
  displayName: string
  /** 199-0000-xxxx: fictional numbers. */
  phone: string
  email: string
}

export type OrganizationRole = 'owner' | 'purchaser' | 'finance' | 'viewer'

export interface DemoOrganization {
  id: string
  name: string
  nameEn: string
  city: string
  industry: string
  about: string
  invoiceTitle: string
  members: { personId: string, role: OrganizationRole, title: string }[]
  /** What a purchaser may spend on one order without approval. */
  purchaserLimitFen: bigint
}

export interface DemoBuyer extends DemoPerson {
  /** The name buyers trade under, e.g. a shop; a person without one shows the display name. */
  tradeName: string
  city: string
  industry: string
  organizationId?: string
}

export type StaffRole = 'owner' | 'moderator' | 'finance' | 'support' | 'arbitrator'
export interface DemoStaff extends DemoPerson { role: StaffRole }

export type ProviderKind = 'person' | 'studio' | 'company'
export type VerificationState = 'verified' | 'in_review' | 'none'

export interface PortfolioCase { title: string, summary: string, year: number, industry: string, cover: Cover }

export interface DemoProvider extends DemoPerson {
  kind: ProviderKind
  /** The person who answers, when the provider is a studio or a company. */
  contactName: string
  city: string
  /** Cities served on the spot, by the names of shared/accounts/cities; 全国 stands for remote work. */
  areas: string[]
  skills: string[]
  headline: string
  bio: string
  bioEn: string
  cases: PortfolioCase[]
  /** Opening hours by ISO weekday (1 = Monday); a weekday that is missing is closed. */
  weeklyHours: Partial<Record<1 | 2 | 3 | 4 | 5 | 6 | 7, [from: string, to: string]>>
  /** Orders in progress at the same time. */
  capacity: number
  /** Median minutes to the first answer, and when the provider usually answers. */
  reply: { medianMinutes: number, habit: string }
  verification: VerificationState
  joinedDay: number
  holiday?: { fromDay: number, untilDay: number, note: string }
  /** True for someone who has no finished order yet. */
  newcomer: boolean
}

// Services

export type Motif = 'brand' | 'screen' | 'shop' | 'video' | 'words' | 'photo' | 'slides' | 'ledger' | 'chart' | 'scene' | 'space'
export type PaletteName = 'clay' | 'pine' | 'sea' | 'sand' | 'rose' | 'ink' | 'fog' | 'leaf'
export interface Cover { motif: Motif, palette: PaletteName, variant: number }

export type PackageTier = 'basic' | 'standard' | 'premium'
export interface DemoPackage {
  tier: PackageTier
  name: string
  priceFen: bigint
  deliveryDays: number
  revisions: number
  includes: string[]
}

/** `extraDays` may be negative: an express add-on shortens the delivery. */
export interface DemoAddOn { id: string, name: string, priceFen: bigint, extraDays: number }

export interface FieldOption { label: string, priceFen: bigint }
interface FieldBase { key: string, label: string, required: boolean, help?: string }
export type FormField = FieldBase & (
  | { type: 'text', maxLength: number }
  | { type: 'long_text', maxLength: number }
  | { type: 'choice', options: FieldOption[] }
  | { type: 'choices', options: FieldOption[], maxChoices?: number }
  /** The first `included` units cost nothing, each further one `unitPriceFen`. */
  | { type: 'number', unit: string, min: number, max: number, included: number, unitPriceFen: bigint }
  | { type: 'file', accept: string, maxFiles: number }
  | { type: 'date' }
)

export type ServiceState = 'draft' | 'in_review' | 'published' | 'paused' | 'rejected'

export interface DemoService {
  id: string
  providerId: string
  title: string
  titleEn: string
  /** Slug of a subcategory in features/catalog/seed-categories.ts. */
  category: string
  summary: string
  /** Paragraphs separated by an empty line; a line that starts with "- " is a list item. */
  description: string
  packages: DemoPackage[]
  addOns: DemoAddOn[]
  form: FormField[]
  cover: Cover
  skills: string[]
  faqs: { question: string, answer: string }[]
  state: ServiceState
  /** Why the moderator sent it back; only with state `rejected`. */
  rejectionReason?: string
}

// Requirements

export type RequirementWay = 'quotes' | 'instant' | 'direct'
export type RequirementState = 'draft' | 'in_review' | 'open' | 'awarded' | 'done' | 'expired' | 'cancelled'

export interface DemoRequirement {
  id: string
  buyerId: string
  way: RequirementWay
  state: RequirementState
  category: string
  title: string
  background: string
  details: string
  /** 要有什么: becomes the acceptance checklist. */
  checklist: string[]
  /** An instant requirement has one fixed price: minimum and maximum are the same. */
  budgetFen: { min: bigint, max: bigint }
  skills: string[]
  /** Days from posting until the work is wanted. */
  deadlineDays: number
  files: string[]
  posted: When
  /** The service whose page a direct requirement came from. */
  serviceId?: string
  /** Quotes that did not become the order; the one that did is told in the order's story. */
  quotes?: { providerId: string, at: When, terms: QuoteTerms, state: 'offered' | 'rejected' | 'withdrawn' | 'expired' }[]
  cancelReason?: string
}

// Orders, told as stories

export interface MilestonePlan { title: string, priceFen: bigint, days: number, checklist: string[] }
export interface QuoteTerms { message: string, revisions: number, milestones: MilestonePlan[] }

export type Answer = string | string[] | number
export type PaymentChannel = 'alipay' | 'wechat' | 'card' | 'balance'

/** Milestones are numbered from 1. Whoever is not named acts by the nature of the event. */
export type StoryEvent = { at: When } & (
  | { type: 'quote', terms: QuoteTerms }
  | { type: 'counter', by: 'buyer' | 'provider', terms: QuoteTerms }
  | { type: 'accept_quote', by: 'buyer' | 'provider' }
  | { type: 'place' }
  /** An instant requirement was funded when it was posted, so nothing is left to pay once it is taken. */
  | { type: 'take' }
  | { type: 'use_coupon', code: string }
  | { type: 'pay', channel: PaymentChannel, milestones: number[] }
  | { type: 'provider_accepts' }
  | { type: 'provider_declines', reason: string }
  | { type: 'deliver', milestone: number, message: string, files: string[] }
  | { type: 'request_revision', milestone: number, reason: string }
  | { type: 'extend', milestone: number }
  | { type: 'accept', milestone: number }
  /** Nobody acts; the deadline named here falls due at this moment. */
  | { type: 'timer', action: 'order.expire' | 'order.cancel_unaccepted' | 'milestone.auto_accept' | 'refund.silence', milestone?: number }
  | { type: 'ask_refund', by: 'buyer' | 'provider', milestone: number, amountFen: bigint, cause: RefundCause, message: string }
  | { type: 'counter_refund', by: 'buyer' | 'provider', amountFen: bigint, message: string }
  | { type: 'agree_refund', by: 'buyer' | 'provider' }
  | { type: 'refuse_refund', by: 'buyer' | 'provider', message: string }
  | { type: 'add_evidence', by: 'buyer' | 'provider', message: string, files: string[] }
  | { type: 'rule', arbitratorId: string, toBuyerFen: bigint, reasons: string }
  | { type: 'appeal', by: 'buyer' | 'provider', reason: string }
  | { type: 'review', by: 'buyer' | 'provider', review: DemoReview }
  | { type: 'payout', amountFen: bigint }
)

/** Ratings are 1 to 5; the suggestion is seen by the other side alone. */
export interface DemoReview { attitude: number, skill: number, quality: number, text: string, suggestion?: string }

export type OrderState = 'pending_payment' | 'paid' | 'in_progress' | 'completed' | 'cancelled' | 'expired'
export type MilestoneState = 'planned' | 'funded' | 'in_progress' | 'delivered' | 'released' | 'refunded' | 'split'

export type OrderSource =
  | { kind: 'service', serviceId: string, tier: PackageTier, addOnIds: string[], answers: Record<string, Answer> }
  | { kind: 'requirement', requirementId: string }

export interface OrderStory {
  id: string
  title: string
  buyerId: string
  providerId: string
  source: OrderSource
  events: StoryEvent[]
  /** What must have come about once every event is played; the loader checks it. */
  ends: { order: OrderState, milestones: MilestoneState[], money?: 'held' | 'disputed' | 'clearing' | 'available' | 'paid_out' | 'refunded' }
}

/** Days count from today. What it takes off is an amount, or a share with the most it may be. */
export interface DemoCampaign {
  code: string
  name: Bilingual
  off: { amountFen: bigint } | { percent: number, capFen: bigint }
  minimumFen: bigint
  fromDay: number
  untilDay: number
  totalLimit: number
  budgetFen: bigint
  /** Who has claimed one, and when, besides those who use it in a story. */
  claims: { personId: string, at: When }[]
}

// Conversations and pages

export type DemoMessage = { by: 'buyer' | 'provider', at: When } & (
  | { text: string }
  | { image: string, caption: string }
  | { file: string, sizeKb: number }
  /** Offers, deliveries and what becomes of them stand in a conversation by themselves. */
  | { card: 'service' | 'requirement' }
)

export interface DemoConversation {
  id: string
  buyerId: string
  providerId: string
  about: { serviceId: string } | { requirementId: string } | { orderId: string }
  messages: DemoMessage[]
  /** How many of the last messages the reader has not opened. */
  unread: { buyer: number, provider: number }
}

/** `effective`: when a change of rules takes effect. */
export interface DemoAnnouncement { id: string, kind: 'notice' | 'maintenance' | 'rules', published: When, title: Bilingual, body: Bilingual, effective?: When }

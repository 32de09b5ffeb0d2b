/** Shapes of coupons as they come over the wire. */
import type { AnswerOf, RowOf } from '@/lib/api-types.ts'
import type { api } from '@/lib/api.ts'

type Mine = AnswerOf<typeof api.coupons.mine>
export type Coupon = Mine['items'][number]
export type Campaign = RowOf<typeof api.campaigns.list>
/** What all of them say of what they take off and when. */
export type CouponTerms = Pick<Coupon, 'name' | 'discount' | 'minimum' | 'categories' | 'validFrom' | 'validTo'>

import { defineErrors } from '../kernel/problem.ts'

export const rewardErrors = defineErrors('rewards', {
  code_unknown: { status: 404, zh: '没有这个优惠码，请检查有没有输错。', en: 'There is no such code. Check it for typing errors.' },
  not_begun: { status: 409, zh: '活动还没开始，{date} 起可以领取。', en: 'It has not begun yet. It can be claimed from {date}.' },
  ended: { status: 409, zh: '活动已经结束。', en: 'It is over.' },
  not_offered: { status: 409, zh: '活动暂停领取。', en: 'It cannot be claimed at the moment.' },
  all_gone: { status: 409, zh: '已经被领完了。', en: 'All of them have been claimed.' },
  claimed_before: { status: 409, zh: '每人最多领 {limit} 张，你已经领过了。', en: 'At most {limit} for each person, and you have claimed yours.' },
  coupon_not_found: { status: 404, zh: '没有找到这张优惠券。', en: 'This coupon was not found.' },
  coupon_used: { status: 409, zh: '这张优惠券已经用过了。', en: 'This coupon has been used.' },
  coupon_held: { status: 409, zh: '这张优惠券正用于订单 {number}。', en: 'This coupon is held by order {number}.' },
  coupon_expired: { status: 409, zh: '这张优惠券已过期。', en: 'This coupon has expired.' },
  coupon_not_begun: { status: 409, zh: '这张优惠券 {date} 起可用。', en: 'This coupon can be used from {date}.' },
  coupon_wrong_category: { status: 409, zh: '这张优惠券不适用于这类服务。', en: 'This coupon is not for this category of service.' },
  coupon_below_minimum: { status: 409, zh: '订单满 {minimum} 才能用这张优惠券。', en: 'This coupon needs an order of at least {minimum}.' },
  code_taken: { status: 409, zh: '这个优惠码已经有活动在用。', en: 'Another campaign has this code.' },
  period: { status: 422, zh: '结束时间要晚于开始时间，并且在将来。', en: 'It must end after it begins, and in the future.' },
  discount_too_large: { status: 422, zh: '使用门槛要高于优惠金额 {amount}。', en: 'The minimum must be above the discount of {amount}.' },
  budget_too_small: { status: 422, zh: '预算至少要够一张券的 {amount}。', en: 'The budget must cover at least one coupon of {amount}.' },
})

import { defineErrors } from '../kernel/problem.ts'

export const orderErrors = defineErrors('orders', {
  price_changed: { status: 409, zh: '价格已变为 {amount}，请确认后再下单。', en: 'The price has changed to {amount}. Please check before ordering.' },
  provider_on_holiday: { status: 409, zh: '服务商休假中，{date} 恢复接单。', en: 'The provider is on holiday and takes orders again on {date}.' },
  provider_full: { status: 409, zh: '服务商同时进行的订单已满，暂时不能接新单。', en: 'The provider is fully booked and cannot take another order at the moment.' },
  wrong_amount: { status: 409, zh: '金额与这一步的实际金额 {amount} 不一致，请刷新后再确认。', en: 'The amount differs from the {amount} this step is about. Reload and confirm again.' },
  newer_delivery: { status: 409, zh: '对方刚刚交付了第 {version} 版，请先看过再操作。', en: 'Version {version} was delivered just now. Please look at it first.' },
  revisions_used_up: { status: 409, zh: '约定的 {cap} 次修改已用完。可以和对方商量，或验收这一版。', en: 'The agreed {cap} revisions are used up. Talk to the other side, or accept this version.' },
  refund_open: { status: 409, zh: '这一期正在商量退款，先处理退款申请。', en: 'A refund is being asked for this milestone. Settle that first.' },
  already_extended: { status: 409, zh: '验收期只能延长一次，这一期已经延长过。', en: 'The time for acceptance can be extended once, and it was already.' },
  milestones_in_order: { status: 409, zh: '里程碑要按顺序付款，请从第 {position} 期开始。', en: 'Milestones are paid in order. Begin with number {position}.' },
  checklist_line_unknown: { status: 422, zh: '验收清单里没有这一项。', en: 'The acceptance checklist has no such line.' },
  checklist_line_repeated: { status: 422, zh: '验收清单的同一项出现了两次。', en: 'A line of the acceptance checklist appears twice.' },
  quote_changed: { status: 409, zh: '报价刚刚变为第 {version} 版，请看过再决定。', en: 'The quote has just become version {version}. Look at it before you decide.' },
  quote_exists: { status: 409, zh: '你已经报过价，可以在原报价上修改。', en: 'You have already made an offer. Change that one.' },
  quote_too_many: { status: 409, zh: '给同一个需求方的待回应报价最多 {limit} 份，请等对方回应。', en: 'At most {limit} offers to one buyer may be open. Wait for an answer.' },
  quote_total_too_large: { status: 422, zh: '总价超过了单笔订单的上限。', en: 'The total is above the limit of one order.' },
  quote_to_self: { status: 409, zh: '不能给自己报价。', en: 'You cannot make an offer to yourself.' },
  quote_not_wanted: { status: 409, zh: '这个需求现在不接受报价。', en: 'This requirement takes no offers now.' },
  buyer_unknown: { status: 422, zh: '没有找到这个需求方。', en: 'This buyer was not found.' },
})

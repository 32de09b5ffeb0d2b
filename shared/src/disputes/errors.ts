import { defineErrors } from '../kernel/problem.ts'

export const disputeErrors = defineErrors('disputes', {
  nothing_to_refund: { status: 409, zh: '这一期没有可以退的钱：还没付款、已经结算，或已退过。', en: 'There is nothing to refund in this milestone: not paid, already cleared, or refunded.' },
  order_not_running: { status: 409, zh: '订单还没有开始，可以直接取消。', en: 'The order has not started. It can simply be cancelled.' },
  decided_before: { status: 409, zh: '这一期的退款已经有结果，不能再次申请。', en: 'A refund of this milestone was already decided and cannot be asked for again.' },
  too_much: { status: 422, zh: '金额超过了这一期可退的 {most}。', en: 'The amount is above the {most} that can be refunded of this milestone.' },
  repeated: { status: 422, zh: '同一期出现了两次。', en: 'A milestone appears twice.' },
  offer_changed: { status: 409, zh: '对方刚刚改了提议，请看过再回应。', en: 'The other side has just changed the offer. Look at it before you answer.' },
  not_your_turn: { status: 409, zh: '现在轮到对方回应。', en: 'It is for the other side to answer now.' },
  same_amount: { status: 422, zh: '金额和对方提的一样，直接同意就可以。', en: 'That is what the other side offers. Simply agree.' },
  too_many_offers: { status: 409, zh: '来回已经 {limit} 次，请同意，或交给仲裁。', en: 'There were {limit} offers already. Agree, or leave it to an arbitrator.' },
  not_asker: { status: 403, zh: '只有提出的一方可以撤回。', en: 'Only who asked can withdraw it.' },
  evidence_closed: { status: 409, zh: '举证已经结束。', en: 'The time for evidence is over.' },
  evidence_done: { status: 409, zh: '你已确认没有补充。', en: 'You have said that you have nothing to add.' },
  too_much_evidence: { status: 409, zh: '每方最多补充 {limit} 份说明。', en: 'Each side may add at most {limit} statements.' },
  extended_before: { status: 409, zh: '举证只能延长一次。', en: 'The time for evidence can be extended once.' },
  not_summed: { status: 422, zh: '退给买家和放给服务商的金额之和必须是 {whole}。', en: 'The parts for the buyer and the provider must add up to {whole}.' },
  already_ruled: { status: 409, zh: '这个案件已有裁决。', en: 'This case has a ruling already.' },
  appeal_over: { status: 409, zh: '上诉期已过，或已经上诉过。', en: 'The time for an appeal is over, or there was one already.' },
  same_arbitrator: { status: 403, zh: '上诉要由另一位仲裁员裁决。', en: 'An appeal is decided by another arbitrator.' },
  own_case: { status: 403, zh: '你是案件的一方，不能裁决。', en: 'You are a party of this case and cannot decide it.' },
})

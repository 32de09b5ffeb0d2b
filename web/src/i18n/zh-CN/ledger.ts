export default {
  title: '账本',
  note: '只读。钱只因订单和付款发生的事而动。',
  tabs: { trial: '试算平衡', accounts: '账户', entries: '分录', trail: '订单资金', reconcile: '渠道对账' },
  kinds: {
    escrow: '托管', clearing: '结算中', available: '可用余额', frozen: '冻结', payout: '提现途中', refund: '退款途中', suspense: '待退的多付款', gateway: '支付渠道', platform: '平台',
  },
  own: { fee: '平台服务费', coupon: '平台促销（优惠券）', rounding: '平台尾差' },
  entryKinds: {
    escrow_funded: '付款进托管', escrow_funded_from_balance: '余额付款进托管', escrow_moved: '托管转到订单', escrow_refunded: '托管退款', milestone_released: '里程碑放款', clearing_ended: '结算到账',
    clearing_refunded: '结算中退款', clearing_frozen: '退款申请冻结', clearing_unfrozen: '冻结解除', payout_requested: '提现提交', payout_paid: '提现到账', payout_failed: '提现失败退回', refund_sent: '退款已出', refund_credited: '退款到余额',
    suspense_received: '多付款入账', suspense_returned: '多付款退回', suspense_credited: '多付款到余额',
  },
  trial: {
    kind: '账户类别', accounts: '账户数', balance: '余额', sum: '合计', balanced: '借贷平衡', broken: '合计不为零', platform: '平台与渠道账户',
    verify: '核对全部账目', verified: '{entries} 条分录、{postings} 笔过账都对得上', faults: '发现 {count} 处问题', fault: '{check}：{subject}',
  },
  accounts: {
    search: '地址中的一段，如订单或用户编号', kind: '类别', allKinds: '全部类别', holding: '只看有余额的', empty: '没有这样的账户', openedAt: '{when} 开立', statement: '账户流水', none: '没有流水', close: '返回账户列表',
    time: '时间', what: '事项', counterpart: '对方账户', change: '变动', after: '余额',
  },
  entries: { search: '订单或用户的完整编号', order: '按订单', user: '按用户', empty: '没有分录', chain: '链 {chain} 第 {sequence} 条', needId: '请输入完整的编号', postings: '过账' },
  trail: {
    search: '订单编号（UUID）', show: '查看', hint: '输入订单的编号，看每一分钱从付款到现在的位置。', paidIn: '付进来', places: '现在在哪里', steps: '经过', leaves: '离开余额', settled: '已到', onTheWay: '途中', empty: '这个订单没有资金记录',
  },
  reconcile: {
    day: '日期', kinds: { payment: '收款', refund: '退款', transfer: '提现' }, bill: '渠道账单', books: '我们的账', kind: '类型', agree: '当天一致，没有差异', differences: '有 {count} 处差异',
    reasons: { missing_here: '账单有，我们没有', missing_there: '我们有，账单没有', amount: '金额不同' }, count: '{count} 笔',
    days: '每天自动对账', daysNote: '每天凌晨 2 点后核对前一天。账单有、我们没收到通知的款项，当场按规则入账或退回。', noDays: '还没有核对过的日子。', even: '一致', found: '补记 {count} 笔',
  },
}

export default {
  title: '优惠券',
  note: '付款时自动选好最省的一张，可以换。',
  code: { label: '优惠码', placeholder: '输入优惠码', claim: '领取', missing: '请输入 4 到 20 位字母或数字', claimed: '已领取：{name}' },
  sections: { usable: '可用', used: '已使用', over: '已过期' },
  offers: { heading: '可以领取', note: '领了就是你的，到期前一直有效。', claim: '领取', claimOf: '领取 {name}', why: { not_begun: '还没开始', ended: '已结束', not_offered: '暂停领取', all_gone: '已领完', claimed_before: '已领取' } },
  empty: { usable: '没有可用的优惠券', usableText: '输入优惠码，或从上面领取。', used: '还没有用过优惠券', over: '没有过期的优惠券' },
  discount: { amount: '减 {amount}', percent: '{percent}% 优惠', cap: '最多减 {amount}' },
  terms: { minimum: '满 {amount} 可用', any: '不限金额', categories: '仅限{names}', until: '{date} 前有效', from: '{date} 起可用' },
  why: {
    used: '已用于订单', held: '正用于订单，订单没付款会还给你', expired: '已过期', not_begun: '还没到使用时间', wrong_category: '不适用于这类服务', below_minimum: '订单没有满 {amount}',
  },
  order: { held: '正用于 {number}', spent: '用于 {number}', took: '减了 {amount}', returned: '其中 {amount} 随退款退回平台' },
  checkout: {
    price: '价格', priceNote: '托管的就是这个数，服务商按全价结算。', coupon: '优惠券', couponNote: '{name}，由平台承担。', none: '没有可用的优惠券', noneNote: '有优惠码可以现在输入。', unused: '没有使用', unusedNote: '有 {count} 张可用。', toPay: '应付', toPayNote: '退款时，你付的和券抵的按同一比例退：你付的退给你，券抵的退回平台。',
    change: '更换', choose: '选择', enter: '输入优惠码', pickTitle: '选择优惠券', pickText: '一个订单用一张。订单没付款或没人接单，券会还给你。', useNone: '不使用优惠券', save: '省 {amount}', use: '使用', failed: '没有换成，应付金额没有变', list: '优惠券', share: '券抵 {amount}',
  },
  staff: {
    title: '优惠券活动', note: '领取时就从预算里留出一张券的最高金额：发出去的券一定能用。', add: '新建活动', addNote: '保存后条件不能再改，已领的券一直按这些条件。', empty: '还没有活动', emptyText: '新建一个，把优惠码发给用户。',
    states: { coming: '未开始', running: '进行中', over: '已结束', paused: '已暂停' },
    facts: { claimed: '已领取', used: '已使用', held: '待付款占用', cost: '成本', committed: '已承诺' },
    bearers: { platform: '平台' }, bornBy: '{name}承担', of: '{part} / {whole}',
    listed: '公开领取', unlisted: '凭码领取', pause: '暂停', resume: '恢复', pauseTitle: '暂停「{name}」', pauseText: '之后没有人能再领。已经领到的券照常可用。', resumeTitle: '恢复「{name}」', resumeText: '马上可以继续领取。', reason: '原因（写进审计日志）', missing: '请写明原因', done: { pause: '已暂停', resume: '已恢复' }, failed: '没有成功',
    form: {
      code: '优惠码', codeHelp: '4 到 20 位大写字母和数字，全站唯一。', nameZh: '中文名', nameEn: '英文名', kind: '优惠方式', kinds: { amount: '减固定金额', percent: '按比例' }, amount: '减多少', percent: '优惠比例', cap: '最多减', minimum: '订单满多少可用', minimumHelp: '要高于减的金额。', categories: '限定分类', categoriesHelp: '不选就是全部分类。', from: '开始日期', to: '结束日期', toHelp: '到当天结束。', totalLimit: '总张数', perPerson: '每人张数', budget: '预算', budgetHelp: '领到第 {count} 张时，预算就用完。', bearer: '由谁承担', bearerHelp: '目前只有平台。服务商自己的折扣要先付钱，还没有开放。', listed: '公开：所有人都能在优惠券页领取', save: '创建活动', saved: '活动已创建', need: '请填写{field}', needCode: '4 到 20 位字母和数字', needPercent: '1 到 99 之间的整数', needCount: '请填写正整数', needDates: '结束日期不能早于开始日期',
    },
  },
}

export default {
  open: '举报',
  title: { message: '举报这条消息', review: '举报这条评价' },
  text: '工作人员会看到这段内容和你的说明。对方不会知道是谁举报的。',
  why: '有什么问题',
  note: '补充说明',
  send: '提交举报',
  sent: '已收到，工作人员会尽快处理',
  reasons: { contact: '留联系方式或引导线下交易', fraud: '诈骗或虚假承诺', abuse: '辱骂或骚扰', illegal: '违法内容', untrue: '与事实不符', other: '其他' },
}

export default {
  title: '开发信箱',
  note: '演示模式发出的每条短信和每封邮件都在这里，不会真的发出去。',
  filter: '只看某个号码或邮箱',
  sms: '短信', email: '邮件',
  empty: '还没有消息', emptyText: '注册、下单、交付时发出的短信和邮件会出现在这里。',
  showMail: '看邮件', hideMail: '收起', mail: '邮件：{subject}',
  copy: '复制验证码 {code}', copied: '已复制',
  off: '演示模式没有开', offText: '开发信箱只在演示模式下可用。',
  clock: {
    title: '演示时钟', note: '把时间拨快，到期的事会立刻发生：自动验收、结算、付款超时。只能往前。',
    now: '现在是 {now}', hour: '+1 小时', day: '+1 天', days: '+{count} 天', moved: '时间已拨到 {now}',
  },
}

export default {
  title: '系统通知',
  latest: '最新通知',
  all: '查看全部通知',
  readAll: '全部标为已读',
  empty: { title: '还没有通知', text: '订单、付款、验收有进展时，会在这里告诉你。' },
  none: '订单、付款有进展时会在这里告诉你',
  unread: '未读',
}

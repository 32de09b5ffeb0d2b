export default {
  state: {
    planned: '未付款',
    due: '待付款',
    held: '托管中',
    clearing: '结算中',
    released: '已放款',
    available: '可用',
    disputed: '争议冻结',
    refunded: '已退款',
  },
  total: '订单总额',
  where: '这笔钱在哪里',
  openWhere: '{amount}，这笔钱在哪里',
  why: '为什么',
  until: '到何时',
  then: '之后',
  otherwise: '否则',
}

import type { OrderStory } from '../types.ts'
import { ago, milestone, on } from '../authoring.ts'
import { accept, acceptQuote, addEvidence, agreeRefund, appeal, askRefund, autoAccept, counterRefund, deliver, pay, place, providerAccepts, quote, refundBySilence, refuseRefund, requestRevision, rule, useCoupon } from './story.ts'

/** Orders in which somebody wants money back: asked, being talked about, with an arbitrator, and decided in each way. */
export const disputedOrders: OrderStory[] = [
  {
    id: 'o-ordering', title: '面馆扫码点单小程序', buyerId: 'heyuan', providerId: 'yunzhou', source: { kind: 'requirement', requirementId: 'r-ordering' },
    events: [
      quote(on(-40, '15:20'), '分三段：原型、点单与支付、上线培训。厨打要先看你们的打印机型号。', 2, [
        milestone('原型与口径', 2400, 6, '点单流程原型|菜品与规格口径'),
        milestone('点单与支付', 9000, 14, '桌码点单|微信支付，iOS 与安卓|加菜与退菜|厨房打印，分热菜凉菜|日结对账单|高峰 60 桌不卡'),
        milestone('上线与培训', 1800, 5, '两店上线|店长培训'),
      ]),
      acceptQuote(on(-39, '22:40')), pay(on(-39, '22:46'), 'alipay', 1, 2),
      deliver(on(-34, '18:00'), 1, '原型可以点，口径有三处请确认。', '点单原型.pdf|口径.pdf'), accept(on(-33, '21:30'), 1),
      deliver(on(-17, '23:10'), 2, '两天拖在厨打上。点单、支付、加退菜都好了，厨打先用测试机跑。', '点单小程序_v1.zip|说明.pdf'),
      requestRevision(on(-16, '09:20'), 2, '苹果手机扫码付不出去，十次有三次。厨房小票没有分热菜凉菜。'),
      deliver(on(-13, '20:00'), 2, 'iOS 支付加了重试，小票分了热菜。', '点单小程序_v2.zip'),
      requestRevision(on(-12, '10:10'), 2, 'iOS 还是会失败，凉菜还没有分。'),
      deliver(on(-9, '21:40'), 2, '换了支付证书以后测了两百次没有失败。凉菜打印要你们确认型号。', '点单小程序_v3.zip|iOS支付回归测试.pdf'),
      askRefund(on(-6, '20:14'), 'buyer', 2, 6000, 'not_as_agreed', 'iOS 支付十次有三次失败，客人直接走了；厨打没有做，清单第 4 项；还晚了两天。'),
      counterRefund(on(-5, '10:02'), 'provider', 1800, '支付失败是你们商户证书过期，换了就好。厨打差型号，问了三次没有回。愿意退厨打那一项的钱。'),
      refuseRefund(on(-3, '18:30'), 'buyer', '证书是你们配的，过期也是你们没提醒。厨打型号早就发过了。'),
      addEvidence(on(-3, '21:05'), 'buyer', '录屏四段，都是付不出去的；收银后台那两天的失败单。', 'iOS支付失败录屏.zip|收银失败单.xlsx'),
      addEvidence(on(-2, '15:40'), 'provider', '支付回调日志，报错写的是证书过期；换证书后的回归测试。', '支付回调日志.pdf|回归测试.pdf'),
      addEvidence(on(-2, '22:12'), 'buyer', '厨打型号是 GP-L80160。现在每天手抄热菜凉菜。'),
    ],
    ends: { order: 'in_progress', milestones: ['released', 'delivered', 'planned'], money: 'disputed' },
  },
  {
    id: 'o-launch-poster', title: '圣诞拼配上市海报', buyerId: 'wenqiao', providerId: 'shiguang',
    source: { kind: 'service', serviceId: 'shiguang-poster', tier: 'standard', addOnIds: [], answers: { product: '圣诞拼配咖啡豆', facts: '12 月 1 日上市，三家店同时，¥88 一袋。' } },
    events: [
      place(on(-8, '10:20')), pay(on(-8, '10:24'), 'wechat'), providerAccepts(on(-8, '11:00')),
      deliver(on(-3, '17:30'), 1, '三件套，红只用在丝带上。', '圣诞海报_三件套.zip'),
      askRefund(ago({ hours: 20 }), 'buyer', 1, 300, 'quality', '外卖店头的字到手机上看不清，要自己重排一张，想退这一张的钱。'),
    ],
    ends: { order: 'in_progress', milestones: ['delivered'], money: 'disputed' },
  },
  {
    id: 'o-tea-report', title: '青禾年度经销商汇报', buyerId: 'zhoumin', providerId: 'fanganju',
    source: { kind: 'service', serviceId: 'fanganju-report', tier: 'standard', addOnIds: [], answers: { position: '青禾茶业，给经销商讲', audience: '经销商 40 人，30 分钟', pages: 14 } },
    events: [
      place(on(-15, '09:00')), useCoupon(on(-15, '09:02'), 'WELCOME50'), pay(on(-15, '09:04'), 'alipay'), providerAccepts(on(-15, '10:10')),
      deliver(on(-10, '22:00'), 1, '十四页，数据讲成三句话。', '经销商汇报.pdf'),
      askRefund(on(-8, '09:30'), 'buyer', 1, 400, 'not_as_agreed', '有三页数据还是去年的，会上差点讲错。'),
      refuseRefund(on(-7, '14:00'), 'provider', '那三页用的是你们发来的表，文件名就是去年的。已经免费改好。'),
      addEvidence(on(-7, '16:20'), 'buyer', '下单时说过用新表，新表当天也发了。', '2026年经销商数据.xlsx'),
      rule(on(-1, '15:20'), 'arbitrator', 200, '买家当天提供了新表（证 8），三页未用新表属于疏漏；其余十一页合格，且已经改好并在用。按三页占比退还，并计入返工耽误。'),
    ],
    ends: { order: 'in_progress', milestones: ['delivered'], money: 'disputed' },
  },
  {
    id: 'o-cup-main', title: '联名杯主图 5 张', buyerId: 'luyao', providerId: 'gunian',
    source: { kind: 'service', serviceId: 'gunian-main', tier: 'standard', addOnIds: [], answers: { item: '茶咖联名杯四款', platform: '天猫淘宝', first: '一只杯子，冷热都能用' } },
    events: [
      place(on(-16, '10:00')), pay(on(-16, '10:02'), 'alipay'), providerAccepts(on(-16, '11:30')),
      deliver(on(-12, '18:00'), 1, '五张一组，两种构图。', '主图5张.zip'),
      askRefund(on(-11, '09:00'), 'buyer', 1, 200, 'quality', '五张里有三张是同一个角度，说好两种构图可以比。'),
      refuseRefund(on(-10, '20:10'), 'provider', '两种构图都有：一种平视，一种俯视，按套餐是够的。'),
      rule(on(-5, '11:00'), 'arbitrator', 100, '平视与俯视各有，符合套餐；但俯视只有一张，不足以比较点击，与服务标题不符。退还一部分。'),
      appeal(on(-4, '09:40'), 'buyer', '测试已经白跑了一周，裁决没有算上广告费。'),
    ],
    ends: { order: 'in_progress', milestones: ['delivered'], money: 'disputed' },
  },
  {
    id: 'o-lure-scene', title: '路亚包户外场景图', buyerId: 'zhenghang', providerId: 'mubai',
    source: { kind: 'service', serviceId: 'mubai-scene', tier: 'basic', addOnIds: [], answers: { product: '路亚腰包', mood: '温暖日常', items: 2, send: '快递寄棚' } },
    events: [
      place(on(-14, '20:00')), pay(on(-14, '20:04'), 'wechat'), providerAccepts(on(-13, '09:00')),
      deliver(on(-4, '16:00'), 1, '两件各三张，水边那组等了一天光。', '场景图6张.zip'),
      askRefund(on(-2, '21:00'), 'buyer', 1, 200, 'late', '说好的日子过了才给，错过了上新。'),
      refuseRefund(on(-1, '10:30'), 'provider', '快递第三天才到棚里，从收货起算没有超。'),
    ],
    ends: { order: 'in_progress', milestones: ['delivered'], money: 'disputed' },
  },
  {
    id: 'o-branch-merge', title: '两店流水对账脚本', buyerId: 'wenqiao', providerId: 'jibeichuan',
    source: { kind: 'service', serviceId: 'jibeichuan-merge', tier: 'basic', addOnIds: [], answers: { formats: 2, where: '我的电脑' } },
    events: [
      place(on(-26, '13:00')), pay(on(-26, '13:02'), 'wechat'), providerAccepts(on(-26, '14:10')),
      deliver(on(-23, '19:00'), 1, '两种流水都能合，差异表一页。', '对账脚本.zip|说明.pdf'),
      askRefund(on(-22, '10:00'), 'buyer', 1, 200, 'not_as_agreed', '会员储值那一列没有对，要自己加。'),
      counterRefund(on(-22, '11:30'), 'provider', 100, '储值不在表单里，不过确实该先问一句，退一百。'), agreeRefund(on(-22, '12:05'), 'buyer'),
    ],
    ends: { order: 'completed', milestones: ['split'], money: 'available' },
  },
  {
    id: 'o-noodle-mark', title: '面馆手写字标', buyerId: 'tangguo', providerId: 'linyu',
    source: { kind: 'service', serviceId: 'linyu-calligraphy', tier: 'standard', addOnIds: [], answers: { words: '鹿角', style: '行书', characters: 2 } },
    events: [
      place(on(-29, '09:00')), pay(on(-29, '09:03'), 'alipay'), providerAccepts(on(-29, '20:00')),
      askRefund(on(-20, '09:00'), 'buyer', 1, 300, 'not_delivered', '约定的日子过了，没有交也没有回消息。退一部分，剩下的算稿费。'),
      refundBySilence(on(-17, '09:00')),
    ],
    ends: { order: 'completed', milestones: ['split'], money: 'available' },
  },
  {
    id: 'o-teaware-listing', title: '民宿周边英文详情', buyerId: 'bailu', providerId: 'lydia',
    source: { kind: 'service', serviceId: 'lydia-listing', tier: 'standard', addOnIds: [], answers: { items: 10, market: '北美', links: '资料已发。' } },
    events: [
      place(on(-13, '10:00')), pay(on(-13, '10:04'), 'card'), providerAccepts(on(-13, '11:00')),
      deliver(on(-9, '20:00'), 1, '十款都写好了，尺寸按英寸也标了。', '英文详情.pdf'), autoAccept(on(-2, '20:00')),
      askRefund(ago({ hours: 7 }), 'buyer', 1, 120, 'quality', '才发现有两款的材质写成了骨瓷，平台已经下架。'),
    ],
    ends: { order: 'completed', milestones: ['released'], money: 'disputed' },
  },
]

import type { OrderStory } from '../types.ts'
import { on } from '../authoring.ts'
import { accept, autoAccept, deliver, orderExpires, pay, payout, place, providerAccepts, providerDeclines, review, unacceptedCancelled } from './story.ts'

/** Orders from a service page that are over, well or otherwise. */
export const endedServiceOrders: OrderStory[] = [
  {
    id: 'o-main-image', title: '路亚包主图 5 张', buyerId: 'zhenghang', providerId: 'gunian',
    source: { kind: 'service', serviceId: 'gunian-main', tier: 'standard', addOnIds: ['gunian-main.2'], answers: { item: '路亚腰包 LY-02', platform: '天猫淘宝', first: '一只手就能拉开' } },
    events: [
      place(on(-17, '09:00')), pay(on(-17, '09:02'), 'alipay'), providerAccepts(on(-17, '09:05')),
      deliver(on(-16, '20:30'), 1, '两种构图，A 拍手，B 拍包。', '主图_A.zip|主图_B.zip'), accept(on(-15, '08:50')),
      review(on(-13, '21:00'), 'buyer', [5, 5, 4], 'A 图点击高一截。第三张字稍小。'), review(on(-13, '22:00'), 'provider', [5, 5, 5], '素材清楚，回得快。'),
    ],
    ends: { order: 'completed', milestones: ['released'], money: 'available' },
  },
  {
    id: 'o-scene', title: '外卖碗面场景图', buyerId: 'tangguo', providerId: 'mubai',
    source: { kind: 'service', serviceId: 'mubai-scene', tier: 'basic', addOnIds: [], answers: { product: '外卖碗装小面', mood: '温暖日常', items: 2, send: '快递寄棚' } },
    events: [
      place(on(-34, '16:00')), pay(on(-34, '16:03'), 'wechat'), providerAccepts(on(-34, '17:10')),
      deliver(on(-30, '18:00'), 1, '面是现煮的，拍了三锅。', '场景图6张.zip'), accept(on(-29, '10:10')),
      review(on(-28, '12:00'), 'buyer', [4, 5, 5], '热气看着是真的。中间两天没怎么回消息，结果好就行。', '拍摄日忙可以先说一声哪天回。'),
      review(on(-27, '10:30'), 'provider', [5, 5, 5], '调料分装得很仔细，谢谢。'), payout(on(-22, '10:00'), 1000),
    ],
    ends: { order: 'completed', milestones: ['released'], money: 'paid_out' },
  },
  {
    id: 'o-listing', title: '十款茶具英文标题与描述', buyerId: 'luyao', providerId: 'lydia',
    source: { kind: 'service', serviceId: 'lydia-listing', tier: 'standard', addOnIds: [], answers: { items: 10, market: '北美', links: '商品资料已放网盘，含尺寸和材质。' } },
    events: [
      place(on(-30, '11:00')), pay(on(-30, '11:08'), 'alipay'), providerAccepts(on(-30, '13:00')),
      deliver(on(-26, '12:00'), 1, '盖碗用 gaiwan 并加解释，搜索词另列一列。', '标题与五点.xlsx'), accept(on(-25, '15:40')),
      review(on(-24, '10:00'), 'buyer', [5, 5, 5], '把我们写错的容量也挑出来了。'), review(on(-24, '11:00'), 'provider', [5, 5, 4], '资料齐，个别尺寸有出入，问了就补。'),
    ],
    ends: { order: 'completed', milestones: ['released'], money: 'available' },
  },
  {
    id: 'o-trademark', title: '“半勺”商标注册', buyerId: 'wenqiao', providerId: 'hengyuan',
    source: { kind: 'service', serviceId: 'hengyuan-trademark', tier: 'standard', addOnIds: [], answers: { mark: '半勺', classes: 3, goods: '咖啡饮品、咖啡豆、咖啡店服务' } },
    events: [
      place(on(-46, '13:00')), pay(on(-46, '13:05'), 'card'), providerAccepts(on(-46, '15:20')),
      deliver(on(-41, '11:00'), 1, '第 30、35 类已申报；第 43 类有一个近似，改了图形再报，理由在报告里。', '检索报告.pdf|申请回执.pdf'), accept(on(-40, '14:00')),
      review(on(-39, '16:00'), 'buyer', [5, 5, 5], '没劝我多报，有风险的那一类讲得很清楚。'), review(on(-38, '09:30'), 'provider', [5, 5, 5], '材料齐全，决定果断。'),
    ],
    ends: { order: 'completed', milestones: ['released'], money: 'available' },
  },
  {
    id: 'o-change', title: '经营范围与地址变更', buyerId: 'heyuan', providerId: 'mingzhang',
    source: { kind: 'service', serviceId: 'mingzhang-change', tier: 'standard', addOnIds: [], answers: { company: '成都鹿角餐饮管理有限公司', changes: ['地址', '经营范围'] } },
    events: [
      place(on(-58, '10:00')), pay(on(-58, '10:06'), 'card'), providerAccepts(on(-58, '10:40')),
      deliver(on(-51, '16:00'), 1, '新执照已寄出，银行那边记得一个月内更新。', '新执照.pdf|变更通知书.pdf'), autoAccept(on(-44, '16:00')),
      review(on(-43, '11:20'), 'buyer', [5, 4, 5], '没跑一趟就办好了。中间要补一份租赁合同，提前说会更好。', '清单里把租赁合同要原件写上。'),
      payout(on(-38, '16:30'), 900),
    ],
    ends: { order: 'completed', milestones: ['released'], money: 'paid_out' },
  },
  {
    id: 'o-course', title: '自习室小班约课小程序', buyerId: 'wangke', providerId: 'yunzhou',
    source: { kind: 'service', serviceId: 'yunzhou-course', tier: 'basic', addOnIds: [], answers: { school: '拾级自习室', teachers: 8, account: '已注册未认证', rules: '提前 12 小时请假不扣课' } },
    events: [place(on(-17, '14:00')), pay(on(-17, '14:03'), 'wechat'), providerDeclines(on(-17, '17:30'), '排期已到一月，不想耽误您开课，建议先用表单报名。')],
    ends: { order: 'cancelled', milestones: ['refunded'], money: 'refunded' },
  },
  {
    id: 'o-factory-site', title: '渔具外贸双语站', buyerId: 'zhenghang', providerId: 'xuyiming',
    source: { kind: 'service', serviceId: 'xuyiming-factory', tier: 'basic', addOnIds: [], answers: { company: '南屿渔具', products: 40, certs: ['CE'] } },
    events: [place(on(-22, '20:00')), pay(on(-22, '20:05'), 'alipay'), unacceptedCancelled(on(-21, '20:05'))],
    ends: { order: 'cancelled', milestones: ['refunded'], money: 'refunded' },
  },
  {
    id: 'o-storefront', title: '半勺咖啡线上店首页装修', buyerId: 'wenqiao', providerId: 'gunian',
    source: { kind: 'service', serviceId: 'gunian-store', tier: 'basic', addOnIds: [], answers: { shop: '半勺咖啡', platform: '天猫淘宝', pages: 3 } },
    events: [place(on(-14, '23:10')), orderExpires(on(-14, '23:40'))],
    ends: { order: 'expired', milestones: ['planned'] },
  },
]

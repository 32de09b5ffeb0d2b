import type { OrderStory } from '../types.ts'
import { ago, on } from '../authoring.ts'
import { accept, deliver, pay, place, providerAccepts, requestRevision } from './story.ts'

/** Orders from a service page that are not over yet. */
export const runningServiceOrders: OrderStory[] = [
  {
    id: 'o-calligraphy', title: '“听潮”手写字标', buyerId: 'bailu', providerId: 'linyu',
    source: { kind: 'service', serviceId: 'linyu-calligraphy', tier: 'standard', addOnIds: ['linyu-calligraphy.1'], answers: { words: '听潮', style: '行书', characters: 2 } },
    events: [place(ago({ minutes: 6 }))], ends: { order: 'pending_payment', milestones: ['planned'] },
  },
  {
    id: 'o-sign', title: '建设路店门头招牌设计', buyerId: 'tangguo', providerId: 'shiguang',
    source: { kind: 'service', serviceId: 'shiguang-sign', tier: 'standard', addOnIds: [], answers: { shop: '鹿角面馆 建设路店', width: 8, light: '背发光字' } },
    events: [place(ago({ minutes: 14 }))], ends: { order: 'pending_payment', milestones: ['planned'] },
  },
  {
    id: 'o-report', title: '自习室年终总结 PPT', buyerId: 'wangke', providerId: 'fanganju',
    source: { kind: 'service', serviceId: 'fanganju-report', tier: 'standard', addOnIds: [], answers: { position: '拾级自习室，给三位合伙人讲', audience: '合伙人，20 分钟', pages: 14 } },
    events: [place(ago({ hours: 5, minutes: 4 })), pay(ago({ hours: 5 }), 'wechat')], ends: { order: 'paid', milestones: ['funded'], money: 'held' },
  },
  {
    id: 'o-newyear-poster', title: '年货节三件套海报', buyerId: 'luyao', providerId: 'shiguang',
    source: { kind: 'service', serviceId: 'shiguang-poster', tier: 'standard', addOnIds: ['shiguang-poster.2'], answers: { product: '年货节龙井礼盒', facts: '12 月 5 日开售，三款，¥168 起，顺丰包邮。' } },
    events: [place(ago({ hours: 9, minutes: 8 })), pay(ago({ hours: 9 }), 'alipay')], ends: { order: 'paid', milestones: ['funded'], money: 'held' },
  },
  {
    id: 'o-dish', title: '冬季新菜拍摄', buyerId: 'heyuan', providerId: 'mubai',
    source: { kind: 'service', serviceId: 'mubai-dish', tier: 'basic', addOnIds: ['mubai-dish.2'], answers: { shop: '鹿角面馆', address: '成都', dishes: 22 } },
    events: [place(on(-2, '15:10')), pay(on(-2, '15:14'), 'wechat'), providerAccepts(on(-2, '16:30'))], ends: { order: 'in_progress', milestones: ['in_progress'], money: 'held' },
  },
  {
    id: 'o-reel-photo', title: '渔线轮白底图 24 张', buyerId: 'zhenghang', providerId: 'mubai',
    source: { kind: 'service', serviceId: 'mubai-white', tier: 'standard', addOnIds: ['mubai-white.3'], answers: { product: 'NY-3000、NY-4000 渔线轮', items: 4, send: '快递寄棚' } },
    events: [
      place(on(-11, '10:00')), pay(on(-11, '10:05'), 'alipay'), providerAccepts(on(-11, '10:40')),
      deliver(on(-5, '18:20'), 1, '24 张加特写 6 张，金属反光统一成一条。', '白底24张.zip|特写6张.zip'),
      requestRevision(on(-4, '09:30'), 1, 'NY-4000 的手柄颜色偏红，实物是酒红，麻烦对着寄来的色卡改。'),
    ],
    ends: { order: 'in_progress', milestones: ['in_progress'], money: 'held' },
  },
  {
    id: 'o-name', title: '联名咖啡豆系列起名', buyerId: 'wenqiao', providerId: 'jiangwen',
    source: { kind: 'service', serviceId: 'jiangwen-name', tier: 'basic', addOnIds: ['jiangwen-name.2'], answers: { what: '三家店的自烘豆，六款，卖给常来的客人', type: '产品', avoid: '不要带“物语”“记忆”', call: '下午' } },
    events: [
      place(on(-8, '15:30')), pay(on(-8, '15:33'), 'wechat'), providerAccepts(on(-8, '15:50')),
      deliver(on(-2, '16:10'), 1, '三十个里我推荐第 4、9、17、22、28。六款系列名用了六种天气。', '起名方案.pdf|查重记录.xlsx'),
    ],
    ends: { order: 'in_progress', milestones: ['delivered'], money: 'held' },
  },
  {
    id: 'o-bookkeeping', title: '第四季度代理记账', buyerId: 'heyuan', providerId: 'mingzhang',
    source: { kind: 'service', serviceId: 'mingzhang-monthly', tier: 'basic', addOnIds: [], answers: { company: '成都鹿角餐饮管理有限公司', payer: '小规模', staff: 36 } },
    events: [place(on(-44, '11:00')), pay(on(-44, '11:06'), 'card'), providerAccepts(on(-44, '14:00'))],
    ends: { order: 'in_progress', milestones: ['in_progress'], money: 'held' },
  },
  {
    id: 'o-subtitle', title: '民宿管家采访中英字幕', buyerId: 'bailu', providerId: 'lydia',
    source: { kind: 'service', serviceId: 'lydia-subtitle', tier: 'standard', addOnIds: [], answers: { minutes: 9, speech: ['普通话'] } },
    events: [
      place(on(-7, '20:10')), pay(on(-7, '20:12'), 'alipay'), providerAccepts(on(-6, '09:15')),
      deliver(on(-3, '12:40'), 1, '第 4 分钟“起风头”按本地说法译，表里有解释。', '字幕.zip|双语表.xlsx'), accept(on(-1, '10:20')),
    ],
    ends: { order: 'completed', milestones: ['released'], money: 'clearing' },
  },
  {
    id: 'o-merge', title: '三店流水合并脚本', buyerId: 'wangke', providerId: 'jibeichuan',
    source: { kind: 'service', serviceId: 'jibeichuan-merge', tier: 'basic', addOnIds: ['jibeichuan-merge.1'], answers: { formats: 3, where: '我的电脑' } },
    events: [
      place(on(-9, '13:00')), pay(on(-9, '13:02'), 'wechat'), providerAccepts(on(-9, '13:10')),
      deliver(on(-4, '21:00'), 1, '双击运行，列名变了会提示。', '对账工具.zip|说明.pdf'), accept(on(-2, '09:45')),
    ],
    ends: { order: 'completed', milestones: ['released'], money: 'clearing' },
  },
]

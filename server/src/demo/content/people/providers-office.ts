import type { DemoProvider } from '../types.ts'
import { cover } from '../authoring.ts'
import { hours, portfolioCase, provider } from './provider.ts'

export const officeProviders: DemoProvider[] = [
  provider({
    id: 'lydia', number: '2011', displayName: 'Lydia Zhou', contactName: '周晴', kind: 'person', city: '西安', areas: '全国',
    skills: '中英翻译|本地化|校对|技术翻译|术语管理',
    headline: '说明书、手册、合同，中英互译带术语表',
    bio: '十二年笔译，机械、食品和茶做得最多。每份译稿都附术语表和疑问清单，原文写错的地方我会标出来，不会悄悄改。德语、日语由固定搭档译，我审。',
    bioEn: 'Chinese–English translator for manuals, handbooks and contracts; a glossary comes with every job.',
    cases: [
      portfolioCase('切割机操作手册', '机械', 2025, cover('words', 'sea', 1), '2.6 万字中译英，随机附的安全标签一起译。'),
      portfolioCase('古树茶英文画册', '茶叶', 2024, cover('words', 'leaf', 0), '“回甘”怎么译，给了三种，讲了取舍。'),
      portfolioCase('跨境店铺政策页', '电商', 2024, cover('words', 'fog', 0), '退换货、质保、隐私三页，按目标市场的习惯写。'),
    ],
    weeklyHours: hours(1, 6, '09:00', '18:00'), capacity: 5, reply: { medianMinutes: 40, habit: '上午译稿不看消息，中午和下午回' }, verification: 'verified', joinedDay: -410,
  }),
  provider({
    id: 'jiangwen', number: '2012', displayName: '江闻', contactName: '江闻', kind: 'person', city: '南京', areas: '全国',
    skills: '品牌文案|起名|公众号写作|小红书笔记|脚本策划',
    headline: '替小店说人话',
    bio: '做过四年报纸编辑，去年回家帮父母看店，才知道街坊想听什么。写之前一定先打一个小时电话，写完读出来，读着别扭就重写。刚开始在这里接单，先把每一单做踏实。',
    bioEn: 'Former newspaper editor writing plain words for small shops; new here.',
    cases: [
      portfolioCase('老周酱菜的十句话', '食品', 2025, cover('words', 'clay', 0), '贴在坛子上的十句话，一句一种吃法。'),
      portfolioCase('修表铺公众号', '服务', 2025, cover('words', 'ink', 1), '写了八篇修表的事，平均阅读从 60 到 900。'),
      portfolioCase('一间花店的名字', '花艺', 2024, cover('words', 'rose', 0), '三十个名字里挑出五个，都查过能不能注册。'),
    ],
    weeklyHours: hours(1, 7, '09:30', '20:30'), capacity: 3, reply: { medianMinutes: 14, habit: '白天都在' }, verification: 'verified', joinedDay: -20, newcomer: true,
  }),
  provider({
    id: 'mingzhang', number: '2013', displayName: '明账财税', contactName: '邱明', kind: 'company', city: '深圳', areas: '全国|深圳|广州|东莞',
    skills: '代理记账|纳税申报|工商注册|财税咨询|出口退税',
    headline: '每月 15 号前，账和税都有回执',
    bio: '持代理记账许可，五位会计，服务两百多家小公司。每月给您一页看得懂的账：进了多少、出了多少、税是怎么来的。只做合规的事，没有“优惠包过”。',
    bioEn: 'Licensed bookkeeping for small companies; one readable page every month.',
    cases: [
      portfolioCase('跨境小店规范建账', '电商', 2025, cover('ledger', 'leaf', 0), '补齐两年流水，三个平台的收入对到每一笔。'),
      portfolioCase('餐饮公司税负测算', '餐饮', 2024, cover('ledger', 'sand', 1), '算清小规模与一般纳税人的分界点，老板自己做的选择。'),
      portfolioCase('设计公司汇算清缴', '设计', 2024, cover('ledger', 'sea', 0), '找出 9 张不合规发票，提前换好。'),
    ],
    weeklyHours: hours(1, 5, '09:00', '18:00'), capacity: 20, reply: { medianMinutes: 20, habit: '工作日半小时内，报税期略慢' }, verification: 'verified', joinedDay: -800,
  }),
  provider({
    id: 'hengyuan', number: '2014', displayName: '衡远法务', contactName: '顾衡', kind: 'studio', city: '上海', areas: '全国|上海|苏州',
    skills: '合同审查|商标注册|劳动合同|股权协议|律师函',
    headline: '合同逐条批注，写给不懂法的人看',
    bio: '两位执业律师加一位商标代理人。审合同时每一条都写“这句话是什么意思、对您有什么风险、建议怎么改”。我们不保证诉讼结果，也不接没有依据的“维权”。',
    bioEn: 'Two lawyers and a trademark agent; every clause is explained in plain words.',
    cases: [
      portfolioCase('加盟合同谈判', '餐饮', 2025, cover('ledger', 'ink', 0), '从 23 页里挑出 7 条要改的，对方接受了 6 条。'),
      portfolioCase('两位创始人的股权', '科技', 2024, cover('ledger', 'fog', 1), '先谈退出再谈进入，一个下午签完。'),
      portfolioCase('茶叶商标驳回复审', '茶叶', 2024, cover('words', 'pine', 0), '补了六年使用证据，第 30 类通过。'),
    ],
    weeklyHours: hours(1, 5, '09:30', '18:30'), capacity: 6, reply: { medianMinutes: 32, habit: '开庭日傍晚回复' }, verification: 'verified', joinedDay: -260,
    holiday: { fromDay: 20, untilDay: 27, note: '外出培训一周，回来后继续接单' },
  }),
]

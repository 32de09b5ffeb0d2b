import type { DemoAnnouncement } from './types.ts'
import { on } from './authoring.ts'

export const announcements: DemoAnnouncement[] = [
  {
    id: 'a-maintenance', kind: 'maintenance', published: on(-1, '10:00'),
    title: { zh: '周五凌晨 02:00–03:00 例行维护', en: 'Planned maintenance, Friday 02:00–03:00' },
    body: {
      zh: '本周五 02:00–03:00 升级数据库，期间暂停下单、付款和提现，消息可能延迟送达。\n\n维护时段内到期的验收、接单和付款期限，统一顺延到当天 12:00。托管中的钱不受影响。',
      en: 'On Friday from 02:00 to 03:00 we upgrade the database. Ordering, payment and payouts pause; messages may arrive late.\n\nDeadlines that fall within this hour move to 12:00 the same day. Money in escrow is not affected.',
    },
  },
  {
    id: 'a-rules', kind: 'rules', published: on(-9, '15:00'), effective: on(-1, '00:00'),
    title: { zh: '验收规则更新：可申请一次 7 天延长', en: 'Acceptance rules: one extension of 7 days' },
    body: {
      zh: '自生效日起，需求方在自动验收前可延长一次，每次 7 天。\n\n- 只对之后成立的订单生效，已成立的订单按原规则\n- 自动验收前 3 天、1 天仍会各提醒一次\n- 延长后服务商会收到通知，并看到新的放款日期',
      en: 'From the day it takes effect, a buyer may extend the acceptance period once, by 7 days.\n\n- Only orders made after that date are affected\n- Reminders 3 days and 1 day before stay as they are\n- The provider is told and sees the new release date',
    },
  },
  {
    id: 'a-newyear', kind: 'notice', published: on(-2, '09:30'),
    title: { zh: '年货节临近，包装与大促设计请早下单', en: 'Year-end season: order packaging and campaign design early' },
    body: {
      zh: '十二月起包装、海报、直播间设计的排期会变紧。打样和印刷通常还要 10 到 15 天，请把这段时间算进去。\n\n赶时间的小活可以用秒单：付款后直接派给合适的服务商，抢到即开工。',
      en: 'From December on, packaging, poster and live-room designers fill up. Samples and printing usually take another 10 to 15 days, so plan for them.\n\nFor small urgent jobs use an instant requirement: it is funded first and the first matched provider to take it starts at once.',
    },
  },
]

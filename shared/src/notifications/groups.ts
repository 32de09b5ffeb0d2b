/**
 * What people decide about notices: for each group of types whether it also comes by e-mail or SMS. In the app all of
 * them stand, whatever is switched off. The defaults: money and deadlines by e-mail, and by SMS only what is lost or
 * decided against somebody who does not look within hours.
 */
type Words = {
  name: string
  /** What is in it, in one line. */
  note: string
}
export const NOTICE_CHANNELS = ['email', 'sms'] as const
export type NoticeChannel = typeof NOTICE_CHANNELS[number]
export type NoticeChoice = Readonly<Record<NoticeChannel, boolean>>
export type NoticeGroupRule = {
  section: 'now' | 'deals' | 'business' | 'account'
  /** Does not wait for the end of quiet hours. */
  urgent: boolean
  /** Cannot be switched off on both channels. */
  required: boolean
  defaults: NoticeChoice
  zh: Words
  en: Words
}

const both = { email: true, sms: true } as const
const byEmail = { email: true, sms: false } as const
const bySms = { email: false, sms: true } as const

export const NOTICE_GROUPS = {
  answer: { section: 'now', urgent: true, required: false, defaults: both,
    zh: { name: '等你处理', note: '到期会自动决定的事：接单、验收前的提醒、退款和变更的答复、仲裁举证' },
    en: { name: 'Waiting for you', note: 'What is decided without you at a deadline: orders to accept, reminders before acceptance, refunds, changes and cases to answer' } },
  payment_due: { section: 'now', urgent: true, required: false, defaults: both,
    zh: { name: '等你付款', note: '谈妥的报价、变更差额、可以付款发布的需求' },
    en: { name: 'Payments due', note: 'Agreed quotes, changes with a difference to pay, requirements that open once paid' } },
  instant: { section: 'now', urgent: true, required: false, defaults: bySms,
    zh: { name: '秒单邀请', note: '钱已托管、先到先得的需求' },
    en: { name: 'Instant orders', note: 'Already in escrow, first come, first served' } },
  orders: { section: 'deals', urgent: false, required: false, defaults: byEmail,
    zh: { name: '订单进展', note: '付款、开工、交付、修改、变更、完成和评价' },
    en: { name: 'Order progress', note: 'Paid, started, delivered, revised, changed, completed, reviewed' } },
  money: { section: 'deals', urgent: false, required: true, defaults: byEmail,
    zh: { name: '资金变动', note: '放款、退款、结算、提现，以及裁决的执行' },
    en: { name: 'Money', note: 'Releases, refunds, clearing, payouts, and rulings carried out' } },
  disputes: { section: 'deals', urgent: false, required: false, defaults: byEmail,
    zh: { name: '退款与仲裁进展', note: '对方补充证据、上诉、延期或撤回' },
    en: { name: 'Refunds and cases', note: 'Evidence, appeals, extensions and withdrawals by the other side' } },
  quotes: { section: 'business', urgent: false, required: false, defaults: byEmail,
    zh: { name: '需求与报价', note: '收到报价、还价、报价结果、需求到期' },
    en: { name: 'Requirements and quotes', note: 'Quotes, counter-offers and their outcome, requirements that end' } },
  opportunities: { section: 'business', urgent: false, required: false, defaults: byEmail,
    zh: { name: '适合你的需求', note: '匹配的新需求，和你保存的搜索' },
    en: { name: 'Work that fits you', note: 'New requirements that match, and searches you saved' } },
  messages: { section: 'business', urgent: false, required: false, defaults: byEmail,
    zh: { name: '未读的聊天消息', note: '你不在线时，几分钟内的消息合成一条' },
    en: { name: 'Unread messages', note: 'While you are away; messages within some minutes come as one' } },
  publishing: { section: 'account', urgent: false, required: false, defaults: byEmail,
    zh: { name: '审核结果', note: '服务、需求、实名认证和被举报的内容' },
    en: { name: 'Reviews by our staff', note: 'Services, requirements, verification, and content that was reported' } },
  security: { section: 'account', urgent: true, required: true, defaults: both,
    zh: { name: '账号安全', note: '收款账户等敏感信息的更改' },
    en: { name: 'Account security', note: 'Changes of payout accounts and other sensitive data' } },
} as const satisfies Record<string, NoticeGroupRule>

export type NoticeGroup = keyof typeof NOTICE_GROUPS
export const NOTICE_GROUP_NAMES = Object.keys(NOTICE_GROUPS) as [NoticeGroup, ...NoticeGroup[]]
export const groupRule = (group: NoticeGroup): NoticeGroupRule => NOTICE_GROUPS[group]

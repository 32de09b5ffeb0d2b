/** The words around a notice in an e-mail. It is read outside the product, so it says who writes, why, and how to change it. */
import type { NoticeGroup } from '@miaodan/shared/notifications/groups'

type LetterTexts = {
  /** By the first part of the address it leads to. */
  buttons: Readonly<Record<string, string>>
  pay: string
  open: string
  why: (group: string) => string
  required: string
  settings: string
  unsubscribe: string
}

const zh: LetterTexts = {
  buttons: { orders: '查看订单', disputes: '查看案件', requirements: '查看需求', wallet: '打开钱包', workbench: '查看服务', messages: '打开聊天', account: '打开账号' },
  pay: '去付款',
  open: '打开秒单',
  why: group => `这封邮件属于「${group}」通知，发给你账号绑定的邮箱。`,
  required: '资金和账号安全的通知不能全部关闭。',
  settings: '通知设置',
  unsubscribe: '不再接收这类邮件',
}

const en: LetterTexts = {
  buttons: { orders: 'Open the order', disputes: 'Open the case', requirements: 'Open the requirement', wallet: 'Open the wallet', workbench: 'Open the service', messages: 'Open the chat', account: 'Open your account' },
  pay: 'Pay',
  open: 'Open Miaodan',
  why: group => `You get this because “${group}” notices go to the e-mail address of your account.`,
  required: 'Notices of money and account security cannot be switched off entirely.',
  settings: 'Notification settings',
  unsubscribe: 'Unsubscribe from these',
}

export const letterTexts = { 'zh-CN': zh, en } as const

/** The one thing to do. */
export function buttonText(texts: LetterTexts, group: NoticeGroup, link: string | null): string {
  if (group === 'payment_due') return texts.pay
  return texts.buttons[link?.split('/')[1] ?? ''] ?? texts.open
}

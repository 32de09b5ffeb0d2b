import { fillSentence } from '@miaodan/shared/kernel/problem'
import { fen, formatMoney } from '@miaodan/shared/kernel/money'
import { noticeText, type NoticeType } from '@miaodan/shared/notifications/texts'
import type { Locale } from '../../kernel/feature.ts'

/** The notice's words for a reader. Params named `…amount` are fen. */
export function renderNotice(notice: { type: NoticeType, params: Record<string, string> }, locale: Locale): { title: string, body: string } {
  const text = noticeText(notice.type)[locale === 'en' ? 'en' : 'zh']
  const params = Object.fromEntries(Object.entries(notice.params).map(([name, value]) => [name, /amount$/i.test(name) ? amountText(value) ?? value : value]))
  return { title: fillSentence(text.title, params), body: fillSentence(text.body, params) }
}

/** Undefined when these are no fen. */
export function amountText(value: string | undefined): string | undefined {
  return value !== undefined && /^-?\d+$/.test(value) ? formatMoney(fen(BigInt(value))) : undefined
}

/** A notice as an e-mail: what happened, the amount and what it is, one button, and why one gets it. */
import { AMOUNT_MEANINGS } from '@miaodan/shared/notifications/amounts'
import { groupRule } from '@miaodan/shared/notifications/groups'
import { noticeText } from '@miaodan/shared/notifications/texts'
import type { Deps } from '../../deps.ts'
import type { Locale } from '../../kernel/feature.ts'
import { letterHtml, letterText, type Letter } from '../../kernel/letter.ts'
import type { Mail } from '../../ports/mail/port.ts'
import { buttonText, letterTexts } from './letter-texts.ts'
import { amountText, renderNotice } from './render.ts'
import { wordsOf } from './settings.ts'
import type { NoticeRow } from './tables.ts'
import { oneClickAddress, unsubscribeToken } from './unsubscribe.ts'

export function letterOf(deps: Pick<Deps, 'config'>, notice: Pick<NoticeRow, 'userId' | 'type' | 'params' | 'link'>, locale: Locale): Omit<Mail, 'id' | 'to'> {
  const { group } = noticeText(notice.type)
  const { publicUrl } = deps.config
  const texts = letterTexts[locale]
  const token = unsubscribeToken(deps, { userId: notice.userId, group })
  const letter: Letter = {
    locale, ...renderNotice(notice, locale), figure: amountOf(notice, locale),
    button: { text: buttonText(texts, group, notice.link), url: `${publicUrl}${notice.link ?? ''}` },
    why: `${texts.why(wordsOf(group, locale).name)}${groupRule(group).required ? `${locale === 'en' ? ' ' : ''}${texts.required}` : ''}`,
    links: [
      { text: texts.settings, url: `${publicUrl}/account/notifications` },
      ...token === null ? [] : [{ text: texts.unsubscribe, url: `${publicUrl}/unsubscribe?token=${token}` }],
    ],
  }
  return { subject: letter.title, text: letterText(letter), html: letterHtml(letter), ...token !== null && { unsubscribe: oneClickAddress(deps, token) } }
}

function amountOf({ type, params }: Pick<NoticeRow, 'type' | 'params'>, locale: Locale): Letter['figure'] {
  const [param, meaning] = noticeText(type).amount ?? []
  const amount = param === undefined ? undefined : amountText(params[param])
  if (amount === undefined || meaning === undefined) return null
  return { text: amount, ...AMOUNT_MEANINGS[meaning][locale === 'en' ? 'en' : 'zh'] }
}

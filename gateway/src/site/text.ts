import type { Fault } from '../faults.ts'
import type { JournalLine } from '../journal.ts'
import { yuan } from './format.ts'
import { zh } from './text.zh.ts'
import { en } from './text.en.ts'

export const languages = ['zh', 'en'] as const
export type Language = (typeof languages)[number]

export type Text = typeof zh
export type FaultText = { label: string; description: string }

const texts: Record<Language, Text> = { zh, en }

export function textIn(language: Language): Text {
  return texts[language]
}

/** What the reader asked for, else the first of their browser's languages that we have, else Chinese. */
export function chooseLanguage(asked: unknown, acceptLanguage: string | undefined): Language {
  const wishes = [typeof asked === 'string' ? asked : '', ...(acceptLanguage ?? '').split(',')]
  for (const wish of wishes) {
    const found = languages.find((language) => wish.trim().toLowerCase().startsWith(language))
    if (found !== undefined) return found
  }
  return 'zh'
}

/** A word for something the protocol names; what has none is shown as it is. */
export function word(words: Readonly<Record<string, string>>, key: string): string {
  return words[key] ?? key
}

export function tell(text: Text, line: JournalLine): string {
  const { log } = text
  switch (line.entry) {
    case 'created': return log.created(line.data.outTradeNo, line.data.amount, line.data.appId)
    case 'code_sent': return log.codeSent(spaced(line.data.code))
    case 'wrong_code': return log.wrongCode(line.data.left)
    case 'paid': return log.paid(text.faults[line.data.fault as Fault].label)
    case 'paid_again': return log.paidAgain(line.data.tradeNo)
    case 'failed': return log.failed(word(text.reasons, line.data.reason))
    case 'closed': return log.closed(word(text.reasons, line.data.reason))
    case 'refund_requested': return log.refundRequested(yuan(line.data.amount))
    case 'refund_settled': return log.refundSettled(word(text.states, line.data.state))
    case 'transfer_requested': return log.transferRequested(line.data.outBizNo, line.data.amount)
    case 'transfer_settled': return log.transferSettled(word(text.states, line.data.state))
    case 'withheld': return log.withheld(line.data.type)
    case 'delayed': return log.delayed(line.data.type, text.duration(line.data.seconds))
    case 'redelivered': return log.redelivered(line.data.type, text.faults[line.data.fault as Fault].label)
    case 'given_up': return log.givenUp(line.data.type, line.data.tries)
    case 'sent': {
      const { type, attempt, fault, status, answer, accepted, retryInSeconds } = line.data
      const what = log.sent(type, attempt, fault === 'normal' || fault === 'outdated' ? '' : text.faults[fault as Fault].label, fault === 'outdated')
      const reply = status === 0 ? log.noAnswer(answer) : `${status} ${answer}`.trim()
      const after = accepted || retryInSeconds === null ? '' : log.retry(text.duration(retryInSeconds))
      return `${what} → ${reply}${after}`
    }
  }
}

/** A code is read more easily in two halves. */
export function spaced(code: string): string {
  return `${code.slice(0, 3)} ${code.slice(3)}`
}

import type { Core } from './core.ts'

/** What happened to a trade or transfer, told on its page in the reader's language. */
export type JournalEntry =
  | { entry: 'created'; data: { outTradeNo: string; amount: string; appId: string } }
  | { entry: 'code_sent'; data: { code: string } }
  | { entry: 'wrong_code'; data: { left: number } }
  | { entry: 'paid'; data: { fault: string } }
  | { entry: 'paid_again'; data: { tradeNo: string } }
  | { entry: 'failed'; data: { reason: string } }
  | { entry: 'closed'; data: { reason: string } }
  | { entry: 'refund_requested'; data: { refundNo: string; amount: string } }
  | { entry: 'refund_settled'; data: { refundNo: string; state: string } }
  | { entry: 'transfer_requested'; data: { outBizNo: string; amount: string } }
  | { entry: 'transfer_settled'; data: { state: string } }
  | { entry: 'withheld'; data: { type: string } }
  | { entry: 'delayed'; data: { type: string; seconds: number } }
  | { entry: 'redelivered'; data: { type: string; fault: string } }
  | { entry: 'sent'; data: Sending }
  | { entry: 'given_up'; data: { type: string; tries: number } }

export type Sending = {
  type: string
  attempt: number
  fault: string
  /** HTTP status, or 0 if no answer came. */
  status: number
  /** The beginning of the answer, or the reason why none came. */
  answer: string
  accepted: boolean
  retryInSeconds: number | null
}

export type JournalLine = JournalEntry & { id: number; at: number }

/** More lines than this are of no use to a reader; the newest are kept in view. */
const MAX_LINES = 60

export function note(core: Core, subjectNo: string, line: JournalEntry): void {
  core.store.insert('journal', { subjectNo, at: core.clock.now(), entry: line.entry, data: JSON.stringify(line.data) })
}

export function journalOf(core: Core, subjectNo: string): JournalLine[] {
  const rows = core.store.all<{ id: number; at: number; entry: string; data: string }>(
    'select id, at, entry, data from journal where subject_no = :subjectNo order by id desc limit :limit',
    { subjectNo, limit: MAX_LINES },
  )
  return rows.reverse().map((row) => ({ ...row, data: JSON.parse(row.data) }) as JournalLine)
}

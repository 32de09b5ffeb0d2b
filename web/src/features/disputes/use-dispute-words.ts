/** The sentences of a dispute: its state, its pieces, what happened. */
import { useI18n } from 'vue-i18n'
import { moneyLabel } from '@/lib/money.ts'
import { useTime } from '@/lib/use-time.ts'
import { nameOf, type Dispute, type DisputeRow, type Piece } from './types.ts'

export function useDisputeWords() {
  const { t, te } = useI18n()
  const time = useTime()

  const pieceTitle = (piece: Piece): string => {
    switch (piece.sealed?.kind) {
      case 'chat': return t('disputes.pieces.chat', { count: piece.sealed.total }, piece.sealed.total)
      case 'deliveries': return t('disputes.pieces.deliveries', { count: piece.sealed.versions.length }, piece.sealed.versions.length)
      case 'checklist': return t('disputes.pieces.checklist', { count: piece.sealed.lines.length }, piece.sealed.lines.length)
      case 'timeline': return t('disputes.pieces.timeline')
      case 'payments': return t('disputes.pieces.payments')
      case 'offers': return t('disputes.pieces.offers', { count: piece.sealed.offers.length }, piece.sealed.offers.length)
      default: return (piece.text ?? '').split('\n')[0] ?? ''
    }
  }
  const pieceBy = (piece: Piece, dispute: Dispute): string => (piece.by === 'system' ? t('disputes.by.system') : piece.by === dispute.side ? t('disputes.you') : nameOf(dispute, piece.by))

  /** A step of the order or of the case, with what it was about. */
  function stepTitle(code: string, facts: { amount: string | null, milestone?: number | null }): string {
    const amount = facts.amount === null ? '' : moneyLabel({ amount: facts.amount, currency: 'CNY' })
    const name = code.replace('.', '-')
    // A step of the request or the case; else one of the order, which reads as on its page.
    if (te(`disputes.history.${name}`)) return t(`disputes.history.${name}`, { amount })
    return te(`orders.timeline.past.${name}`) ? t(`orders.timeline.past.${name}`, { amount, position: facts.milestone ?? '' }) : code
  }

  /** By when the next thing happens, as a clause. */
  const due = (row: Pick<DisputeRow, 'state' | 'dueAt'>): string => (row.dueAt ? t(`disputes.due.${row.state}`, { date: time.moment(row.dueAt) }) : '')

  return { pieceTitle, pieceBy, stepTitle, due, time }
}

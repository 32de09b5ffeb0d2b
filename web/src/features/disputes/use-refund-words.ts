/** The sentences of a refund request: where it stands, what silence does, how it ended. */
import { useI18n } from 'vue-i18n'
import { moneyLabel } from '@/lib/money.ts'
import { useTime } from '@/lib/use-time.ts'
import type { StatusTone } from '@/ui/StatusBadge.vue'
import { nameOf, type RefundRequest } from './types.ts'

export function useRefundWords() {
  const { t } = useI18n()
  const time = useTime()

  const title = (request: RefundRequest): string => t(`disputes.request.title.${request.askedBy}`)
  const isMine = (request: RefundRequest): boolean => request.turn !== null && request.turn === request.side

  function state(request: RefundRequest): { label: string, tone: StatusTone } {
    switch (request.state) {
      case 'escalated': return { label: t('disputes.request.state.escalated'), tone: 'trouble' }
      case 'executed': return { label: t(`disputes.request.state.${request.outcome ?? 'agreed'}`), tone: 'done' }
      case 'withdrawn': return { label: t('disputes.request.state.withdrawn'), tone: 'neutral' }
      default: return isMine(request)
        ? { label: t('disputes.request.state.mine'), tone: 'mine' }
        : { label: t('disputes.request.state.theirs', { other: request.turn ? nameOf(request, request.turn) : '' }), tone: 'neutral' }
    }
  }

  /** What happens when nobody answers, with the amount and the moment. */
  function silence(request: RefundRequest): string {
    const asked = request.offers.findLast(offer => offer.by !== request.turn)
    if (!request.answerBy || !request.silence || !asked) return ''
    return t(`disputes.request.silence.${request.silence}`, { date: time.moment(request.answerBy), amount: moneyLabel(asked.amount) })
  }

  function outcome(request: RefundRequest): string {
    if (!request.outcome || !request.endedAt) return ''
    const facts = { date: time.moment(request.endedAt), amount: request.consequence ? moneyLabel(request.consequence.toBuyer) : '', who: nameOf(request, request.askedBy) }
    return t(`disputes.request.outcome.${request.outcome}`, facts)
  }

  return { title, state, silence, outcome, isMine }
}

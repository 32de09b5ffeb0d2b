/** "Where is my money" in words: the popover behind an amount, and the one line under its title. */
import { useI18n } from 'vue-i18n'
import { fenOf, wireMoney } from '@/lib/money.ts'
import { useTime } from '@/lib/use-time.ts'
import type { Whereabouts } from '@/ui/MoneyWhere.vue'
import type { WhereItem } from './types.ts'

type Place = NonNullable<WhereItem['place']>
const TOLD = ['waiting_for_provider', 'waiting_to_start', 'in_work', 'waiting_for_acceptance', 'accepted', 'accepted_by_silence', 'refund_asked', 'in_arbitration'] as const
type Told = typeof TOLD[number]
const isTold = (why: string): why is Told => (TOLD as readonly string[]).includes(why)

export function useWhereabouts() {
  const { t } = useI18n()
  const time = useTime()

  function untilOf(place: Place): string | undefined {
    if (!place.until) return undefined
    const when = time.moment(place.until)
    if (place.why === 'waiting_for_provider') return t('wallet.where.until.accept_by', { when })
    if (place.why === 'in_work') return t('wallet.where.until.due', { when })
    if (place.why === 'refund_asked' || place.why === 'in_arbitration') return t('wallet.where.until.answer', { when })
    return place.state === 'clearing' ? t('wallet.where.until.clear', { when }) : t('wallet.where.until.release', { when })
  }

  function thenOf(place: Place, side: WhereItem['side']): string {
    if (place.state === 'clearing') return t('wallet.where.then.available')
    if (place.then === 'decided') return t('wallet.where.then.decided')
    return place.then === 'refunded' ? t('wallet.where.then.refunded') : t(`wallet.where.then.released.${side}`)
  }

  function linesOf(place: Place): Pick<Whereabouts, 'lines' | 'result'> {
    if (place.fee === null) {
      const coupon = fenOf(place.coupon)
      if (coupon === 0n) return {}
      return { lines: [{ label: t('wallet.where.cash'), money: wireMoney(fenOf(place.amount) - coupon) }, { label: t('wallet.where.coupon'), money: place.coupon }], result: t('wallet.where.escrow') }
    }
    return {
      lines: [{ label: t('wallet.where.line', { position: place.milestone.position }), money: place.amount }, { label: t('wallet.where.fee'), money: wireMoney(-fenOf(place.fee)) }],
      result: t(place.state === 'clearing' ? 'wallet.where.net' : 'wallet.where.expected'),
    }
  }

  return {
    whereOf({ kind, place, side }: WhereItem): Whereabouts {
      if (kind === 'payout') return { state: 'released', holder: t('wallet.where.bank'), reason: t('wallet.where.why.payout') }
      if (kind === 'refund' || kind === 'suspense') return { state: 'refunded', holder: t('wallet.where.gateway'), reason: t(`wallet.where.why.${kind}`), then: t('wallet.where.then.returned') }
      const holder = t(kind === 'clearing' || kind === 'frozen' ? 'wallet.where.clearing' : 'wallet.where.escrow')
      if (!place || !isTold(place.why)) return { state: kind === 'frozen' ? 'disputed' : kind, holder, reason: t('wallet.where.why.other') }
      const until = untilOf(place)
      return { state: place.state, holder, reason: t(`wallet.where.why.${place.why}.${side}`), ...(until && { until }), then: thenOf(place, side), ...linesOf(place) }
    },
    /** What happens next with it, and when. */
    nextOf({ place }: WhereItem): string {
      if (!place || !isTold(place.why)) return ''
      const when = place.until ? time.moment(place.until) : ''
      if (place.state === 'clearing') return t('wallet.where.short.clear', { when })
      if (place.why === 'accepted' || place.why === 'accepted_by_silence') return ''
      return place.why === 'in_work' && !place.until ? t('wallet.where.short.in_work_open') : t(`wallet.where.short.${place.why}`, { when })
    },
  }
}

/** The sentences of a coupon: what it takes off, on what terms, and why it cannot be used. */
import { useI18n } from 'vue-i18n'
import { inLocale } from '@/features/catalog/use-categories.ts'
import { listed } from '@/lib/listing.ts'
import { fenOf, moneyLabel } from '@/lib/money.ts'
import { useTime } from '@/lib/use-time.ts'
import type { Coupon, CouponTerms } from './types.ts'

export function useCouponWords() {
  const { t } = useI18n()
  const time = useTime()

  /** "减 ¥50.00", or "20% 优惠" with its cap apart. */
  function discount({ discount: given }: Pick<CouponTerms, 'discount'>): { main: string, cap: string | null } {
    return given.kind === 'amount'
      ? { main: t('rewards.discount.amount', { amount: moneyLabel(given.amount) }), cap: null }
      : { main: t('rewards.discount.percent', { percent: given.bps / 100 }), cap: t('rewards.discount.cap', { amount: moneyLabel(given.cap) }) }
  }

  /** `spent`: until when it could be used is of no interest any more. */
  function terms(coupon: CouponTerms, spent = false): string[] {
    const begins = new Date(coupon.validFrom).getTime() > time.now.value
    return [
      fenOf(coupon.minimum) > 0n ? t('rewards.terms.minimum', { amount: moneyLabel(coupon.minimum) }) : t('rewards.terms.any'),
      ...(coupon.categories.length > 0 ? [t('rewards.terms.categories', { names: listed(coupon.categories.map(category => inLocale(category.name))) })] : []),
      ...spent ? [] : [t(begins ? 'rewards.terms.from' : 'rewards.terms.until', { date: time.moment(begins ? coupon.validFrom : coupon.validTo) })],
    ]
  }

  const why = (coupon: Pick<Coupon, 'why' | 'minimum'>): string => (coupon.why ? t(`rewards.why.${coupon.why}`, { amount: moneyLabel(coupon.minimum) }) : '')

  return { discount, terms, why, nameOf: (coupon: Pick<CouponTerms, 'name'>): string => inLocale(coupon.name) }
}

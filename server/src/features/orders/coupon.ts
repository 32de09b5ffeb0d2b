/** The coupon of an order: chosen before anything is paid, and spread over the milestones, which keep their share. */
import { eq } from 'drizzle-orm'
import type * as z from 'zod'
import { problem } from '@miaodan/shared/errors'
import { fen } from '@miaodan/shared/kernel/money'
import type { orders as contracts } from '@miaodan/shared/orders/contract'
import type { OrderView } from '@miaodan/shared/orders/views'
import type { Deps } from '../../deps.ts'
import type { Executor, Tx } from '../../kernel/db.ts'
import type { Viewer } from '../../kernel/feature.ts'
import { spreadCoupon } from '../ledger/index.ts'
import { couponChoices, holdCoupon, releaseCoupon } from '../rewards/index.ts'
import { changeDeal, readDeal, type Deal } from './deal.ts'
import { sumOf } from './money.ts'
import { requireSide } from './policy.ts'
import { milestones, orders } from './tables.ts'

/** Before the first payment: afterwards the shares are frozen. */
const mayChoose = ({ order }: Deal): boolean => order.state === 'pending_payment' && order.origin !== 'instant'

const purchaseOf = ({ order, milestones: list }: Deal) => ({ orderId: order.id, price: order.price, instalments: list.length, categoryId: order.categoryId })

/** The buyer's coupons for an order, the best first, and which one it has. Empty when it is too late to choose. */
export async function couponsForOrder(executor: Executor, deps: Deps, viewer: Viewer, orderId: string): Promise<z.output<typeof contracts.coupons.output>> {
  const deal = await readDeal(executor, orderId)
  if (deal?.order.buyerId !== viewer.userId) throw problem('kernel.not_found')
  if (!mayChoose(deal)) return { items: [], best: null, chosen: deal.order.couponId, open: false }
  return { ...await couponChoices(executor, deps, viewer.userId, purchaseOf(deal)), chosen: deal.order.couponId, open: true }
}

/** @throws problem `orders.coupon_too_late` once something is paid, or what holdCoupon says. */
export async function chooseCoupon(tx: Tx, deps: Deps, viewer: Viewer, orderId: string, couponId: string | null): Promise<void> {
  await changeDeal(tx, orderId, async deal => {
    const { order, milestones: list } = deal
    requireSide(order, viewer, 'buyer')
    if (!mayChoose(deal)) throw problem('orders.coupon_too_late')
    if (couponId === null) {
      if (order.couponId) await releaseCoupon(tx, deps, order.couponId, 'buyer')
      await keep(tx, order.id, null, list.map(({ id }) => ({ id, coupon: 0n })))
      return
    }
    const held = await holdCoupon(tx, deps, couponId, { ...purchaseOf(deal), userId: viewer.userId, number: order.number, title: order.title }, order.couponId)
    const shares = spreadCoupon(list.map(({ price }) => price), held.amount)
    await keep(tx, order.id, held, list.map(({ id }, index) => ({ id, coupon: shares[index] ?? 0n })))
  })
}

type Held = Awaited<ReturnType<typeof holdCoupon>>

async function keep(tx: Tx, orderId: string, held: Held | null, shares: readonly { id: string, coupon: bigint }[]): Promise<void> {
  await tx.update(orders).set({ couponId: held?.id ?? null, couponNameZh: held?.nameZh ?? null, couponNameEn: held?.nameEn ?? null, couponBearer: held?.bearer ?? null, coupon: held?.amount ?? 0n }).where(eq(orders.id, orderId))
  for (const { id, coupon } of shares) await tx.update(milestones).set({ coupon }).where(eq(milestones.id, id))
}

/** What the coupon gives of the order as it stands, and what of that went back to its bearer. */
export function couponOf({ order, milestones: list }: Deal): OrderView['coupon'] {
  const { couponId, couponNameZh, couponNameEn, couponBearer } = order
  if (couponId === null || couponNameZh === null || couponNameEn === null || couponBearer === null) return null
  return {
    id: couponId, name: { zh: couponNameZh, en: couponNameEn }, bearer: couponBearer,
    amount: fen(sumOf(list, ({ coupon }) => coupon)), returned: fen(sumOf(list, ({ couponRefunded }) => couponRefunded)),
  }
}

/** What the events of refund requests and disputes tell, and who may act on them. Amounts are fen as text. */
import { problem } from '@miaodan/shared/errors'
import { hasPermission } from '@miaodan/shared/kernel/access'
import type { Perspective, Side } from '@miaodan/shared/orders/model'
import type { Viewer } from '../../kernel/feature.ts'
import type { DisputeRow, RequestRow } from './tables.ts'

type Sides = { buyerId: string, providerId: string }

export const otherSide = (side: Side): Side => (side === 'buyer' ? 'provider' : 'buyer')
export const personOf = (thing: Sides, side: Side): string => (side === 'buyer' ? thing.buyerId : thing.providerId)
/** The amount that lies on the table. */
export const offerOf = (request: RequestRow): bigint => (request.offeredBy === 'buyer' ? request.wanted : request.granted)

/** `by` is the side that acts; `otherId` the person who is to be told of it. */
export function requestFacts(request: RequestRow, by: Side | null) {
  return {
    requestId: request.id, orderId: request.orderId, number: request.orderNumber, title: request.title, milestoneId: request.milestoneId, milestoneTitle: request.milestoneTitle,
    position: request.position, buyerId: request.buyerId, providerId: request.providerId, otherId: by && personOf(request, otherSide(by)), askedBy: request.askedBy,
    amount: offerOf(request).toString(), pot: request.pot.toString(),
  }
}

export function disputeFacts(dispute: DisputeRow, request: RequestRow, by: Side | null) {
  return { ...requestFacts(request, by), disputeId: dispute.id, disputeNumber: dispute.number, arbitratorId: dispute.appellateId ?? dispute.arbitratorId }
}

/** @throws problem `kernel.not_found` for anybody but the two sides. */
export function sideIn(thing: Sides | undefined, viewer: Viewer): Side {
  if (thing?.buyerId === viewer.userId) return 'buyer'
  if (thing?.providerId === viewer.userId) return 'provider'
  throw problem('kernel.not_found')
}

const isParty = (thing: Sides, viewer: Viewer): boolean => thing.buyerId === viewer.userId || thing.providerId === viewer.userId

/** The two sides and staff who may read disputes. */
export const mayRead = (thing: Sides, viewer: Viewer): boolean => isParty(thing, viewer) || hasPermission(viewer.staffRoles, 'disputes.read')

/** @throws problem `kernel.not_found` for anybody else. */
export function perspectiveOn(thing: Sides | undefined, viewer: Viewer): Perspective {
  return thing && !isParty(thing, viewer) && mayRead(thing, viewer) ? 'staff' : sideIn(thing, viewer)
}

import { and, eq, inArray } from 'drizzle-orm'
import * as z from 'zod'
import type { Deps } from '../../deps.ts'
import type { Subscriber } from '../../kernel/outbox.ts'
import { afterCommit } from '../../kernel/tx.ts'
import { categoryFamily } from '../catalog/index.ts'
import { followOrder } from './life.ts'
import { reindex } from './search-index.ts'
import { priceFacts, requirements } from './tables.ts'

const id = z.uuid()

/** The hall shows what is open, and its buyer's pages are told of every change. */
const keepHall: Subscriber<Deps> = {
  name: 'requirements.keep-hall',
  on: ['requirement.hall', 'requirement.award', 'requirement.reopen', 'requirement.expire', 'requirement.cancel', 'requirement.close', 'requirement.finish'],
  handle: async (tx, event, deps) => reindex(tx, deps, [String(event.payload['id'])]),
}

/** Who is told of a requirement before the hall opens finds it there at once; their pages look again when it can be found. */
const showToInvited: Subscriber<Deps> = {
  name: 'requirements.show-to-invited',
  on: ['requirement.invited'],
  handle: async (tx, event, deps) => {
    const { id, providerId } = event.payload
    await reindex(tx, deps, [String(id)])
    afterCommit(tx, () => deps.live.notify([String(providerId)], { type: 'invitation.changed', id: String(id) }))
  },
}

const tellBuyer: Subscriber<Deps> = {
  name: 'requirements.tell-buyer',
  on: ['submit', 'publish', 'return', 'cleared', 'hall', 'extended', 'award', 'reopen', 'finish', 'expire', 'cancel', 'close', 'withdraw'].map(action => `requirement.${action}`),
  handle: async (tx, event, deps) => {
    const { id, buyerId } = event.payload
    afterCommit(tx, () => deps.live.notify([String(buyerId)], { type: 'requirement.changed', id: String(id) }))
  },
}

const orderEvent = z.object({ id, requirementId: id.nullish(), categoryId: id.nullish(), amount: z.string().regex(/^\d+$/).optional() })
const OUTCOMES: Readonly<Record<string, 'reopen' | 'finish' | 'close'>> = {
  'order.expire': 'reopen', 'order.withdraw': 'reopen', 'order.complete': 'finish', 'order.decline': 'close', 'order.lapse': 'close', 'order.recall': 'close', 'order.call_off': 'close',
}

const followOrders: Subscriber<Deps> = {
  name: 'requirements.follow-order',
  on: Object.keys(OUTCOMES),
  handle: async (tx, event, deps) => {
    const order = orderEvent.parse(event.payload)
    const action = OUTCOMES[event.topic]
    if (order.requirementId && action) await followOrder(tx, deps, order.requirementId, order.id, action)
  },
}

const learnPrices: Subscriber<Deps> = {
  name: 'requirements.learn-prices',
  on: ['order.complete'],
  handle: async (tx, event) => {
    const order = orderEvent.parse(event.payload)
    if (order.categoryId && order.amount) await tx.insert(priceFacts).values({ orderId: order.id, categoryId: order.categoryId, amount: BigInt(order.amount), at: event.at }).onConflictDoNothing()
  },
}

/** A category's name stands in the documents of what is asked for in it. */
const followCategories: Subscriber<Deps> = {
  name: 'requirements.follow-category',
  on: ['category.changed'],
  handle: async (tx, event, deps) => {
    const family = await categoryFamily(tx, id.parse(event.payload['categoryId']))
    const rows = await tx.select({ id: requirements.id }).from(requirements).where(and(eq(requirements.state, 'open'), inArray(requirements.categoryId, family)))
    await reindex(tx, deps, rows.map(row => row.id))
  },
}

export const subscribers: readonly Subscriber<Deps>[] = [keepHall, showToInvited, tellBuyer, followOrders, followCategories, learnPrices]

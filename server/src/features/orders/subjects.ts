import { and, eq, or } from 'drizzle-orm'
import { registerSubject } from '../../kernel/subjects.ts'
import { orders, quotes, quoteVersions } from './tables.ts'

/** Names an order or a quote where others speak of it, to its two sides. */
export function offerSubjects(): void {
  registerSubject('order', async (db, id, viewerId) => {
    const [row] = await db.select({ title: orders.title, number: orders.number, amount: orders.price }).from(orders)
      .where(and(eq(orders.id, id), or(eq(orders.buyerId, viewerId), eq(orders.providerId, viewerId))))
    return row ?? null
  })
  registerSubject('quote', async (db, id, viewerId) => {
    const [row] = await db.select({ title: quotes.title, amount: quoteVersions.total }).from(quotes)
      .innerJoin(quoteVersions, and(eq(quoteVersions.quoteId, quotes.id), eq(quoteVersions.version, quotes.version)))
      .where(and(eq(quotes.id, id), or(eq(quotes.buyerId, viewerId), eq(quotes.providerId, viewerId))))
    return row ? { ...row, number: null } : null
  })
}

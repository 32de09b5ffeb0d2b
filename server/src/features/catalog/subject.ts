import { eq } from 'drizzle-orm'
import { registerSubject } from '../../kernel/subjects.ts'
import { services } from './tables.ts'

/** Names a service where others speak of it: a published one to everybody, any to its provider. */
export function offerSubjects(): void {
  registerSubject('service', async (db, id, viewerId) => {
    const [row] = await db.select({ state: services.state, providerId: services.providerId, content: services.content, priceFrom: services.priceFrom }).from(services).where(eq(services.id, id))
    if (!row?.content || (row.state !== 'published' && row.providerId !== viewerId)) return null
    return { title: row.content.title, number: null, amount: row.priceFrom }
  })
}

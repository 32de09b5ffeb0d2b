/** What is on offer, in numbers: for matching providers and for telling what work of a category costs. */
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Executor } from '../../kernel/db.ts'
import { services } from './tables.ts'

export type Offer = {
  serviceId: string
  providerId: string
  categoryId: string
  title: string
  summary: string
  skills: string[]
  /** Every package: fen and days. */
  packages: { price: bigint, days: number }[]
}

/** Read out of the document by the database: a description of 10,000 characters is not needed here. */
const columns = {
  serviceId: services.id, providerId: services.providerId, categoryId: services.categoryId,
  title: sql<string>`${services.content} ->> 'title'`, summary: sql<string>`${services.content} ->> 'summary'`, skills: sql<string[]>`${services.content} -> 'skills'`,
  packages: sql<{ price: { amount: string }, deliveryDays: number }[]>`jsonb_path_query_array(${services.content}, '$.packages[*]')`,
}

/** Published services of these providers, or of these subcategories. */
export async function publishedOffers(db: Executor, of: { providerIds: readonly string[] } | { categoryIds: readonly string[] }): Promise<Offer[]> {
  const [column, ids] = 'providerIds' in of ? [services.providerId, of.providerIds] as const : [services.categoryId, of.categoryIds] as const
  if (ids.length === 0) return []
  const rows = await db.select(columns).from(services).where(and(eq(services.state, 'published'), inArray(column, [...new Set(ids)])))
  return rows.flatMap(({ categoryId, packages, ...row }) => (categoryId === null ? [] : [{
    ...row, categoryId, packages: packages.map(item => ({ price: BigInt(item.price.amount), days: item.deliveryDays })),
  }]))
}

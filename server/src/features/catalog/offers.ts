/** What is on offer, in numbers: for matching providers and for telling what work of a category costs. */
import { sql, type SQL } from 'drizzle-orm'
import type { Executor } from '../../kernel/db.ts'
import { idIn, statement } from '../../kernel/statement.ts'
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

type Row = Omit<Offer, 'packages'> & { packages: { price: { amount: string }, deliveryDays: number }[] }

/** Read out of the document by the database, and all at once: a description of 10,000 characters is not needed here, and would be unpacked for each part. */
const offersWhere = (condition: SQL) => statement<Row>(() => sql`
  select ${services.id} as "serviceId", ${services.providerId} as "providerId", ${services.categoryId} as "categoryId", known.*
  from ${services} cross join lateral jsonb_to_record(${services.content}) as known(title text, summary text, skills jsonb, packages jsonb)
  where ${services.state} = 'published' and ${services.categoryId} is not null and ${condition}`)
const ofProviders = offersWhere(idIn(services.providerId, 'ids'))
const ofCategories = offersWhere(idIn(services.categoryId, 'ids'))

/** Published services of these providers, or of these subcategories. */
export async function publishedOffers(db: Executor, of: { providerIds: readonly string[] } | { categoryIds: readonly string[] }): Promise<Offer[]> {
  const ids = [...new Set('providerIds' in of ? of.providerIds : of.categoryIds)]
  if (ids.length === 0) return []
  const rows = await ('providerIds' in of ? ofProviders : ofCategories)(db, { ids })
  return rows.map(row => ({ ...row, packages: row.packages.map(item => ({ price: BigInt(item.price.amount), days: item.deliveryDays })) }))
}

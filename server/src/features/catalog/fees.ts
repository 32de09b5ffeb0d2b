import { and, desc, eq, isNull, lte, or, sql } from 'drizzle-orm'
import type { Executor } from '../../kernel/db.ts'
import { feeRules, categories } from './tables.ts'

/** As the ledger takes them; an order freezes them when it is made. */
export type FeeTerms = { feeBps: number, minimum?: bigint, maximum?: bigint }

/**
 * The fee terms in force at a moment for a category (null: for none in particular): the newest rule of the
 * subcategory, else of its parent, else the general one.
 */
export async function feeFor(db: Executor, categoryId: string | null, at: Date): Promise<FeeTerms> {
  const parent = categoryId === null ? sql`null` : sql`(select ${categories.parentId} from ${categories} where ${eq(categories.id, categoryId)})`
  const nearness = sql`case when ${feeRules.categoryId} = ${categoryId} then 0 when ${feeRules.categoryId} is not null then 1 else 2 end`
  const [rule] = await db.select().from(feeRules)
    .where(and(lte(feeRules.validFrom, at), or(isNull(feeRules.categoryId), categoryId === null ? undefined : eq(feeRules.categoryId, categoryId), sql`${feeRules.categoryId} = ${parent}`)))
    .orderBy(nearness, desc(feeRules.validFrom)).limit(1)
  if (!rule) throw new Error('there is no general fee rule')
  return { feeBps: rule.feeBps, ...(rule.minimum === null ? {} : { minimum: rule.minimum }), ...(rule.maximum === null ? {} : { maximum: rule.maximum }) }
}

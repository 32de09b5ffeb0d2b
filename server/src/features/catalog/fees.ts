import { fen } from '@miaodan/shared/kernel/money'
import { and, desc, isNull, lte, or, sql } from 'drizzle-orm'
import type { Executor } from '../../kernel/db.ts'
import { statement, value } from '../../kernel/statement.ts'
import { feeOnRelease } from '../ledger/index.ts'
import { subcategoryBySlug } from './categories.ts'
import { feeRules, categories } from './tables.ts'

/** As the ledger takes them; an order freezes them when it is made. */
export type FeeTerms = { feeBps: number, minimum?: bigint, maximum?: bigint }

const ruleFor = statement(db => {
  const category = sql`${value('categoryId')}::uuid`
  const parent = sql`(select ${categories.parentId} from ${categories} where ${categories.id} = ${category})`
  const nearness = sql`case when ${feeRules.categoryId} = ${category} then 0 when ${feeRules.categoryId} is not null then 1 else 2 end`
  return db.select().from(feeRules)
    .where(and(lte(feeRules.validFrom, value('at')), or(isNull(feeRules.categoryId), sql`${feeRules.categoryId} = ${category}`, sql`${feeRules.categoryId} = ${parent}`)))
    .orderBy(nearness, desc(feeRules.validFrom)).limit(1)
})

/**
 * The fee terms in force at a moment for a category (null: for none in particular): the newest rule of the
 * subcategory, else of its parent, else the general one.
 */
export async function feeFor(db: Executor, categoryId: string | null, at: Date): Promise<FeeTerms> {
  const [rule] = await ruleFor(db, { categoryId, at })
  if (!rule) throw new Error('there is no general fee rule')
  return { feeBps: rule.feeBps, ...(rule.minimum === null ? {} : { minimum: rule.minimum }), ...(rule.maximum === null ? {} : { maximum: rule.maximum }) }
}

/** What a provider is left of `amount` fen when an order of the subcategory is made at that moment. */
export async function feePreview(db: Executor, { category, amount, at }: { category: string, amount: bigint, at: Date }) {
  const terms = await feeFor(db, (await subcategoryBySlug(db, category, 'query.category')).id, at)
  const fee = feeOnRelease(terms, { amount: 0n, fee: 0n }, amount)
  return { feeBps: terms.feeBps, fee: fen(fee), net: fen(amount - fee) }
}

/** Fee rules as staff set them. A rule in force is never changed: a new one follows it, and orders keep what they froze. */
import { and, asc, desc, eq, gt, sql } from 'drizzle-orm'
import type * as z from 'zod'
import { FEE_NOTICE, type fees } from '@miaodan/shared/catalog/desk'
import { problem } from '@miaodan/shared/errors'
import { fen, type Money } from '@miaodan/shared/kernel/money'
import { after } from '@miaodan/shared/kernel/time'
import type { Deps } from '../../deps.ts'
import { audit } from '../../kernel/audit.ts'
import { constraintOf, type Executor, type Tx } from '../../kernel/db.ts'
import { newId } from '../../kernel/ids.ts'
import { feeOnRelease, type FeeTerms } from '../ledger/index.ts'
import { feeFor } from './fees.ts'
import { categories, feeRules } from './tables.ts'

type RuleRow = typeof feeRules.$inferSelect
type Wanted = Omit<z.output<typeof fees.add.body>, 'shortNotice'>
const NOTHING_RELEASED = { amount: 0n, fee: 0n }
const money = (amount: bigint | null | undefined): Money | null => (amount === null || amount === undefined ? null : fen(amount))

export async function listFeeRules(db: Executor, deps: Deps) {
  const rows = await db.select({ rule: feeRules, category: categories }).from(feeRules).leftJoin(categories, eq(categories.id, feeRules.categoryId))
    .orderBy(sql`${feeRules.categoryId} is not null`, asc(categories.position), asc(feeRules.categoryId), desc(feeRules.validFrom))
  const names = new Map((await db.select().from(categories)).map(row => [row.id, { zh: row.nameZh, en: row.nameEn }]))
  const now = deps.clock.now()
  const inForce = new Set<string | null>()
  return rows.map(({ rule, category }) => {
    const coming = rule.validFrom > now
    const state = coming ? 'coming' as const : inForce.has(rule.categoryId) ? 'past' as const : 'current' as const
    if (!coming) inForce.add(rule.categoryId)
    return {
      id: rule.id, feeBps: rule.feeBps, minimum: money(rule.minimum), maximum: money(rule.maximum), validFrom: rule.validFrom, state,
      category: category && { id: category.id, slug: category.slug, name: { zh: category.nameZh, en: category.nameEn }, parent: category.parentId ? names.get(category.parentId) ?? null : null },
    }
  })
}

/** What the rule would change, beside what is in force when it begins. @throws problem `catalog.fee_bounds` | `catalog.fee_in_past` | `catalog.category_not_found` */
export async function previewFeeRule(db: Executor, deps: Deps, wanted: Wanted, amount: bigint) {
  const { before, after: terms, rise, shortNotice } = await compare(db, deps, wanted)
  const side = (of: FeeTerms) => ({ feeBps: of.feeBps, minimum: money(of.minimum), maximum: money(of.maximum), fee: fen(feeOnRelease(of, NOTHING_RELEASED, amount)) })
  return { before: side(before), after: side(terms), rise, shortNotice }
}

async function compare(db: Executor, deps: Deps, wanted: Wanted): Promise<{ categoryId: string | null, before: FeeTerms, after: FeeTerms, rise: boolean, shortNotice: boolean }> {
  const { minimum, maximum, validFrom, feeBps } = wanted
  if (minimum && maximum && minimum.amount > maximum.amount) throw problem('catalog.fee_bounds', {}, { field: 'body.maximum' })
  const now = deps.clock.now()
  if (validFrom < now) throw problem('catalog.fee_in_past', {}, { field: 'body.validFrom' })
  const categoryId = wanted.category === null ? null : await categoryBySlug(db, wanted.category)
  const before = await feeFor(db, categoryId, validFrom)
  const terms = { feeBps, ...(minimum && { minimum: minimum.amount }), ...(maximum && { maximum: maximum.amount }) }
  const rise = isRise(before, terms)
  return { categoryId, before, after: terms, rise, shortNotice: rise && validFrom < after(now, FEE_NOTICE) }
}

/** Whether some order would pay more by the second. */
export function isRise(before: FeeTerms, terms: FeeTerms): boolean {
  const above = before.maximum !== undefined && (terms.maximum === undefined || terms.maximum > before.maximum)
  return terms.feeBps > before.feeBps || (terms.minimum ?? 0n) > (before.minimum ?? 0n) || above
}

async function categoryBySlug(db: Executor, slug: string): Promise<string> {
  const [row] = await db.select({ id: categories.id }).from(categories).where(eq(categories.slug, slug))
  if (!row) throw problem('catalog.category_not_found', {}, { field: 'body.category' })
  return row.id
}

/** @throws those of `previewFeeRule`, problem `catalog.fee_short_notice` unless that is meant, `catalog.fee_same_start` */
export async function addFeeRule(tx: Tx, deps: Deps, staffId: string, { shortNotice: meant, ...wanted }: z.output<typeof fees.add.body>) {
  const { categoryId, before, shortNotice } = await compare(tx, deps, wanted)
  if (shortNotice && !meant) throw problem('catalog.fee_short_notice', { days: FEE_NOTICE.days }, { field: 'body.validFrom' })
  const row = { id: newId(), categoryId, feeBps: wanted.feeBps, minimum: wanted.minimum?.amount ?? null, maximum: wanted.maximum?.amount ?? null, validFrom: wanted.validFrom }
  try {
    await tx.insert(feeRules).values(row)
  } catch (error) {
    if (constraintOf(error) === 'fee_rules_category_id_valid_from_key') throw problem('catalog.fee_same_start', {}, { field: 'body.validFrom' })
    throw error
  }
  await audit(tx, deps.clock, {
    actorId: staffId, action: 'fees.rule_added', entity: 'fee_rule', entityId: row.id,
    old: { feeBps: before.feeBps, minimum: text(before.minimum), maximum: text(before.maximum) }, new: { ...valuesOf(row), category: wanted.category, ...(shortNotice && { shortNotice }) },
  })
  const added = (await listFeeRules(tx, deps)).find(rule => rule.id === row.id)
  if (!added) throw new Error('the rule was not added')
  return added
}

export async function removeFeeRule(tx: Tx, deps: Deps, staffId: string, id: string): Promise<void> {
  const [rule] = await tx.delete(feeRules).where(and(eq(feeRules.id, id), gt(feeRules.validFrom, deps.clock.now()))).returning()
  if (!rule) {
    const [there] = await tx.select({ id: feeRules.id }).from(feeRules).where(eq(feeRules.id, id))
    throw problem(there ? 'catalog.fee_in_force' : 'kernel.not_found')
  }
  await audit(tx, deps.clock, { actorId: staffId, action: 'fees.rule_removed', entity: 'fee_rule', entityId: id, old: valuesOf(rule) })
}

const text = (amount: bigint | null | undefined): string | null => amount?.toString() ?? null
const valuesOf = (rule: RuleRow) => ({ feeBps: rule.feeBps, minimum: text(rule.minimum), maximum: text(rule.maximum), validFrom: rule.validFrom.toISOString() })

/** The writing coach: how complete a requirement is, and what comparable work has cost. */
import { and, eq, gte } from 'drizzle-orm'
import { fen } from '@miaodan/shared/kernel/money'
import { after } from '@miaodan/shared/kernel/time'
import { completenessOf } from '@miaodan/shared/requirements/completeness'
import type { RequirementPatch } from '@miaodan/shared/requirements/model'
import { readSentence, type NamedCategory } from '@miaodan/shared/requirements/sentence'
import type { Deps } from '../../deps.ts'
import type { Executor } from '../../kernel/db.ts'
import { allCategories, publishedOffers, servicesIndex, type Category } from '../catalog/index.ts'
import { emptyDraft } from '@miaodan/shared/requirements/model'
import { priceFacts } from './tables.ts'

const LOOK_BACK = { days: -365 }
/** Fewer finished orders than this say too little; the packages on offer are shown instead. */
const FEWEST_ORDERS = 5
const FEWEST_PACKAGES = 3
const BARS = 14

export async function coach(db: Executor, deps: Deps, patch: RequirementPatch) {
  const written = { ...emptyDraft(), ...patch }
  const categories = await allCategories(db)
  const category = categories.find(row => row.slug === written.category && row.parentId !== null)
  const parent = categories.find(row => row.id === category?.parentId)
  const completeness = completenessOf(written, parent?.slug ?? null)
  if (!category) return { completeness, band: null, usualDays: null }
  const packages = (await publishedOffers(db, { categoryIds: [category.id] })).flatMap(offer => offer.packages)
  const days = packages.map(item => item.days).toSorted((a, b) => a - b)
  return { completeness, band: await bandOf(db, deps, category, packages.map(item => item.price)), usualDays: days.length < FEWEST_PACKAGES ? null : days[Math.floor(days.length / 2)] ?? null }
}

async function bandOf(db: Executor, deps: Deps, category: Category, packages: readonly bigint[]) {
  const since = after(deps.clock.now(), LOOK_BACK)
  const orders = (await db.select({ amount: priceFacts.amount }).from(priceFacts).where(and(eq(priceFacts.categoryId, category.id), gte(priceFacts.at, since)))).map(row => row.amount)
  if (orders.length >= FEWEST_ORDERS) return { source: 'orders' as const, ...spreadOf(orders) }
  return packages.length >= FEWEST_PACKAGES ? { source: 'packages' as const, ...spreadOf(packages) } : null
}

/** The quartiles of some amounts, and how many fall into each of equal steps between the lowest and the highest. */
export function spreadOf(amounts: readonly bigint[]) {
  const sorted = amounts.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  const at = (share: number): bigint => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0n
  const [low, high] = [at(0), sorted.at(-1) ?? 0n]
  // Rounded up, so that the highest falls into the last step.
  const step = (high - low) / BigInt(BARS) + 1n
  const bars = Array.from({ length: BARS }, (_, index) => {
    const from = low + step * BigInt(index)
    return { from: fen(from), to: fen(from + step), count: sorted.filter(amount => amount >= from && amount < from + step).length }
  })
  return { count: sorted.length, low: fen(low), quarter: fen(at(0.25)), median: fen(at(0.5)), threeQuarters: fen(at(0.75)), high: fen(high), bars }
}

/** Reads one sentence; where no name of a category stands in it, the services that answer it decide. */
export async function readOneSentence(db: Executor, deps: Deps, text: string) {
  const rows = await allCategories(db)
  const read = readSentence(text, treeOf(rows), deps.clock.now())
  const category = read.category ?? await categoryOfServices(deps, text)
  const leaf = rows.find(row => row.slug === category && row.parentId !== null)
  const amount = (value: bigint | null) => (value === null ? null : fen(value))
  return { title: read.title, category: leaf?.slug ?? null, budgetMin: amount(read.budgetMin), budgetMax: amount(read.budgetMax), deadline: read.deadline }
}

async function categoryOfServices(deps: Deps, text: string): Promise<string | null> {
  const { facets } = await deps.search.query(servicesIndex, { text, match: 'any', facets: { values: ['subcategory'] }, limit: 0 })
  return Object.keys(facets['subcategory'] ?? {})[0] ?? null
}

function treeOf(rows: readonly Category[]): NamedCategory[] {
  const named = (row: Category): NamedCategory => ({ slug: row.slug, name: { zh: row.nameZh, en: row.nameEn }, skills: row.skills })
  return rows.filter(row => row.parentId === null).map(top => ({ ...named(top), children: rows.filter(row => row.parentId === top.id).map(named) }))
}

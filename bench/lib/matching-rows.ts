/**
 * Providers with services, orders, ratings and answers, as rows written past the product: making a hundred thousand of them
 * through it would take hours. The same ones from the same seed.
 */
import type { Sql } from '../../server/src/kernel/db.ts'
import { benchDocuments, mulberry32 } from './search-documents.ts'

export type Counts = { providers: number, services: number }
export type BenchCategory = { id: string, name: string }

/** Rows in one statement. */
const batchSize = 2_000
/** For each provider, on average; most of them are a few people's, as everywhere. */
const perProvider = { orders: 3, ratings: 2, answers: 2 }
/** Providers who were told of one requirement. */
const answersOfOne = 13

const kinds = { provider: 1, service: 2, order: 3, review: 4, requirement: 5 } as const
export const benchId = (kind: keyof typeof kinds, number: number): string => `01900000-0000-7000-8${kinds[kind]}00-${number.toString(16).padStart(12, '0')}`

/** The subcategories of the category a made-up service is in. */
export async function benchCategoriesOf(sql: Sql): Promise<Map<string, BenchCategory[]>> {
  const rows = await sql<{ id: string, name: string, parent: string }[]>`select child.id, child.name_zh as name, parent.name_zh as parent from categories as child join categories as parent on parent.id = child.parent_id order by child.slug`
  return Map.groupBy(rows, ({ parent }) => parent)
}

export async function fillProviders(sql: Sql, { providers, services }: Counts): Promise<void> {
  const categories = [...(await benchCategoriesOf(sql)).values()]
  await inBatches(sql, providers, [...benchDocuments(providers, 3)], 'users', (_, index) => ({
    id: benchId('provider', index), username: `bench${index}`, username_key: `bench${index}`, display_name: `工作室${index}`, roles: ['buyer', 'provider'], city: index % 3 === 0 ? '510100' : null,
    kind: 'person', staff_roles: [], locale: 'zh-CN', last_seen_at: index % 10 === 0 ? new Date().toISOString() : null, created_at: '2026-01-01',
  }))
  await inBatches(sql, providers, [...benchDocuments(providers, 3)], 'provider_profiles', ({ fields }, index) => ({
    user_id: benchId('provider', index), headline: fields.title, bio: fields.description, bio_en: '', areas: index % 4 === 0 ? ['510100'] : ['all'], skills: fields.skills, weekly_hours: {},
    reply_habit: '', holiday_note: '', capacity: 1 + (index % 5), created_at: '2026-01-01', updated_at: '2026-01-01',
  }))
  const random = mulberry32(4)
  const anybody = (): string => benchId('provider', Math.floor(random() * providers))
  /** Few have much: a tenth of the providers has half of everything. */
  const somebodyKnown = (): string => benchId('provider', Math.floor(random() ** 3 * providers))
  const anyCategory = (): string => pick(random, pick(random, categories)).id
  const known = await benchCategoriesOf(sql)
  await inBatches(sql, services, [...benchDocuments(services, 5)], 'services', ({ fields, filters }, index) => ({
    id: benchId('service', index), provider_id: anybody(), state: 'published', category_id: pick(random, known.get(String(fields.category)) ?? pick(random, categories)).id, price_from: String(filters.price),
    delivery_days: filters.days, version: 1, published_at: '2026-02-01', created_at: '2026-01-01', updated_at: '2026-02-01', content: contentOf(fields, BigInt(filters.price as bigint)),
  }))
  await inBatches(sql, providers * perProvider.orders, null, 'provider_orders', (_, index) => ({
    order_id: benchId('order', index), provider_id: somebodyKnown(), category_id: anyCategory(), state: random() < 0.06 ? 'running' : 'finished', on_time: random() < 0.9, at: '2026-03-01',
  }))
  await inBatches(sql, providers * perProvider.ratings, null, 'provider_ratings', (_, index) => ({
    review_id: benchId('review', index), provider_id: somebodyKnown(), attitude: 3 + (index % 3), skill: 4 + (index % 2), quality: 5 - (index % 2), at: '2026-03-01',
  }))
  const answers = providers * perProvider.answers
  await sql.unsafe(`insert into match_runs (requirement_id, buyer_id, opened_at, ranked_at, fitting, wave)
    select ('${benchId('requirement', 0).slice(0, -12)}' || lpad(to_hex(n), 12, '0'))::uuid, '${benchId('requirement', 0)}', now() - interval '9 days', now() - interval '9 days', 40, 2 from generate_series(0, ${Math.ceil(answers / answersOfOne)}) as n`)
  await inBatches(sql, answers, null, 'invitations', (_, index) => ({
    // A stride that shares no divisor with the number of providers: no provider twice in one requirement.
    requirement_id: benchId('requirement', Math.floor(index / answersOfOne)), provider_id: benchId('provider', (index * 7_919) % providers), wave: 1, score: 50, newcomer: false, parts: [], reasons: [], state: 'quoted',
    told_at: new Date(Date.now() - 8 * dayMs).toISOString(), answered_at: new Date(Date.now() - 8 * dayMs + random() * dayMs / 8).toISOString(), changed_at: new Date().toISOString(),
  }))
  await sql.unsafe('vacuum analyze users, provider_profiles, services, provider_orders, provider_ratings, match_runs, invitations')
}

const dayMs = 86_400_000

const pick = <T>(random: () => number, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T

function contentOf({ title, skills, description }: ReturnType<typeof benchDocuments> extends Generator<infer D extends { fields: object }> ? D['fields'] : never, price: bigint) {
  const packages = ['basic', 'standard', 'premium'].map((tier, step) => ({ tier, name: tier, price: { amount: String(price * BigInt(step + 1)), currency: 'CNY' }, deliveryDays: 5 * (step + 1), revisions: 3, includes: [] }))
  return { title, summary: String(description).slice(0, 80), description, skills, packages, addOns: [], fields: [], images: [], faqs: [] }
}

/** Rows of one table, each made from a document where there are documents. */
async function inBatches<D>(sql: Sql, count: number, documents: readonly D[] | null, table: string, rowOf: (document: D, index: number) => Record<string, unknown>): Promise<void> {
  for (let start = 0; start < count; start += batchSize) {
    const rows = Array.from({ length: Math.min(batchSize, count - start) }, (_, index) => rowOf(documents?.[start + index] as D, start + index))
    const names = Object.keys(rows[0] ?? {}).join(', ')
    await sql.unsafe(`insert into ${table} (${names}) select ${names} from json_populate_recordset(null::${table}, $1::text::json)`, [JSON.stringify(rows)])
  }
}

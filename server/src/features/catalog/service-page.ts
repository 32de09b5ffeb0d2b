/** One service as its page shows it. */
import { and, eq, inArray, sql } from 'drizzle-orm'
import { problem } from '@miaodan/shared/errors'
import { durationMs } from '@miaodan/shared/kernel/time'
import type { Deps } from '../../deps.ts'
import type { Executor } from '../../kernel/db.ts'
import type { Viewer } from '../../kernel/feature.ts'
import { providersByIds } from '../accounts/index.ts'
import { cardsOf } from './cards.ts'
import { readContent } from './content.ts'
import { imagesOf } from './images.ts'
import { outsideFacts } from './registry.ts'
import { services, serviceStats, type ServiceRow } from './tables.ts'

/** The row when anybody may look at it: published, or paused and then not for sale. @throws problem `catalog.service_not_found` */
export async function visibleService(db: Executor, id: string): Promise<ServiceRow & { content: NonNullable<ServiceRow['content']> }> {
  const [row] = await db.select().from(services).where(and(eq(services.id, id), inArray(services.state, ['published', 'paused'])))
  if (!row?.content) throw problem('catalog.service_not_found')
  return { ...row, content: row.content }
}

export async function servicePage(db: Executor, deps: Deps, id: string, viewer: Viewer | null) {
  const row = await visibleService(db, id)
  const content = readContent(row.content)
  const [[card], [stats], images, closed, categoryRatings] = await Promise.all([
    cardsOf(db, deps, [id], viewer),
    db.select().from(serviceStats).where(eq(serviceStats.serviceId, id)),
    imagesOf(db, content.images),
    whyClosed(db, deps, row, viewer),
    meansOf(db, row.categoryId),
  ])
  if (!card) throw problem('catalog.service_not_found')
  return {
    ...card, version: row.version, description: content.description, skills: content.skills, packages: content.packages, addOns: content.addOns, fields: content.fields,
    images, faqs: content.faqs, closed, categoryRatings, ratings: stats?.reviews ? means(stats) : null,
    record: { sales: stats?.sales ?? 0, onTime: stats?.onTime ?? 0, timed: stats?.timed ?? 0 }, publishedAt: row.publishedAt ?? row.createdAt,
  }
}

type Closed = { reason: 'paused' | 'full' | 'holiday' | 'own', freeFrom: Date | null } | null

async function whyClosed(db: Executor, deps: Deps, row: ServiceRow, viewer: Viewer | null): Promise<Closed> {
  if (row.state === 'paused') return { reason: 'paused', freeFrom: null }
  if (viewer?.userId === row.providerId) return { reason: 'own', freeFrom: null }
  if (row.capacity !== null) {
    const active = (await outsideFacts.activeOrders?.(db, [row.id]))?.get(row.id)
    if (active && active.count >= row.capacity) return { reason: 'full', freeFrom: active.firstDueAt }
  }
  const profile = (await providersByIds(db, deps, [row.providerId])).get(row.providerId)?.profile
  return profile?.onHoliday && profile.holiday ? { reason: 'holiday', freeFrom: endOfDayInChina(profile.holiday.until) } : null
}

/** A holiday lasts whole days in China, which has one time zone: it is over when the next day begins there. */
function endOfDayInChina(day: string): Date {
  return new Date(Date.parse(`${day}T00:00:00+08:00`) + durationMs({ days: 1 }))
}

type Sums = { reviews: number, attitude: number, skill: number, quality: number }
const round = (value: number) => Math.round(value * 100) / 100
const means = ({ reviews, attitude, skill, quality }: Sums) => ({ attitude: round(attitude / reviews), skill: round(skill / reviews), quality: round(quality / reviews) })

/** What services of the same category are rated, so that a number has something beside it. */
async function meansOf(db: Executor, categoryId: string | null) {
  if (categoryId === null) return null
  const sum = (column: typeof serviceStats.reviews | typeof serviceStats.attitude | typeof serviceStats.skill | typeof serviceStats.quality) => sql<number>`coalesce(sum(${column}), 0)::int`
  const [sums] = await db.select({ reviews: sum(serviceStats.reviews), attitude: sum(serviceStats.attitude), skill: sum(serviceStats.skill), quality: sum(serviceStats.quality) })
    .from(serviceStats).innerJoin(services, eq(services.id, serviceStats.serviceId)).where(eq(services.categoryId, categoryId))
  return sums && sums.reviews > 0 ? means(sums) : null
}

/** A provider's own services, as the list and the editor show them. */
import { desc, eq, inArray, and } from 'drizzle-orm'
import { problem } from '@miaodan/shared/errors'
import { fen } from '@miaodan/shared/kernel/money'
import type { Executor } from '../../kernel/db.ts'
import { meanRating } from './cards.ts'
import { readContent, readDraft } from './content.ts'
import { imagesOf } from './images.ts'
import { openChange, ownService } from './own-services.ts'
import { outsideFacts } from './registry.ts'
import { serviceChanges, services, serviceStats } from './tables.ts'

export async function ownServices(db: Executor, providerId: string) {
  const rows = await db.select({ service: services, stats: serviceStats, change: serviceChanges }).from(services)
    .leftJoin(serviceStats, eq(serviceStats.serviceId, services.id))
    .leftJoin(serviceChanges, and(eq(serviceChanges.serviceId, services.id), inArray(serviceChanges.state, ['draft', 'in_review', 'rejected'])))
    .where(eq(services.providerId, providerId)).orderBy(desc(services.createdAt))
  const shown = rows.flatMap(row => {
    const content = row.service.content ?? row.change?.content
    return content ? [{ ...row, content }] : []
  })
  const [images, active] = await Promise.all([
    imagesOf(db, shown.flatMap(row => row.content.images[0] ?? [])),
    outsideFacts.activeOrders?.(db, shown.map(row => row.service.id)),
  ])
  return shown.map(({ service, stats, change, content }) => ({
    id: service.id, state: service.state, title: content.title, cover: content.cover, image: images.find(image => image.id === content.images[0]) ?? null,
    priceFrom: service.priceFrom === null ? null : fen(service.priceFrom), capacity: service.capacity,
    activeOrders: active ? active.get(service.id)?.count ?? 0 : null,
    rating: { value: stats ? meanRating(stats) : null, count: stats?.reviews ?? 0 }, sales: stats?.sales ?? 0,
    change: change && { state: change.state, reason: change.reason, updatedAt: change.updatedAt }, updatedAt: service.updatedAt,
  }))
}

export async function ownServiceEdit(db: Executor, providerId: string, serviceId: string) {
  const service = await ownService(db, providerId, serviceId)
  const change = await openChange(db, serviceId)
  const written = change?.content ?? service.content
  // A draft that was put away before it was ever published.
  if (!written) throw problem('catalog.service_not_found')
  return {
    id: service.id, state: service.state, version: service.version, capacity: service.capacity,
    published: service.content ? readContent(service.content) : null, draft: readDraft(written),
    change: change ? { state: change.state, reason: change.reason, submittedAt: change.submittedAt, updatedAt: change.updatedAt } : null,
    images: await imagesOf(db, [...new Set([...written.images, ...service.content?.images ?? []])]),
  }
}

/** What orders need of a service: the price of a selection, and a copy that no later change reaches. */
import { eq } from 'drizzle-orm'
import type * as z from 'zod'
import { problem } from '@miaodan/shared/errors'
import type { selectionSchema, ServiceSnapshot } from '@miaodan/shared/catalog/model'
import { priceOf, type Price, type SelectionFault } from '@miaodan/shared/catalog/price'
import type { Executor } from '../../kernel/db.ts'
import { InvalidInput } from '../../kernel/problems.ts'
import { statement, value } from '../../kernel/statement.ts'
import { readContent } from './content.ts'
import { outsideFacts } from './registry.ts'
import { services, type ServiceRow } from './tables.ts'

export type Selection = z.output<typeof selectionSchema>

const serviceById = statement(db => db.select().from(services).where(eq(services.id, value('id'))))

/**
 * Prices a selection for an order. A place is taken when an order is paid: until then several may order the last one, and
 * the provider declines what is too much.
 * @throws problem `catalog.service_not_found`, `catalog.own_service`, `catalog.not_for_sale`, `catalog.full`; InvalidInput with the fields at fault below `fieldPrefix`.
 */
export async function priceSelection(db: Executor, serviceId: string, selection: Selection, options: { buyerId: string, fieldPrefix?: string }): Promise<{ price: Price, snapshot: ServiceSnapshot }> {
  const [row] = await serviceById(db, { id: serviceId })
  if (!row?.content || !row.categoryId || (row.state !== 'published' && row.state !== 'paused')) throw problem('catalog.service_not_found')
  if (row.providerId === options.buyerId) throw problem('catalog.own_service')
  if (row.state === 'paused') throw problem('catalog.not_for_sale')
  await refuseWhenFull(db, row)
  const content = readContent(row.content)
  const price = priceOf(content, selection)
  const chosen = content.packages.find(item => item.tier === selection.package)
  if (price.faults.length > 0 || !chosen) throw faultsAsInput(price.faults, options.fieldPrefix ?? 'body.selection')
  return {
    price,
    snapshot: {
      serviceId: row.id, providerId: row.providerId, categoryId: row.categoryId, version: row.version,
      title: content.title, summary: content.summary, cover: content.cover, package: chosen, selection,
      brief: content.fields.flatMap(field => {
        const answer = selection.answers[field.key]
        return answer === undefined ? [] : [{ key: field.key, label: field.label, type: field.type, answer }]
      }),
    },
  }
}

/** Uploads the buyer answered with; the order claims them. */
export function uploadsIn(snapshot: ServiceSnapshot): string[] {
  return snapshot.brief.flatMap(item => item.type === 'file' && Array.isArray(item.answer) ? item.answer : [])
}

async function refuseWhenFull(db: Executor, row: ServiceRow): Promise<void> {
  if (row.capacity === null) return
  const active = (await outsideFacts.activeOrders?.(db, [row.id]))?.get(row.id)
  if (active && active.count >= row.capacity) throw problem('catalog.full', { date: active.firstDueAt?.toISOString().slice(0, 10) ?? '—' })
}

function faultsAsInput(faults: readonly SelectionFault[], prefix: string): InvalidInput {
  return new InvalidInput(faults.map(fault => ({
    code: 'custom', path: [...prefix.split('.'), ...fault.field.split('.')], message: fault.code, input: undefined, params: { ...fault.params, problem: `catalog.${fault.code}` },
  })))
}

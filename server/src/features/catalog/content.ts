/** Content between the database, where it stands as the wire has it, and the code. */
import * as z from 'zod'
import { serviceContentSchema, serviceDraftSchema, type ServiceContent, type ServiceDraft } from '@miaodan/shared/catalog/model'
import type { StoredContent, StoredDraft } from './tables.ts'

export const readContent = (stored: StoredContent): ServiceContent => z.decode(serviceContentSchema, stored)
export const readDraft = (stored: StoredDraft): ServiceDraft => z.decode(serviceDraftSchema, stored)
export const storeDraft = (draft: ServiceDraft): StoredDraft => z.encode(serviceDraftSchema, draft)

/** The columns a published content is found by. */
export function factsOf(content: ServiceContent): { priceFrom: bigint, deliveryDays: number } {
  const [cheapest, ...others] = content.packages
  if (!cheapest) throw new RangeError('a published service has a package')
  return {
    priceFrom: others.reduce((least, item) => (item.price.amount < least ? item.price.amount : least), cheapest.price.amount),
    deliveryDays: Math.min(...content.packages.map(item => item.deliveryDays)),
  }
}

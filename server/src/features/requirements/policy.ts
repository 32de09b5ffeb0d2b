/** Who sees a requirement. What one may not see is not there. */
import { eq } from 'drizzle-orm'
import { problem } from '@miaodan/shared/errors'
import { hasPermission } from '@miaodan/shared/kernel/access'
import type { Executor, Tx } from '../../kernel/db.ts'
import type { Viewer } from '../../kernel/feature.ts'
import { statement, value } from '../../kernel/statement.ts'
import { toldOf } from './registry.ts'
import { requirements, type RequirementRow } from './tables.ts'

export type Side = 'buyer' | 'provider' | 'staff'

/** Its buyer and staff always; a provider once it was open, if it stands in the hall or they were asked or told of it. */
export async function sideOf(db: Executor, viewer: Viewer, row: RequirementRow): Promise<Side | null> {
  if (row.buyerId === viewer.userId) return 'buyer'
  if (hasPermission(viewer.staffRoles, 'requirements.moderate')) return 'staff'
  return viewer.roles.includes('provider') && await isOpenTo(db, viewer.userId, row) ? 'provider' : null
}

/** Whether it was ever open to this provider: asked, told, or looking round the hall. */
export async function isOpenTo(db: Executor, providerId: string, row: RequirementRow): Promise<boolean> {
  if (row.openedAt === null || row.state === 'draft' || row.state === 'in_review') return false
  if (row.awardedTo === providerId || row.providerIds.includes(providerId) || (row.hallAt !== null && row.way !== 'direct')) return true
  return (await toldOf(db, providerId, [row.id])).has(row.id)
}

/** @throws problem `requirements.not_found` */
export async function visibleRequirement(db: Executor, viewer: Viewer, id: string): Promise<{ row: RequirementRow, side: Side }> {
  const [row] = await db.select().from(requirements).where(eq(requirements.id, id))
  const side = row && await sideOf(db, viewer, row)
  if (!row || !side) throw problem('requirements.not_found')
  return { row, side }
}

/** One's own requirement, locked. @throws problem `requirements.not_found` */
export async function lockOwn(tx: Tx, viewer: Viewer, id: string): Promise<RequirementRow> {
  const [row] = await tx.select().from(requirements).where(eq(requirements.id, id)).for('update')
  if (!row || row.buyerId !== viewer.userId) throw problem('requirements.not_found')
  return row
}

const requirementToChange = statement(db => db.select().from(requirements).where(eq(requirements.id, value('id'))).for('update'))

/** The requirement, locked, for the system and staff. @throws problem `requirements.not_found` */
export async function lockRequirement(tx: Tx, id: string): Promise<RequirementRow> {
  const [row] = await requirementToChange(tx, { id })
  if (!row) throw problem('requirements.not_found')
  return row
}

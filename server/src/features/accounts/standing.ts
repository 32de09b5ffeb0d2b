/** What staff decide about a person's account. Each step is audited, and what the person holds open ends with it. */
import { eq } from 'drizzle-orm'
import { problem } from '@miaodan/shared/errors'
import { hasPermission, type StaffRole } from '@miaodan/shared/kernel/access'
import type { Deps } from '../../deps.ts'
import { audit } from '../../kernel/audit.ts'
import type { Tx } from '../../kernel/db.ts'
import type { Viewer } from '../../kernel/feature.ts'
import { emit } from '../../kernel/outbox.ts'
import { grantStaffRoles, type UserRow } from './people.ts'
import { endSessionsOf } from './sessions.ts'
import { users } from './tables.ts'

/** @throws problem `accounts.person_not_found` | `accounts.not_oneself` | `accounts.staff_by_owner` */
async function lockedFor(tx: Tx, staff: Viewer, userId: string): Promise<UserRow> {
  const [user] = await tx.select().from(users).where(eq(users.id, userId)).for('update')
  if (!user) throw problem('accounts.person_not_found')
  if (user.id === staff.userId) throw problem('accounts.not_oneself')
  if (user.staffRoles.length > 0 && !hasPermission(staff.staffRoles, 'staff.manage')) throw problem('accounts.staff_by_owner')
  return user
}

/** They are signed out everywhere at once and cannot come back until reinstated; orders and money stay as they are. */
export async function suspend(tx: Tx, deps: Deps, staff: Viewer, userId: string, reason: string): Promise<void> {
  const user = await lockedFor(tx, staff, userId)
  if (user.suspendedAt) throw problem('accounts.already_suspended')
  const at = deps.clock.now()
  await tx.update(users).set({ suspendedAt: at, suspensionReason: reason }).where(eq(users.id, userId))
  await endSessionsOf(tx, deps, userId)
  await audit(tx, deps.clock, { actorId: staff.userId, action: 'accounts.suspended', entity: 'user', entityId: userId, old: { suspended: false }, new: { suspended: true }, reason })
  await changed(tx, deps, user)
}

export async function reinstate(tx: Tx, deps: Deps, staff: Viewer, userId: string, reason: string): Promise<void> {
  const user = await lockedFor(tx, staff, userId)
  if (!user.suspendedAt) throw problem('accounts.not_suspended')
  await tx.update(users).set({ suspendedAt: null, suspensionReason: null }).where(eq(users.id, userId))
  await audit(tx, deps.clock, { actorId: staff.userId, action: 'accounts.reinstated', entity: 'user', entityId: userId, old: { suspended: true, reason: user.suspensionReason }, new: { suspended: false }, reason })
  await changed(tx, deps, user)
}

/** Search and matching leave suspended providers out. */
async function changed(tx: Tx, deps: Deps, user: UserRow): Promise<void> {
  if (user.roles.includes('provider')) await emit(tx, deps.clock, 'provider.updated', { userId: user.id }, user.id)
}

/** Nobody changes their own roles, so that there is always an owner left. */
export async function changeStaffRoles(tx: Tx, deps: Deps, staff: Viewer, userId: string, staffRoles: readonly StaffRole[]): Promise<void> {
  const user = await lockedFor(tx, staff, userId)
  const roles = [...new Set(staffRoles)]
  await grantStaffRoles(tx, deps, userId, roles)
  await audit(tx, deps.clock, { actorId: staff.userId, action: 'accounts.staff_roles_changed', entity: 'user', entityId: userId, old: { staffRoles: user.staffRoles }, new: { staffRoles: roles } })
}

/** Who may call an endpoint. The policy of a feature decides on the row; this decides on the person. */
export const STAFF_ROLES = ['moderator', 'finance', 'support', 'arbitrator', 'owner'] as const
export type StaffRole = typeof STAFF_ROLES[number]

/** What each permission of the back office is for, and the roles that have it. The owner has all. */
export const PERMISSIONS = {
  'services.moderate': ['moderator'],
  'requirements.moderate': ['moderator'],
  'reports.handle': ['moderator', 'support'],
  'words.manage': ['moderator'],
  'categories.manage': ['moderator'],
  'people.read': ['moderator', 'finance', 'support', 'arbitrator'],
  'people.verify': ['moderator'],
  'people.suspend': ['moderator', 'support'],
  'staff.manage': [],
  'disputes.read': ['arbitrator', 'support', 'finance'],
  'disputes.decide': ['arbitrator'],
  'orders.read': ['finance', 'support', 'arbitrator'],
  'ledger.read': ['finance', 'arbitrator'],
  'payouts.manage': ['finance'],
  'fees.manage': ['finance'],
  'coupons.manage': ['finance'],
  'announcements.manage': ['support'],
  'figures.read': ['finance'],
  'audit.read': [],
  'system.maintain': [],
  'system.read': ['support', 'finance', 'moderator', 'arbitrator'],
} as const satisfies Record<string, readonly StaffRole[]>
export type Permission = keyof typeof PERMISSIONS

/**
 * anyone: also without signing in · user: signed in · provider: signed in with the provider role ·
 * staff: signed in with a staff role that has the permission · demo: anyone, and only while demo mode is on.
 */
export type Access = 'anyone' | 'user' | 'provider' | 'demo' | { staff: Permission }

export function hasPermission(roles: readonly StaffRole[], permission: Permission): boolean {
  return roles.some(role => role === 'owner' || (PERMISSIONS[permission] as readonly StaffRole[]).includes(role))
}

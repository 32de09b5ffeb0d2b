import type { DemoStaff, StaffRole } from '../types.ts'

/** Every demo account signs in with this password; the product's own rule (letters and digits, eight or more) holds for it. */
export const demoPassword = 'Miaodan2026'

const staffMember = (id: string, displayName: string, number: string, role: StaffRole): DemoStaff =>
  ({ id, username: id, displayName, phone: `1990000${number}`, email: `${id}@example.com`, role })

export const staff: DemoStaff[] = [
  staffMember('owner', '江澄', '9001', 'owner'),
  staffMember('moderator', '叶知秋', '9002', 'moderator'),
  staffMember('finance', '钟衡', '9003', 'finance'),
  staffMember('support', '苏禾', '9004', 'support'),
  staffMember('arbitrator', '沈知微', '9005', 'arbitrator'),
  // An appeal is for another arbitrator than the first ruling.
  staffMember('arbitrator2', '顾言川', '9006', 'arbitrator'),
]

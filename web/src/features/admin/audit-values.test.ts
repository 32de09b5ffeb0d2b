import { expect, it } from 'vitest'
import { auditValue } from './audit-values.ts'

it.each([
  ['minimum', '100', '¥1.00'], ['approvalAbove', '5000000', '¥50,000.00'], ['amount', '很多', '很多'], ['feeBps', 850, '8.5%'], ['validFrom', '2026-11-22T16:00:00.000Z', 'moment 2026-11-22T16:00:00.000Z'],
  ['text', '2026', '2026'], ['suspended', true, 'yes'], ['reason', null, '—'], ['staffRoles', ['finance'], '[\n "finance"\n]'],
])('%s %s is read as %s', (field, value, text) => {
  expect(auditValue(field, value, { yes: 'yes', no: 'no', exact: moment => `moment ${moment}` })).toBe(text)
})

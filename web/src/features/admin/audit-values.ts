/** What stands in the audit log, as a person reads it: amounts are kept in fen, shares in hundredths of a per cent, moments in UTC. */
import { moneyLabel } from '@/lib/money.ts'

const AMOUNTS = new Set(['amount', 'minimum', 'maximum', 'approvalAbove', 'toBuyer', 'toProvider', 'cap', 'budget'])
const SHARES = new Set(['feeBps', 'percentBps'])
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/

type Words = { yes: string, no: string, exact: (moment: string) => string }

export function auditValue(field: string, value: unknown, { yes, no, exact }: Words): string {
  if (value === null || value === undefined) return '—'
  if (typeof value === 'boolean') return value ? yes : no
  if (AMOUNTS.has(field) && /^\d{1,18}$/.test(String(value))) return moneyLabel(BigInt(String(value)))
  if (SHARES.has(field) && typeof value === 'number') return `${value / 100}%`
  if (typeof value !== 'string') return JSON.stringify(value, null, 1)
  return MOMENT.test(value) ? exact(value) : value
}

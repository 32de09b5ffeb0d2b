import type { RowOf } from '@/lib/api-types.ts'
import type { api } from '@/lib/api.ts'

export type LedgerEntry = RowOf<typeof api.ledger.listEntries>
export type LedgerAccount = RowOf<typeof api.ledger.listAccounts>

export const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text.trim())
export const entryKey = (kind: LedgerEntry['kind']): string => `ledger.entryKinds.${kind.replaceAll('.', '_')}`

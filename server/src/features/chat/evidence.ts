/** What two people sent each other is evidence while they have, or had, a case: then staff who read cases may open its files. Only disputes know of cases: they offer that fact when loaded. */
import { hasPermission } from '@miaodan/shared/kernel/access'
import type { Executor } from '../../kernel/db.ts'
import type { Viewer } from '../../kernel/feature.ts'

type CaseBetween = (db: Executor, oneId: string, otherId: string) => Promise<boolean>
let caseBetween: CaseBetween = async () => false

export function offerCases(fact: CaseBetween): void {
  caseBetween = fact
}

export async function isEvidence(db: Executor, [oneId, otherId]: readonly string[], viewer: Viewer): Promise<boolean> {
  return oneId !== undefined && otherId !== undefined && hasPermission(viewer.staffRoles, 'disputes.read') && await caseBetween(db, oneId, otherId)
}

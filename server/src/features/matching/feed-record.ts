/** What stood in a provider's feed without an invitation, and what came of it: the first time counts. */
import { and, eq, isNull } from 'drizzle-orm'
import type { Fit } from '@miaodan/shared/requirements/fit'
import type { Deps } from '../../deps.ts'
import type { Executor, Tx } from '../../kernel/db.ts'
import { feedImpressions } from './tables.ts'

type Shown = { requirementId: string, rank: number, fit: Fit | undefined }

export async function keepShown(db: Executor, deps: Deps, providerId: string, shown: readonly Shown[]): Promise<void> {
  const rows = shown.flatMap(({ requirementId, rank, fit }) => (fit ? [{ providerId, requirementId, rank, score: fit.score, parts: fit.parts, shownAt: deps.clock.now() }] : []))
  if (rows.length > 0) await db.insert(feedImpressions).values(rows).onConflictDoNothing()
}

/** Opened, or answered by a quote or a no. Nothing happens to what never stood in the feed. */
export async function followShown(tx: Tx, providerId: string, requirementId: string, step: 'openedAt' | 'answeredAt', at: Date): Promise<void> {
  await tx.update(feedImpressions).set({ [step]: at }).where(and(eq(feedImpressions.providerId, providerId), eq(feedImpressions.requirementId, requirementId), isNull(feedImpressions[step])))
}

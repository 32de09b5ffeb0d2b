/** What became of those who were ranked: for whoever weighs the parts of the score. */
import { and, asc, desc, eq, gte, sql } from 'drizzle-orm'
import { after } from '@miaodan/shared/kernel/time'
import { FIT_PARTS } from '@miaodan/shared/requirements/fit'
import type { Deps } from '../../deps.ts'
import type { Executor } from '../../kernel/db.ts'
import { invitations, matchRuns } from './tables.ts'

/** Lines of one export, the newest requirements first. */
const EXPORTED = 50_000

const since = (deps: Deps, days: number): Date => after(deps.clock.now(), { days: -days })

export async function matchingFigures(db: Executor, deps: Deps, days: number) {
  const [row] = await db.select({
    ranked: shares(sql`true`), told: shares(sql`${invitations.toldAt} is not null`), seen: shares(sql`${invitations.toldAt} is not null and ${invitations.state} not in ('waiting', 'invited')`),
    answered: shares(sql`${invitations.answeredAt} is not null`), taken: shares(sql`${invitations.state} = 'taken'`),
  }).from(invitations).innerJoin(matchRuns, eq(matchRuns.requirementId, invitations.requirementId)).where(gte(matchRuns.openedAt, since(deps, days)))
  const none = { all: 0, newcomers: 0 }
  return row ?? { ranked: none, told: none, seen: none, answered: none, taken: none }
}

const shares = (condition: ReturnType<typeof sql>) =>
  sql<{ all: number, newcomers: number }>`json_build_object('all', count(*) filter (where ${condition}), 'newcomers', count(*) filter (where ${condition} and ${invitations.newcomer}))`

export async function exportRanks(db: Executor, deps: Deps, days: number): Promise<Buffer> {
  const rows = await db.select({ invitation: invitations, openedAt: matchRuns.openedAt, fitting: matchRuns.fitting }).from(invitations).innerJoin(matchRuns, eq(matchRuns.requirementId, invitations.requirementId))
    .where(and(gte(matchRuns.openedAt, since(deps, days)))).orderBy(desc(matchRuns.openedAt), asc(invitations.requirementId), asc(invitations.wave), desc(invitations.score), asc(invitations.providerId)).limit(EXPORTED)
  const ranks = new Map<string, number>()
  const lines = rows.map(({ invitation, openedAt, fitting }) => {
    const rank = (ranks.get(invitation.requirementId) ?? 0) + 1
    ranks.set(invitation.requirementId, rank)
    const parts = FIT_PARTS.map(part => invitation.parts.find(each => each.part === part)?.value ?? '')
    const { requirementId, providerId, wave, newcomer, score, state, toldAt, answeredAt } = invitation
    return [requirementId, openedAt.toISOString(), fitting, rank, providerId, wave, newcomer, score, ...parts, state, toldAt?.toISOString() ?? '', answeredAt?.toISOString() ?? '']
  })
  const head = ['requirement', 'opened_at', 'fitting', 'rank', 'provider', 'wave', 'newcomer', 'score', ...FIT_PARTS.map(part => `part_${part}`), 'state', 'told_at', 'answered_at']
  // Ids, numbers, moments and words of ours: nothing in a line that would need quoting.
  return Buffer.from([head, ...lines].map(line => line.join(',')).join('\r\n'))
}

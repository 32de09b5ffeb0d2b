/** Telling the ranked providers of a requirement, wave by wave, until the hall opens to everybody. */
import { and, eq, inArray, isNull } from 'drizzle-orm'
import * as z from 'zod'
import { after } from '@miaodan/shared/kernel/time'
import { dealWaves } from '@miaodan/shared/matching/score'
import { fitSchema } from '@miaodan/shared/requirements/fit'
import type { Deps } from '../../deps.ts'
import type { Tx } from '../../kernel/db.ts'
import { cancelDeadlines, scheduleDeadline } from '../../kernel/deadlines.ts'
import { emit } from '../../kernel/outbox.ts'
import { afterCommit } from '../../kernel/tx.ts'
import { providersByIds } from '../accounts/index.ts'
import { blockedWith } from '../chat/index.ts'
import { openToHall, requirementRows, type RequirementRow } from '../requirements/index.ts'
import { isAvailable, rank, type Match } from './ranking.ts'
import { recordsOf } from './record.ts'
import { invitations, matchRuns, type InvitationRow } from './tables.ts'

const WAVE = { entity: 'match', action: 'wave' } as const

/** The requirement has opened: ranks, keeps the first waves, and tells the first of them at once. */
export async function startMatching(tx: Tx, deps: Deps, requirementId: string): Promise<void> {
  const row = (await requirementRows(tx, [requirementId])).get(requirementId)
  if (row?.state !== 'open' || row.openedAt === null) return
  const matches = await rank(tx, deps, row)
  const now = deps.clock.now()
  const made = await tx.insert(matchRuns).values({ requirementId, buyerId: row.buyerId, openedAt: row.openedAt, rankedAt: now, fitting: matches.length, wave: 0 }).onConflictDoNothing().returning({ id: matchRuns.requirementId })
  if (made.length === 0) return
  const { sizes, newcomerShare } = deps.config.matching.waves
  const waves = row.way === 'direct' ? [matches] : dealWaves(matches, sizes, newcomerShare)
  const invited = waves.flatMap((wave, index) => wave.map(match => invitationOf(requirementId, index + 1, match, now)))
  if (invited.length > 0) await tx.insert(invitations).values(invited)
  await nextWave(tx, deps, row, 1)
}

function invitationOf(requirementId: string, wave: number, { provider, fit, score, newcomer }: Match, now: Date): InvitationRow {
  const { parts, reasons } = z.encode(fitSchema, fit)
  return { requirementId, providerId: provider.id, wave, score, newcomer, parts, reasons, state: 'waiting', toldAt: null, answeredAt: null, changedAt: now }
}

/** The deadline of a wave, or of the hall after the last one. */
export async function waveIsDue(tx: Tx, deps: Deps, requirementId: string): Promise<void> {
  const [run] = await tx.select().from(matchRuns).where(and(eq(matchRuns.requirementId, requirementId), isNull(matchRuns.endedAt))).for('update')
  const row = run && (await requirementRows(tx, [requirementId])).get(requirementId)
  if (run && row?.state === 'open') await nextWave(tx, deps, row, run.wave + 1)
}

/** Tells wave number `wave`, and sets the time of what comes after it. Without anybody left to tell the hall opens. */
async function nextWave(tx: Tx, deps: Deps, row: RequirementRow, wave: number): Promise<void> {
  const told = await tell(tx, deps, row, wave)
  const direct = row.way === 'direct'
  const over = direct || told === 0
  const nextAt = over ? null : after(deps.clock.now(), deps.config.matching.waves.wait)
  await tx.update(matchRuns).set({ wave, nextAt }).where(eq(matchRuns.requirementId, row.id))
  if (nextAt) await scheduleDeadline(tx, { ...WAVE, entityId: row.id, dueAt: nextAt })
  else if (!direct) await openToHall(tx, deps, row.id)
  tellBuyer(tx, deps, row.buyerId, row.id)
}

/** Answers how many were told. Who has gone on holiday, become full or been blocked since the ranking is passed over. */
async function tell(tx: Tx, deps: Deps, row: RequirementRow, wave: number): Promise<number> {
  const waiting = await tx.select().from(invitations).where(and(eq(invitations.requirementId, row.id), eq(invitations.wave, wave), eq(invitations.state, 'waiting')))
  const ids = waiting.map(invitation => invitation.providerId)
  const [providers, records, blocked] = await Promise.all([providersByIds(tx, deps, ids), recordsOf(tx, deps, ids, row.categoryId), blockedWith(tx, row.buyerId)])
  const now = deps.clock.now()
  let told = 0
  for (const { providerId, score } of waiting) {
    const provider = providers.get(providerId)
    const available = provider && !blocked.has(providerId) && (row.way === 'direct' || isAvailable(provider, { running: records.get(providerId)?.running ?? 0, capacity: provider.profile.capacity }))
    await tx.update(invitations).set(available ? { state: 'invited', toldAt: now, changedAt: now } : { state: 'passed', changedAt: now })
      .where(and(eq(invitations.requirementId, row.id), eq(invitations.providerId, providerId)))
    if (!available) continue
    told++
    const amount = row.price ?? row.budgetMax
    await emit(tx, deps.clock, 'requirement.invited', { id: row.id, requirementId: row.id, providerId, title: row.title, way: row.way, score, wave, ...(amount === null ? {} : { amount: amount.toString() }) }, row.id)
    tellProvider(tx, deps, providerId, row.id)
  }
  return told
}

/** It is awarded, closed or over: the winner is marked, everybody else who was told is told so at once. */
export async function endMatching(tx: Tx, deps: Deps, requirementId: string, winnerId: string | null): Promise<void> {
  const now = deps.clock.now()
  const [run] = await tx.update(matchRuns).set({ endedAt: now, nextAt: null }).where(eq(matchRuns.requirementId, requirementId)).returning()
  const row = (await requirementRows(tx, [requirementId])).get(requirementId)
  if (!run || !row) return
  await cancelDeadlines(tx, WAVE.entity, requirementId)
  const open = await tx.select().from(invitations).where(and(eq(invitations.requirementId, requirementId), inArray(invitations.state, ['waiting', 'invited', 'seen', 'quoting', 'quoted'])))
  for (const invitation of open) {
    const { providerId } = invitation
    const won = providerId === winnerId
    await tx.update(invitations).set({ state: won ? 'taken' : 'passed', changedAt: now, ...(won && invitation.answeredAt === null ? { answeredAt: now } : {}) })
      .where(and(eq(invitations.requirementId, requirementId), eq(invitations.providerId, providerId)))
    if (invitation.toldAt === null || won) continue
    if (winnerId !== null && row.way === 'instant') await emit(tx, deps.clock, 'requirement.taken_by_other', { id: requirementId, requirementId, providerId, title: row.title }, requirementId)
    tellProvider(tx, deps, providerId, requirementId)
  }
  if (winnerId !== null && run.firstAnswerAt === null) await tx.update(matchRuns).set({ firstAnswerAt: now }).where(eq(matchRuns.requirementId, requirementId))
  tellBuyer(tx, deps, run.buyerId, requirementId)
}

/** The order was not paid: those who had been told can answer again, and the waves go on where they stood. */
export async function resumeMatching(tx: Tx, deps: Deps, requirementId: string): Promise<void> {
  const now = deps.clock.now()
  const [run] = await tx.update(matchRuns).set({ endedAt: null }).where(eq(matchRuns.requirementId, requirementId)).returning()
  const row = (await requirementRows(tx, [requirementId])).get(requirementId)
  if (!run || !row || row.state !== 'open') return
  const ended = and(eq(invitations.requirementId, requirementId), inArray(invitations.state, ['taken', 'passed']))
  for (const { providerId, toldAt } of await tx.select().from(invitations).where(ended)) {
    await tx.update(invitations).set({ state: toldAt === null ? 'waiting' : 'seen', changedAt: now }).where(and(eq(invitations.requirementId, requirementId), eq(invitations.providerId, providerId)))
    if (toldAt !== null) tellProvider(tx, deps, providerId, requirementId)
  }
  if (row.hallAt === null && row.way !== 'direct') await nextWave(tx, deps, row, run.wave + 1)
}

export function tellBuyer(tx: Tx, deps: Deps, buyerId: string, requirementId: string): void {
  afterCommit(tx, () => deps.live.notify([buyerId], { type: 'matches.changed', id: requirementId }))
}

export function tellProvider(tx: Tx, deps: Deps, providerId: string, requirementId: string): void {
  afterCommit(tx, () => deps.live.notify([providerId], { type: 'invitation.changed', id: requirementId }))
}

/** What invited providers do with a requirement, as its buyer sees it happen. */
import { and, eq, inArray, isNull } from 'drizzle-orm'
import * as z from 'zod'
import { problem } from '@miaodan/shared/errors'
import { after } from '@miaodan/shared/kernel/time'
import type { InvitationState } from '@miaodan/shared/matching/states'
import type { Deps } from '../../deps.ts'
import type { Tx } from '../../kernel/db.ts'
import { scheduleDeadline } from '../../kernel/deadlines.ts'
import type { Viewer } from '../../kernel/feature.ts'
import type { Subscriber } from '../../kernel/outbox.ts'
import { visibleRequirement } from '../requirements/index.ts'
import { followShown } from './feed-record.ts'
import { invitations, matchRuns } from './tables.ts'
import { endMatching, resumeMatching, startMatching, tellBuyer, tellProvider } from './waves.ts'

/** From which states a provider's own step leads; anything else is left as it is, so that repeating is harmless. */
const FROM: Readonly<Partial<Record<InvitationState, readonly InvitationState[]>>> = {
  seen: ['invited'],
  quoting: ['invited', 'seen'],
  declined: ['invited', 'seen', 'quoting'],
}

/** @throws problem `requirements.not_found` when the provider may not see it */
export async function answer(tx: Tx, deps: Deps, viewer: Viewer, requirementId: string, state: 'seen' | 'quoting' | 'declined'): Promise<void> {
  const { row, side } = await visibleRequirement(tx, viewer, requirementId)
  if (side !== 'provider') throw problem('requirements.not_found')
  const now = deps.clock.now()
  const changed = await tx.update(invitations).set({ state, changedAt: now, ...(state === 'declined' ? { answeredAt: now } : {}) })
    .where(and(eq(invitations.requirementId, requirementId), eq(invitations.providerId, viewer.userId), inArray(invitations.state, [...FROM[state] ?? []]))).returning({ one: invitations.providerId })
  if (state === 'seen') await followShown(tx, viewer.userId, requirementId, 'openedAt', now)
  if (changed.length > 0) tellBuyer(tx, deps, row.buyerId, requirementId)
}

const id = z.uuid()
const quoteEvent = z.object({ requirementId: id.nullish(), providerId: id, buyerId: id })

/** A quote came, or was taken back. Who quotes from the hall was not invited, and is in the list of quotes alone. */
const followQuotes: Subscriber<Deps> = {
  name: 'matching.follow-quotes',
  on: ['quote.created', 'quote.withdraw'],
  handle: async (tx, event, deps) => {
    const { requirementId, providerId, buyerId } = quoteEvent.parse(event.payload)
    if (!requirementId) return
    const own = and(eq(invitations.requirementId, requirementId), eq(invitations.providerId, providerId))
    if (event.topic === 'quote.created') {
      await followShown(tx, providerId, requirementId, 'answeredAt', event.at)
      await tx.update(invitations).set({ state: 'quoted', changedAt: event.at }).where(and(own, inArray(invitations.state, ['invited', 'seen', 'quoting'])))
      await tx.update(invitations).set({ answeredAt: event.at }).where(and(own, isNull(invitations.answeredAt)))
      await tx.update(matchRuns).set({ firstAnswerAt: event.at }).where(and(eq(matchRuns.requirementId, requirementId), isNull(matchRuns.firstAnswerAt)))
    } else {
      await tx.update(invitations).set({ state: 'declined', changedAt: event.at }).where(and(own, eq(invitations.state, 'quoted')))
    }
    tellBuyer(tx, deps, buyerId, requirementId)
    tellProvider(tx, deps, providerId, requirementId)
  },
}

const requirementEvent = z.object({ id, providerId: id.nullish() })

const match: Subscriber<Deps> = {
  name: 'matching.match',
  on: ['requirement.publish'],
  handle: async (tx, event, deps) => startMatching(tx, deps, requirementEvent.parse(event.payload).id),
}

const end: Subscriber<Deps> = {
  name: 'matching.end',
  on: ['requirement.award', 'requirement.expire', 'requirement.cancel'],
  handle: async (tx, event, deps) => {
    const { id, providerId } = requirementEvent.parse(event.payload)
    await endMatching(tx, deps, id, event.topic === 'requirement.award' ? providerId ?? null : null)
  },
}

const resume: Subscriber<Deps> = {
  name: 'matching.resume',
  on: ['requirement.reopen'],
  handle: async (tx, event, deps) => resumeMatching(tx, deps, requirementEvent.parse(event.payload).id),
}

/** The hall's index hears of it by the same event: a moment later it can be searched. */
const ALERT_AFTER = { seconds: 5 }

const alert: Subscriber<Deps> = {
  name: 'matching.alert-searchers',
  on: ['requirement.hall'],
  handle: async (tx, event, deps) => {
    await scheduleDeadline(tx, { entity: 'requirement', entityId: requirementEvent.parse(event.payload).id, action: 'alert', dueAt: after(deps.clock.now(), ALERT_AFTER) })
  },
}

export const matchSubscribers: readonly Subscriber<Deps>[] = [match, end, resume, followQuotes, alert]

/**
 * Reminders before a deadline decides. What sets one is an event that leaves somebody with something to do; any event that
 * says it is done takes it back. Acceptance and answers to refunds have reminders of their own, as steps of their timeline.
 */
import { changeOrderLifecycle } from '@miaodan/shared/orders/lifecycle'
import { after, durationMs, type Duration } from '@miaodan/shared/kernel/time'
import type { Deps } from '../../deps.ts'
import type { Tx } from '../../kernel/db.ts'
import { cancelDeadlines, scheduleDeadline, type DeadlineHandler } from '../../kernel/deadlines.ts'
import type { Event, Subscriber } from '../../kernel/outbox.ts'
import { makeNotices } from './make.ts'
import { reminderRules, type ReminderType } from './rules.ts'

const ENTITY = 'notice_reminder'

type Reminder = {
  on: string
  type: ReminderType
  /** When it is decided without the person: a fact of the event, or so long after it. */
  due: string | Duration | undefined
  /** So long before that they are reminded. */
  hours: number
  /** What ends it: these steps of the same thing. */
  until: readonly string[]
}

const steps = (entity: string, ...actions: string[]): string[] => actions.map(action => `${entity}.${action}`)

const reminders: readonly Reminder[] = [
  { on: 'order.pay', type: 'order_reminder', due: 'acceptBy', hours: 6, until: steps('order', 'accept', 'decline', 'lapse', 'recall') },
  { on: 'change_order.proposed', type: 'change_reminder', due: changeOrderLifecycle.transitions.lapse.after, hours: 24, until: steps('change_order', 'agree', 'agree_to_pay', 'reject', 'withdraw', 'lapse', 'overtake') },
  { on: 'change_order.agree_to_pay', type: 'change_pay_reminder', due: changeOrderLifecycle.transitions.expire.after, hours: 4, until: steps('change_order', 'pay', 'withdraw', 'expire', 'overtake') },
  { on: 'dispute.created', type: 'dispute_reminder', due: 'evidenceUntil', hours: 12, until: steps('dispute', 'extend_evidence', 'close_evidence', 'settle', 'withdraw') },
  { on: 'dispute.extend_evidence', type: 'dispute_reminder', due: 'evidenceUntil', hours: 12, until: steps('dispute', 'close_evidence', 'settle', 'withdraw') },
  { on: 'dispute.rule', type: 'appeal_reminder', due: 'appealUntil', hours: 12, until: steps('dispute', 'appeal', 'execute') },
]

export const remind: Subscriber<Deps> = {
  name: 'notifications.remind',
  on: [...new Set(reminders.flatMap(({ on, until }) => [on, ...until]))],
  handle: async (tx, event) => {
    const id = event.payload['id']
    if (typeof id !== 'string') return
    for (const { type } of reminders.filter(({ until }) => until.includes(event.topic))) await cancelDeadlines(tx, ENTITY, id, type)
    for (const reminder of reminders.filter(({ on }) => on === event.topic)) await setReminder(tx, event, id, reminder)
  },
}

async function setReminder(tx: Tx, event: Event, id: string, { type, due, hours }: Reminder): Promise<void> {
  const until = momentOf(event, due)
  const dueAt = new Date(until.getTime() - durationMs({ hours }))
  await scheduleDeadline(tx, { entity: ENTITY, entityId: id, action: type, dueAt, data: { eventId: event.eventId, until: until.toISOString(), payload: { ...event.payload, hours } } })
}

function momentOf({ topic, at, payload }: Event, due: Reminder['due']): Date {
  const moment = typeof due === 'string' ? new Date(String(payload[due])) : due && after(at, due)
  if (!moment || Number.isNaN(moment.getTime())) throw new Error(`${topic} does not say until when`)
  return moment
}

const tell: DeadlineHandler<Deps> = async (tx, { action, data }, deps) => {
  const { eventId, until, payload } = data as { eventId: string, until: string, payload: Event['payload'] }
  const now = deps.clock.now()
  // Nobody looked for long, and it is decided by now.
  if (new Date(until) <= now) return
  await makeNotices(tx, deps, { eventId, at: now }, reminderRules[action as ReminderType](payload).flatMap(draft => draft ?? []))
}

export const reminderDeadlines: Readonly<Record<string, DeadlineHandler<Deps>>> = Object.fromEntries(reminders.map(({ type }) => [`${ENTITY}.${type}`, tell]))

import type { Core } from './core.ts'
import { noFault, planSending, type Fault, type FaultChoice } from './faults.ts'
import { note } from './journal.ts'
import { newNumber } from './numbers.ts'
import type { Parameters } from './signature.ts'

export type Announcement = {
  subjectNo: string
  type: string
  notifyUrl: string
  /** What happened, without the envelope (time, nonce, signature), which is made anew for each sending. */
  parameters: Parameters
}

/** `outdated` marks the message that follows a `reordered` one. */
export type SentFault = Fault | 'outdated'

export type Notification = {
  notifyId: string
  subjectNo: string
  type: string
  notifyUrl: string
  parameters: Parameters
  fault: SentFault
  copies: number
  tries: number
  round: number
  state: string
}

type NotificationRow = Omit<Notification, 'parameters'> & { parameters: string }

const COLUMNS = 'notify_id, subject_no, type, notify_url, parameters, fault, copies, tries, round, state'

/** Writes the notification down in the caller's transaction; the dispatcher sends it and a restart does not lose it. */
export function announce(core: Core, announcement: Announcement, choice: FaultChoice = noFault): void {
  const now = core.clock.now()
  const plan = planSending(choice, now)
  insert(core, announcement, choice.fault, plan)
  tellPlan(core, announcement, choice)
}

/**
 * The `reordered` fault: a message that was true earlier (the trade being closed) arrives last.
 * Its `event_time` is older than the success, by which the receiver can tell.
 */
export function announceOutdated(core: Core, announcement: Announcement): void {
  insert(core, announcement, 'outdated', { dueAt: core.clock.now() + core.settings.outdatedAfterMs, copies: 1, state: 'waiting' })
}

/** Sends the newest outcome of a subject once more, under the same `notify_id`, with all tries before it. */
export function redeliver(core: Core, subjectNo: string, kind: 'payment' | 'transfer', choice: FaultChoice): Notification | undefined {
  const row = core.store.get<NotificationRow>(
    `select ${COLUMNS} from notifications where subject_no = :subjectNo and type like :pattern and fault <> 'outdated'
     order by created_at desc, rowid desc limit 1`,
    { subjectNo, pattern: `${kind}.%` },
  )
  if (row === undefined) return undefined
  const plan = planSending(choice, core.clock.now())
  core.store.run(
    `update notifications set fault = :fault, copies = :copies, due_at = :dueAt, state = :state, tries = 0, round = round + 1
     where notify_id = :notifyId`,
    { ...plan, fault: choice.fault, notifyId: row.notifyId },
  )
  note(core, subjectNo, { entry: 'redelivered', data: { type: row.type, fault: choice.fault } })
  tellPlan(core, row, choice)
  return read(row)
}

export function dueNotifications(core: Core, limit: number): Notification[] {
  return core.store
    .all<NotificationRow>(
      `select ${COLUMNS} from notifications where due_at <= :now order by due_at, rowid limit :limit`,
      { now: core.clock.now(), limit },
    )
    .map(read)
}

function insert(core: Core, announcement: Announcement, fault: SentFault, plan: ReturnType<typeof planSending>): void {
  const now = core.clock.now()
  core.store.insert('notifications', {
    notifyId: newNumber('N', now),
    subjectNo: announcement.subjectNo,
    type: announcement.type,
    notifyUrl: announcement.notifyUrl,
    parameters: JSON.stringify(announcement.parameters),
    fault,
    ...plan,
    tries: 0,
    round: 0,
    createdAt: now,
  })
}

function tellPlan(core: Core, { subjectNo, type }: { subjectNo: string; type: string }, choice: FaultChoice): void {
  if (choice.fault === 'lost') note(core, subjectNo, { entry: 'withheld', data: { type } })
  if (choice.fault === 'late') note(core, subjectNo, { entry: 'delayed', data: { type, seconds: choice.delaySeconds } })
}

function read(row: NotificationRow): Notification {
  return { ...row, parameters: JSON.parse(row.parameters) as Parameters }
}

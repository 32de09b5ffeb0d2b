/** Figures of a time. Money comes from the books; what happened comes from the record of every step that was taken. */
import { sql } from 'drizzle-orm'
import type * as z from 'zod'
import { MAX_FIGURE_DAYS, type figures } from '@miaodan/shared/admin/figures'
import { problem } from '@miaodan/shared/errors'
import { fen } from '@miaodan/shared/kernel/money'
import { durationMs } from '@miaodan/shared/kernel/time'
import type { Executor } from '../../kernel/db.ts'
import { moneyByDay, moneyHeld } from '../ledger/index.ts'
import { medianFirstMatchSeconds } from '../matching/index.ts'

const DAY_MS = durationMs({ days: 1 })
const startOfDayInChina = (day: string): number => Date.parse(`${day}T00:00:00+08:00`)

/** @throws problem `admin.period` when it ends before it begins, or is too long */
export async function figuresOf(db: Executor, { from, to }: z.output<typeof figures.get.query>): Promise<Omit<z.output<typeof figures.get.output>, 'asOf'>> {
  const [start, end] = [startOfDayInChina(from), startOfDayInChina(to) + DAY_MS]
  const length = Math.round((end - start) / DAY_MS)
  if (length < 1 || length > MAX_FIGURE_DAYS) throw problem('admin.period', { days: MAX_FIGURE_DAYS }, { field: 'query.to' })
  const period = [new Date(start), new Date(end)] as const
  const [money, held, firstMatchSeconds, happened] = await Promise.all([moneyByDay(db, ...period), moneyHeld(db), medianFirstMatchSeconds(db, ...period), stepsIn(db, ...period)])
  const sum = (of: 'volume' | 'released' | 'fees' | 'coupons') => money.reduce((total, day) => total + day[of], 0n)
  const byDay = new Map(money.map(day => [day.day, day]))
  return {
    volume: fen(sum('volume')), released: fen(sum('released')), fees: fen(sum('fees')), coupons: fen(sum('coupons')), takeRate: share(Number(sum('fees')), Number(sum('released'))),
    ...happened, conversion: share(happened.requirementsAwarded, happened.requirementsOpened), disputeRate: share(happened.disputesOpened, happened.ordersPaid), firstMatchSeconds,
    held: held.map(({ kind, amount }) => ({ kind, amount: fen(amount) })),
    days: Array.from({ length }, (_, index) => {
      // Noon, so that the day is the same whatever the machine's time zone.
      const day = new Date(Date.parse(`${from}T12:00:00Z`) + index * DAY_MS).toISOString().slice(0, 10)
      return { day, volume: fen(byDay.get(day)?.volume ?? 0n), fees: fen(byDay.get(day)?.fees ?? 0n) }
    }),
  }
}

const share = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null)

type Steps = { ordersPaid: number, requirementsOpened: number, requirementsAwarded: number, disputesOpened: number }

/** Counted from the steps that were taken. A dispute begins when a refund request goes to an arbitrator. */
async function stepsIn(db: Executor, from: Date, until: Date): Promise<Steps> {
  const [row] = await db.execute<Steps>(sql`
    with happened as (select entity, entity_id, action, from_state, to_state from transitions where at >= ${from.toISOString()} and at < ${until.toISOString()}),
    opened as (select distinct entity_id from happened where entity = 'requirement' and action = 'publish')
    select
      (select count(distinct entity_id)::int from happened where entity = 'order' and from_state = 'pending_payment' and to_state in ('paid', 'in_progress')) as "ordersPaid",
      (select count(*)::int from opened) as "requirementsOpened",
      (select count(*)::int from opened where exists (select 1 from transitions award where award.entity_id = opened.entity_id and award.entity = 'requirement' and award.action = 'award')) as "requirementsAwarded",
      (select count(distinct entity_id)::int from happened where entity = 'refund_request' and to_state = 'escalated') as "disputesOpened"`)
  return row ?? { ordersPaid: 0, requirementsOpened: 0, requirementsAwarded: 0, disputesOpened: 0 }
}

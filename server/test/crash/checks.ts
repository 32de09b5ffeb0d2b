/** What must be true when everything has come to rest. Each query looks for rows that are wrong; none may be found. */
import { sql, type SQL } from 'drizzle-orm'
import { verifyBooks } from '../../src/features/ledger/index.ts'
import type { Db } from '../../src/kernel/db.ts'
import type { PaymentGateway } from '../../src/ports/payments/port.ts'
import type { Told } from './world.ts'

/** Steps that are taken once. A payment of which parts go back again and again is settled as often; a service comes and goes. */
const takenOnce = sql`action not in ('refund_again', 'settle_refund', 'revise', 'redeliver', 'extend', 'pause', 'resume')`

const wrong: Record<string, SQL> = {
  'an order that does not fit its milestones': sql`
    select o.id, o.state, array_agg(m.state) as milestones from orders o join milestones m on m.order_id = o.id group by o.id
    having case o.state
      when 'pending_payment' then bool_or(m.state <> 'planned')
      when 'paid' then bool_or(m.state not in ('planned', 'funded')) or not bool_or(m.state = 'funded')
      when 'in_progress' then bool_and(m.state in ('released', 'refunded', 'split'))
      when 'completed' then bool_or(m.state not in ('released', 'refunded', 'split'))
      else bool_or(m.state not in ('planned', 'refunded')) end`,
  'a milestone whose escrow is not what its state says': sql`
    select id, state, price, ledger_balance('escrow:' || id) as escrow from milestones
    where ledger_balance('escrow:' || id) <> case when state in ('funded', 'in_progress', 'delivered') then price else 0 end`,
  'a closed milestone whose price is not what went back, the fee and the net': sql`
    select m.id, m.state, m.price, m.fee, m.refunded, moved.* from milestones m join orders o on o.id = m.order_id
    cross join lateral (
      select coalesce(sum(amount) filter (where source = 'escrow:' || m.id), 0) as released, coalesce(sum(amount) filter (where destination like 'refund:%'), 0) as returned,
        coalesce(sum(case when destination = 'platform:fee' then amount when source = 'platform:fee' then -amount else 0 end), 0) as fee_held
      from ledger_entries join ledger_postings on entry_id = ledger_entries.id where order_id = m.order_id and milestone_id = m.id) as moved
    where m.state in ('released', 'refunded', 'split') and (
      (m.fee is null and m.state <> 'refunded') or moved.released <> m.price or moved.fee_held <> coalesce(m.fee, 0) or moved.returned <> m.refunded
      or ledger_balance('clearing:' || o.provider_id || ':' || m.id) <> case when m.state = 'released' and m.cleared_at is null then m.price - m.fee - m.refunded else 0 end)`,
  'an order of which not as much went back as its milestones say': sql`
    select o.id, sum(m.refunded) as refunded, max(sent.amount) as sent from orders o join milestones m on m.order_id = o.id
    cross join lateral (select coalesce(sum(amount), 0) as amount from refunds where order_id = o.id and source <> 'suspense' and state in ('succeeded', 'credited')) as sent
    group by o.id having sum(m.refunded) <> max(sent.amount)`,
  'a refund request without an end': sql`select id, state from refund_requests where state not in ('executed', 'withdrawn') union all select id, 'held' from milestones where held_by is not null`,
  'a payment that does not fit what was received for it': sql`
    select p.id, p.state, p.amount from payments p left join payment_receipts r on r.payment_id = p.id and r.outcome = 'used'
    where (r.payment_id is null and p.state in ('refunding', 'refunded'))
      or (r.payment_id is not null and (p.state not in ('succeeded', 'refunding', 'refunded') or r.amount <> p.amount
        or (select sum(price) from milestones where payment_id = p.id) is distinct from p.amount
        or (select count(*) from ledger_entries where key = 'escrow.funded:' || p.id) <> 1))`,
  'a returned receipt that did not go back': sql`
    select r.trade_no, r.amount from payment_receipts r where r.outcome = 'returned' and 1 <> (
      select count(*) from refunds f where f.trade_no = r.trade_no and f.source = 'suspense' and f.amount = r.amount and f.state in ('succeeded', 'credited'))`,
  'a balance that is not what was earned, credited and taken out': sql`
    with moved as (
      select o.provider_id as user_id, m.price - m.fee - m.refunded as amount from milestones m join orders o on o.id = m.order_id where m.cleared_at is not null
      union all select payer_id, amount from refunds where state = 'credited'
      union all select user_id, -amount from payouts where state <> 'failed')
    select user_id, sum(amount) as expected, ledger_balance('available:' || user_id) as balance from moved group by user_id
    having sum(amount) <> ledger_balance('available:' || user_id)`,
  'money on its way for nobody': sql`select address, balance from ledger_accounts where balance <> 0 and split_part(address, ':', 1) in ('payout', 'refund', 'suspense', 'frozen')`,
  'a step taken twice': sql`select entity, entity_id, action from transitions where ${takenOnce} group by 1, 2, 3 having count(*) > 1`,
  'a step without its event, or with two': sql`
    select t.entity, t.action, t.entity_id from transitions t left join outbox e on e.topic = t.entity || '.' || t.action and e.payload ->> 'id' = t.entity_id::text
    group by t.id having count(e.id) <> 1 and t.${takenOnce}`,
  'a number given twice, or an order twice from one quote': sql`select quote_id from orders where quote_id is not null group by quote_id having count(*) > 1`,
  'a dead or forgotten event': sql`select topic, attempts, last_error from outbox where dead_at is not null or published_at is null`,
  'a dead deadline': sql`select entity, action, last_error from deadlines where dead_at is not null`,
  'a refund or payout without an end': sql`select id, state from refunds where state in ('requested', 'processing') union all select id, state from payouts where state in ('requested', 'processing')`,
  'a key without its answer': sql`select owner, key from idempotency_keys where status is null`,
}

/** Sentences about what is wrong; empty when all is in order. */
export async function findWrong(db: Db): Promise<string[]> {
  return db.transaction(async tx => {
    // After an hour of deals there is much to look at.
    await tx.execute(sql`set local statement_timeout = 0`)
    const found: string[] = []
    for (const [what, query] of Object.entries(wrong)) {
      const rows = await tx.execute(query)
      if (rows.length > 0) found.push(`${what}: ${rows.length}, such as ${JSON.stringify(rows[0])}`)
    }
    const report = await verifyBooks(tx)
    return [...found, ...report.faults.map(fault => `the books: ${JSON.stringify(fault)}`)]
  })
}

const KINDS = [['orders', 'orders'], ['quotes', 'quotes'], ['payments', 'payments'], ['payouts', 'payouts'], ['requests', 'refund_requests']] as const

/** Compares what clients were told with what is there: lost is what was told and is not, doubled is what is there beyond it. */
export async function compareWithTold(db: Db, told: Told): Promise<{ lost: string[], doubled: string[] }> {
  const lost: string[] = []
  const doubled: string[] = []
  for (const [kind, table] of KINDS) {
    const rows = await db.execute<{ id: string }>(sql`select id from ${sql.identifier(table)}`)
    const there = new Set(rows.map(row => row.id))
    const said = told[kind]
    lost.push(...[...said].filter(id => !there.has(id)).map(id => `${kind} ${id}`))
    doubled.push(...[...there].filter(id => !said.has(id)).map(id => `${kind} ${id}`))
  }
  const rows = await db.execute<{ entity: string, entity_id: string, action: string }>(sql`select entity, entity_id, action from transitions`)
  const taken = new Set(rows.map(row => `${row.entity} ${row.entity_id} ${row.action}`))
  lost.push(...told.steps.map(step => `${step.entity} ${step.id} ${step.action}`).filter(step => !taken.has(step)))
  return { lost, doubled }
}

type Side = Map<string, bigint>

/** The gateway's bill of each day against our rows, line by line. Answers the totals, and every line that stands on one side only. */
export async function compareWithBill(db: Db, gateway: PaymentGateway, days: readonly string[]): Promise<{ differences: string[], totals: Record<string, bigint> }> {
  const theirs: Side = new Map()
  for (const day of days) {
    for (const entry of (await gateway.bill(day)).entries) theirs.set(`${entry.kind} ${entry.kind === 'payment' ? entry.no : entry.outNo}`, entry.amount.amount)
  }
  const rows = await db.execute<{ line: string, amount: string }>(sql`
    select 'payment ' || trade_no as line, amount from payment_receipts where gateway = ${gateway.name}
    union all select 'refund ' || id, amount from refunds where state = 'succeeded' and trade_no is not null
    union all select 'transfer ' || id, amount from payouts where state = 'paid'`)
  const ours: Side = new Map(rows.map(row => [row.line, BigInt(row.amount)]))
  const differences = [...new Set([...theirs.keys(), ...ours.keys()])].filter(line => theirs.get(line) !== ours.get(line))
    .map(line => `${line}: the gateway ${theirs.get(line) ?? 'nothing'}, we ${ours.get(line) ?? 'nothing'}`)
  const totals = Object.fromEntries(['payment', 'refund', 'transfer'].map(kind => [kind, [...ours].filter(([line]) => line.startsWith(kind)).reduce((sum, [, amount]) => sum + amount, 0n)]))
  const [books] = await db.execute<{ held: string }>(sql`select coalesce(-sum(ledger_balance(address)), 0) as held from ledger_accounts where address like 'gateway:%'`)
  const held = (totals['payment'] ?? 0n) - (totals['refund'] ?? 0n) - (totals['transfer'] ?? 0n)
  if (BigInt(books?.held ?? 0) !== held) differences.push(`held at the gateway: the books ${books?.held}, the lines ${held}`)
  return { differences, totals }
}

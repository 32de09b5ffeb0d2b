/** Proof that the books are in order. Read-only, and each check looks at the rows alone, not at what made them. */
import { sql } from 'drizzle-orm'
import type { Executor } from '../../kernel/db.ts'

/** `subject` names the account, entry or chain that is wrong; `check` what is wrong with it. */
export type BookFault = { check: 'sum_not_zero' | 'negative_balance' | 'balance_not_postings' | 'checkpoint_not_postings' | 'chain_broken', subject: string, detail: string }
export type BookReport = { ok: boolean, entries: bigint, postings: bigint, faults: BookFault[] }

/** No more faults than these are told of each check. */
const MAX_FAULTS = 50

/**
 * Checks that all accounts sum to zero, that no owner's account is negative, that each balance and each checkpoint is
 * the sum of its postings, and that every chain is whole. Reads everything: for tests, drills and the nightly run.
 * Give it a repeatable-read transaction when others are posting.
 */
export async function verifyBooks(executor: Executor): Promise<BookReport> {
  const [counts] = await executor.execute<{ entries: string, postings: string }>(sql`select (select count(*) from ledger_entries) as entries, (select count(*) from ledger_postings) as postings`)
  const faults: BookFault[] = []
  for (const query of [sumNotZero, negativeBalances, balancesNotPostings, checkpointsNotPostings, brokenChains()]) {
    faults.push(...await executor.execute<BookFault>(sql`select * from (${query}) as fault limit ${MAX_FAULTS}`))
  }
  return { ok: faults.length === 0, entries: BigInt(counts?.entries ?? 0), postings: BigInt(counts?.postings ?? 0), faults }
}

/** Checks one chain only, from its first entry: every hash, every place, and that the postings are those that were hashed. */
export async function verifyChain(executor: Executor, chain: string): Promise<BookFault[]> {
  const faults = await executor.execute<BookFault>(brokenChains(chain))
  return [...faults]
}

const sumNotZero = sql`
  select 'sum_not_zero' as check, currency as subject, sum(ledger_balance(address))::text as detail
  from ledger_accounts group by currency having sum(ledger_balance(address)) <> 0`

const negativeBalances = sql`
  select 'negative_balance' as check, address as subject, balance::text as detail from ledger_accounts where balance < 0`

const sums = sql`
  select address, sum(amount) as amount from (
    select destination as address, amount from ledger_postings union all select source, -amount from ledger_postings
  ) as movement group by address`

const balancesNotPostings = sql`
  select 'balance_not_postings' as check, coalesce(account.address, total.address) as subject, format('%s, postings say %s', account.balance, total.amount) as detail
  from ledger_accounts as account full join (${sums}) as total using (address)
  where account.address is null or (account.balance is not null and account.balance <> coalesce(total.amount, 0))
    or (account.balance is null) <> ledger_is_platform(account.address)`

const checkpointsNotPostings = sql`
  select 'checkpoint_not_postings' as check, address as subject, format('%s, postings say %s', ledger_balance(address), total.amount) as detail
  from ledger_checkpoints left join (${sums}) as total using (address)
  where ledger_balance(address) is distinct from coalesce(total.amount, 0)`

function brokenChains(chain?: string) {
  return sql`
    select 'chain_broken' as check, chain as subject, format('entry %s, key %s', id, key) as detail from (
      select entry.*,
        lag(hash) over (partition by chain order by sequence) as hash_before,
        row_number() over (partition by chain order by sequence) as place,
        written.body, written.currencies
      from ledger_entries as entry left join lateral (
        select string_agg(source || '>' || destination || ' ' || amount, E'\n' order by ordinal) as body, array_agg(distinct currency) as currencies
        from ledger_postings where entry_id = entry.id
      ) as written on true
      ${chain === undefined ? sql`` : sql`where chain = ${chain}`}
    ) as checked
    where sequence <> place or previous_hash is distinct from hash_before or body is null or currencies <> array[currency]
      or content_hash <> ledger_content_hash(key, kind, chain, currency, order_id, milestone_id, payment_id, user_id, body, memo)
      or hash <> ledger_chain_hash(previous_hash, sequence, id, at, content_hash)`
}

/** The transaction of escrow-order.pgbench.sql through postgres.js, for the share of a rate that the client costs. */
import type { Sql } from '../../server/src/kernel/db.ts'

const ACCOUNTS = { platform: 1_000, people: 100_000 }

export async function payOrder(sql: Sql, hot: number): Promise<void> {
  const platform = 1 + Math.floor(Math.random() * Math.min(hot, ACCOUNTS.platform))
  const buyer = ACCOUNTS.platform + 1 + Math.floor(Math.random() * ACCOUNTS.people)
  const amount = 1_000 + Math.floor(Math.random() * 99_000)
  const fee = Math.floor(amount / 10)
  await sql.begin(async tx => {
    const [order] = await tx`insert into orders (buyer_account, listing_id, amount, fee, currency, status) values (${buyer}, ${amount}, ${amount}, ${fee}, 'CNY', 'funded') returning id`
    await tx`insert into payments (order_id, provider, amount, status) values (${order!['id']}, 'bench', ${amount}, 'captured')`
    const [entry] = await tx`insert into journal_entries (order_id, kind) values (${order!['id']}, 'escrow_funded') returning id`
    await tx`insert into postings (entry_id, account_id, amount)
      values (${entry!['id']}, ${buyer}, ${-amount}), (${entry!['id']}, ${platform}, ${amount}), (${entry!['id']}, ${platform}, ${-fee}), (${entry!['id']}, ${buyer}, ${fee})`
    await tx`insert into outbox (topic, payload) values ('order.funded', jsonb_build_object('order', ${order!['id']}::bigint, 'amount', ${amount}::bigint))`
    await tx`update accounts set balance = balance - ${amount} + ${fee}, version = version + 1 where id = ${buyer}`
    await tx`update accounts set balance = balance + ${amount} - ${fee}, version = version + 1 where id = ${platform}`
  })
}

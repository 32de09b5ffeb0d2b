import { problem } from '@miaodan/shared/errors'
import { ledger } from '@miaodan/shared/ledger/contract'
import { handle } from '../../kernel/feature.ts'
import { accountAt, listAccounts, trialBalance } from './accounts.ts'
import { entriesOf, entryById, statementOf } from './entries.ts'
import { followOrder } from './follow.ts'
import { verifyBooks } from './verify.ts'

export const routes = [
  handle(ledger.listAccounts, async ({ db, query }) => listAccounts(db, query, query)),
  handle(ledger.getAccount, async ({ db, params }) => {
    const account = await accountAt(db, params.address)
    if (!account) throw problem('ledger.account_not_found')
    return account
  }),
  handle(ledger.getStatement, async ({ db, params, query }) => {
    if (!await accountAt(db, params.address)) throw problem('ledger.account_not_found')
    return statementOf(db, params.address, query)
  }),
  handle(ledger.listEntries, async ({ db, query }) => entriesOf(db, query, query)),
  handle(ledger.getEntry, async ({ db, params }) => {
    const entry = await entryById(db, params.id)
    if (!entry) throw problem('ledger.entry_not_found')
    return entry
  }),
  handle(ledger.followOrder, async ({ db, params }) => followOrder(db, params.id)),
  handle(ledger.trialBalance, async ({ deps }) => deps.stale.read(async (db, asOf) => ({ asOf, ...await trialBalance(db) }))),
  // All checks see one snapshot, so that what is posted meanwhile does not look like a fault.
  handle(ledger.verify, async ({ deps }) => deps.stale.read(async (db, asOf) => {
    const report = await verifyBooks(db)
    return { asOf, ...report, entries: Number(report.entries), postings: Number(report.postings) }
  })),
]

/** Asks for a payout in a transaction, says so, and waits without committing: a test kills it there. */
import { parseArgs } from 'node:util'
import { post, requestPayout } from '../src/features/ledger/index.ts'
import { openDatabase } from '../src/kernel/db.ts'

const { values } = parseArgs({ options: { url: { type: 'string' }, payout: { type: 'string' }, user: { type: 'string' }, at: { type: 'string' } } })
const { db } = openDatabase(values.url ?? '', { max: 1 })
await db.transaction(async tx => {
  await post(tx, requestPayout({ payoutId: values.payout ?? '', userId: values.user ?? '', amount: 500n, at: new Date(values.at ?? '') }))
  process.stdout.write('posted\n')
  await new Promise(done => { setTimeout(done, 60_000) })
})

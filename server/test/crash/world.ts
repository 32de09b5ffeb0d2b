/** Who takes part in the crash test, what they may use, and what they were told has happened. */
import { inTransaction } from '../../src/kernel/tx.ts'
import { addPayoutAccount } from '../../src/features/payments/payout-accounts.ts'
import { providerProfiles } from '../../src/features/accounts/tables.ts'
import type { SandboxControls } from '../../src/ports/payments/sandbox-controls.ts'
import type { TestApp } from '../app.ts'
import { publishedService } from '../catalog.ts'
import { signUp, type TestPerson } from '../people.ts'
import type { Client } from './client.ts'
import type { Random } from './random.ts'

export type Seller = { person: TestPerson, serviceId: string, payoutAccountId: string }

/** What answers told the clients: it must be so in the database afterwards, and once. */
export type Told = {
  orders: Set<string>
  quotes: Set<string>
  payments: Set<string>
  payouts: Set<string>
  requests: Set<string>
  steps: { entity: string, id: string, action: string }[]
}

export const emptyTold = (): Told => ({ orders: new Set(), quotes: new Set(), payments: new Set(), payouts: new Set(), requests: new Set(), steps: [] })

export type World = {
  client: Client
  gateway: SandboxControls
  random: Random
  buyers: readonly TestPerson[]
  sellers: readonly Seller[]
  told: Told
  /** Set when the load is to end: what is under way is finished or left as it is. */
  over: boolean
}

export const PASSWORD = 'correct horse battery'
/** Room for the orders that run at the same time. */
const CAPACITY = 99

export async function makePeople(t: TestApp, buyers: number, sellers: number): Promise<Pick<World, 'buyers' | 'sellers'>> {
  const made: Seller[] = []
  for (let index = 0; index < sellers; index++) {
    const person = await signUp(t, { roles: ['buyer', 'provider'], password: PASSWORD })
    await t.deps.db.update(providerProfiles).set({ capacity: CAPACITY })
    const account = await inTransaction(t.deps.db, tx => addPayoutAccount(tx, t.deps, person.userId, { channel: 'alipay', holderName: '周敏', account: '13800002207' }))
    made.push({ person, serviceId: await publishedService(t, person), payoutAccountId: account.id })
  }
  return { sellers: made, buyers: await Promise.all(Array.from({ length: buyers }, () => signUp(t))) }
}

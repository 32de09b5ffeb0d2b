import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ledger } from '@miaodan/shared/ledger/contract'
import { accountOf } from '@miaodan/shared/ledger/model'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { AT, newOrder } from '../../../test/books.ts'
import { signUp, type TestPerson } from '../../../test/people.ts'
import { inTransaction } from '../../kernel/tx.ts'
import { fundEscrow, post } from './index.ts'

let t: TestApp
let finance: TestPerson
const order = newOrder()
beforeAll(async () => {
  t = await createTestApp()
  finance = await signUp(t, { staffRoles: ['finance'] })
  await inTransaction(t.deps.db, async tx => post(tx, fundEscrow({ ...order, channel: 'sandbox', shares: [{ milestoneId: order.milestoneId, amount: 12_345n }], at: AT })))
})
afterAll(async () => t.close())

const get = async (person: TestPerson, path: string) => person.inject({ url: `/api/v1/ledger${path}` })

test('only staff who may read the ledger reach any of it', async () => {
  const [somebody, moderator] = [await signUp(t), await signUp(t, { staffRoles: ['moderator'] })]
  for (const contract of Object.values(ledger)) {
    const url = contract.path.replace(':address', accountOf.fee).replace(':id', order.orderId).replace('/ledger', '')
    expect((await t.app.inject({ url: `/api/v1/ledger${url}` })).json()).toMatchObject({ status: 401, code: 'kernel.sign_in_required' })
    expect((await get(somebody, url)).json()).toMatchObject({ status: 403, code: 'kernel.forbidden' })
    expect((await get(moderator, url)).json()).toMatchObject({ status: 403, code: 'kernel.forbidden' })
  }
})

describe('finance reads', () => {
  test('accounts and statements', async () => {
    const escrow = accountOf.escrow(order.milestoneId)
    const account = { address: escrow, kind: 'escrow', balance: { amount: '12345', currency: 'CNY' }, openedAt: AT.toISOString(), opener: { orderId: order.orderId, milestoneId: order.milestoneId } }
    expect((await get(finance, `/accounts?search=${order.milestoneId}&holding=true&kind=escrow`)).json()).toMatchObject({ items: [account], next: null })
    expect((await get(finance, `/accounts/${escrow}`)).json()).toMatchObject(account)
    expect((await get(finance, `/accounts/${escrow}/statement`)).json()).toMatchObject({
      items: [{ kind: 'escrow.funded', change: { amount: '12345' }, balance: { amount: '12345' }, counterpart: accountOf.gateway('sandbox') }], next: null,
    })
  })

  test('entries, the trail of an order, the trial balance and the verification', async () => {
    const { items: [entry] } = (await get(finance, `/entries?orderId=${order.orderId}`)).json()
    expect(entry).toMatchObject({ kind: 'escrow.funded', sequence: 1, postings: [{ amount: { amount: '12345', currency: 'CNY' } }] })
    expect((await get(finance, `/entries/${entry.id}`)).json()).toEqual(entry)
    expect((await get(finance, `/orders/${order.orderId}/trail`)).json()).toMatchObject({ paidIn: { amount: '12345' }, steps: [{ id: entry.id }] })
    expect((await get(finance, '/trial-balance')).json()).toMatchObject({ sum: { amount: '0', currency: 'CNY' } })
    expect((await get(finance, '/verification')).json()).toMatchObject({ ok: true, faults: [] })
  })

  test.each([
    ['/accounts/escrow:nothing', 404, 'ledger.account_not_found'],
    ['/accounts/escrow:nothing/statement', 404, 'ledger.account_not_found'],
    [`/entries/${randomUUID()}`, 404, 'ledger.entry_not_found'],
    ['/accounts/what', 404, 'kernel.not_found'],
    ['/entries?orderId=7', 422, 'kernel.invalid_input'],
    ['/accounts?kind=savings', 422, 'kernel.invalid_input'],
    ['/accounts?limit=100000', 422, 'kernel.invalid_input'],
  ])('%s answers %i', async (path, status, code) => {
    expect((await get(finance, path)).json()).toMatchObject({ status, code })
  })
})

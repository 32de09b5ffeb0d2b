/** One person on one page: what accounts, orders and the ledger know, as far as the looking role may see it. */
import { hasPermission } from '@miaodan/shared/kernel/access'
import { fen } from '@miaodan/shared/kernel/money'
import { kindOf } from '@miaodan/shared/ledger/model'
import type { Deps } from '../../deps.ts'
import type { Executor } from '../../kernel/db.ts'
import type { Viewer } from '../../kernel/feature.ts'
import { personRecord } from '../accounts/index.ts'
import { whereIsMyMoney } from '../ledger/index.ts'
import { dealsOfPerson } from '../orders/index.ts'

const LATEST_ORDERS = 8
const MONEY_KINDS = ['available', 'clearing', 'payout', 'refund', 'suspense'] as const

export async function personPage(db: Executor, deps: Deps, viewer: Viewer, userId: string) {
  const record = await personRecord(db, deps, userId)
  const other = record.id !== viewer.userId
  const mayManage = hasPermission(viewer.staffRoles, 'staff.manage')
  return {
    ...record,
    deals: hasPermission(viewer.staffRoles, 'orders.read') ? { ...await dealsOfPerson(db, userId, LATEST_ORDERS), money: await moneyOf(db, userId) } : null,
    may: { suspend: other && hasPermission(viewer.staffRoles, 'people.suspend') && (record.staffRoles.length === 0 || mayManage), roles: other && mayManage },
  }
}

async function moneyOf(db: Executor, userId: string) {
  const places = await whereIsMyMoney(db, userId)
  return MONEY_KINDS.map(kind => ({ kind, amount: fen(places.filter(place => kindOf(place.address) === kind).reduce((sum, place) => sum + place.balance.amount, 0n)) }))
}

import type { Core } from './core.ts'
import { note } from './journal.ts'
import { announce } from './notifications.ts'
import { newNumber } from './numbers.ts'
import { Refusal } from './refusal.ts'
import { planSettlement } from './settlement.ts'
import type { Channel } from './trades.ts'

export type TransferState = 'processing' | 'paid' | 'failed'

export type Transfer = {
  transferNo: string
  outBizNo: string
  state: TransferState
  dueState: 'paid' | 'failed'
  amount: bigint
  currency: string
  channel: Channel
  payeeName: string
  payeeAccount: string
  remark: string
  notifyUrl: string
  reason: string | null
  createdAt: number
  settledAt: number | null
}

export type NewTransfer = Pick<
  Transfer,
  'outBizNo' | 'amount' | 'currency' | 'channel' | 'payeeName' | 'payeeAccount' | 'remark' | 'notifyUrl'
>

/** Why a transfer may fail; the person on the operations page chooses. */
export const transferFailures = ['account_not_found', 'name_mismatch', 'account_frozen', 'limit_exceeded'] as const
export type TransferFailure = (typeof transferFailures)[number]

const SELECT = `select transfer_no, out_biz_no, state, due_state, amount, currency, channel, payee_name, payee_account, remark, notify_url,
  reason, created_at, settled_at from transfers`

export function createTransfer(core: Core, input: NewTransfer): Transfer {
  const known = findTransfer(core, input.outBizNo)
  if (known !== undefined) {
    const same = known.amount === input.amount && known.currency === input.currency && known.payeeAccount === input.payeeAccount
    if (same) return known
    throw new Refusal('PARAMETER_MISMATCH', 'This out_biz_no was used for another transfer.')
  }
  const now = core.clock.now()
  const transferNo = newNumber('P', now)
  core.store.insert('transfers', { ...input, transferNo, state: 'processing', createdAt: now, ...planSettlement(core, 'paid') })
  note(core, transferNo, { entry: 'transfer_requested', data: { outBizNo: input.outBizNo, amount: String(input.amount) } })
  return mustFind(core, transferNo)
}

export function findTransfer(core: Core, outBizNo: string): Transfer | undefined {
  return core.store.get<Transfer>(`${SELECT} where out_biz_no = :outBizNo`, { outBizNo })
}

export function recentTransfers(core: Core, limit: number): Transfer[] {
  return core.store.all<Transfer>(`${SELECT} order by created_at desc limit :limit`, { limit })
}

export function settleDueTransfers(core: Core, limit: number): void {
  const due = core.store.all<Transfer>(`${SELECT} where due_at <= :now limit :limit`, { now: core.clock.now(), limit })
  for (const transfer of due) settleTransfer(core, transfer.transferNo, transfer.dueState)
}

export function settleTransfer(core: Core, transferNo: string, state: 'paid' | 'failed', failure: TransferFailure = 'account_not_found'): Transfer {
  const now = core.clock.now()
  const reason = state === 'failed' ? failure : null
  const changed = core.store.run(
    `update transfers set state = :state, reason = :reason, settled_at = :now, due_at = null where transfer_no = :transferNo and state = 'processing'`,
    { state, reason, now, transferNo },
  )
  const transfer = mustFind(core, transferNo)
  if (changed === 0) throw new Refusal('ALREADY_SETTLED', 'The transfer has settled.')
  note(core, transferNo, { entry: 'transfer_settled', data: { state } })
  announce(core, {
    subjectNo: transferNo,
    type: `transfer.${state}`,
    notifyUrl: transfer.notifyUrl,
    parameters: {
      event_time: new Date(now).toISOString(),
      out_biz_no: transfer.outBizNo,
      transfer_no: transferNo,
      amount: String(transfer.amount),
      currency: transfer.currency,
      ...(reason === null ? {} : { reason }),
    },
  })
  return transfer
}

function mustFind(core: Core, transferNo: string): Transfer {
  const transfer = core.store.get<Transfer>(`${SELECT} where transfer_no = :transferNo`, { transferNo })
  if (transfer === undefined) throw new Refusal('NOT_FOUND', 'There is no such transfer.')
  return transfer
}

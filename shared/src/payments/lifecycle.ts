import { defineLifecycle, type StateOf } from '../kernel/lifecycle.ts'

export const paymentLifecycle = defineLifecycle({
  name: 'payment',
  states: ['created', 'pending', 'succeeded', 'failed', 'expired', 'refunding', 'refunded'],
  initial: 'created',
  final: ['failed', 'refunded'],
  transitions: {
    redirect: { from: ['created'], to: 'pending', by: ['buyer'], effect: 'The payer was sent to the gateway.' },
    succeed: { from: ['created', 'pending', 'expired'], to: 'succeeded', by: ['gateway'], effect: 'The gateway has the money.' },
    fail: { from: ['created', 'pending'], to: 'failed', by: ['gateway'] },
    expire: { from: ['created', 'pending'], to: 'expired', by: ['timer'], effect: 'Closed at the gateway; money that still comes is sent back.' },
    refund: { from: ['succeeded'], to: 'refunding', by: ['system', 'staff'] },
    refund_again: { from: ['refunding', 'refunded'], to: 'refunding', by: ['system', 'staff'], effect: 'A further part.' },
    settle_refund: { from: ['refunding'], to: 'refunded', by: ['gateway'], effect: 'Partly or fully back with the payer.' },
  },
})
export type PaymentState = StateOf<typeof paymentLifecycle>

export const payoutLifecycle = defineLifecycle({
  name: 'payout',
  states: ['requested', 'approved', 'processing', 'paid', 'failed', 'rejected'],
  initial: 'requested',
  final: ['paid', 'failed', 'rejected'],
  transitions: {
    approve: { from: ['requested'], to: 'approved', by: ['staff'], effect: 'Only what is above the limit waits for this.' },
    reject: { from: ['requested'], to: 'rejected', by: ['staff'], effect: 'The money is back in the balance, with the reason.' },
    send: { from: ['requested', 'approved'], to: 'processing', by: ['system', 'staff'] },
    settle: { from: ['requested', 'approved', 'processing'], to: 'paid', by: ['gateway'] },
    bounce: { from: ['requested', 'approved', 'processing'], to: 'failed', by: ['gateway', 'staff'], effect: 'The money is back in the balance, with the reason.' },
  },
})
export type PayoutState = StateOf<typeof payoutLifecycle>

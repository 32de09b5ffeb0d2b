import { defineLifecycle } from '../kernel/lifecycle.ts'

/** A request to confirm a real name. A rejected one is not changed; the person makes a new one. */
export const verificationLifecycle = defineLifecycle({
  name: 'verification',
  states: ['in_review', 'approved', 'rejected'],
  initial: 'in_review',
  final: ['approved', 'rejected'],
  transitions: {
    approve: { from: ['in_review'], to: 'approved', by: ['staff'], effect: 'the person carries the badge' },
    reject: { from: ['in_review'], to: 'rejected', by: ['staff'], effect: 'the person is told why' },
  },
})

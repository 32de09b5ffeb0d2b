import { defineLifecycle, type StateOf } from '../kernel/lifecycle.ts'

/** One side's review of a finished order. Both are published together, or alone when the seven days are over. */
export const reviewLifecycle = defineLifecycle({
  name: 'review',
  states: ['open', 'submitted', 'published', 'closed', 'removed'],
  initial: 'open',
  final: ['closed', 'removed'],
  transitions: {
    submit: { from: ['open'], to: 'submitted', by: ['author'] },
    publish: { from: ['submitted'], to: 'published', by: ['system', 'timer'] },
    remove: { from: ['published'], to: 'removed', by: ['staff'], effect: 'It was reported; no list and no mean counts it any more.' },
    close: { from: ['open'], to: 'closed', by: ['timer'], after: { days: 7 } },
  },
})
export type ReviewState = StateOf<typeof reviewLifecycle>

import { defineLifecycle, type StateOf } from '../kernel/lifecycle.ts'

/** A reported message or review. A decision counts for everybody who reported the same. */
export const reportLifecycle = defineLifecycle({
  name: 'report',
  states: ['open', 'removed', 'dismissed'],
  initial: 'open',
  final: ['removed', 'dismissed'],
  transitions: {
    remove: { from: ['open'], to: 'removed', by: ['staff'], effect: 'Nobody sees the content any more; its author is told why.' },
    dismiss: { from: ['open'], to: 'dismissed', by: ['staff'] },
  },
})
export type ReportState = StateOf<typeof reportLifecycle>

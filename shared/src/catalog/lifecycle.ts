import { defineLifecycle, type StateOf } from '../kernel/lifecycle.ts'

/** A service a provider publishes. An edit of a published one is a change record and does not touch this state. */
export const serviceLifecycle = defineLifecycle({
  name: 'service',
  states: ['draft', 'in_review', 'published', 'paused', 'rejected', 'archived'],
  initial: 'draft',
  final: ['archived'],
  transitions: {
    submit: { from: ['draft'], to: 'in_review', by: ['provider'], effect: 'Waits for a moderator.' },
    approve: { from: ['in_review'], to: 'published', by: ['staff'], effect: 'Enters the search index.' },
    reject: { from: ['in_review'], to: 'rejected', by: ['staff'], effect: 'The provider is told the reason.' },
    revise: { from: ['rejected'], to: 'draft', by: ['provider'] },
    pause: { from: ['published'], to: 'paused', by: ['provider', 'staff'], effect: 'Leaves the search index.' },
    resume: { from: ['paused'], to: 'published', by: ['provider'] },
    archive: { from: ['draft', 'rejected', 'published', 'paused'], to: 'archived', by: ['provider'] },
  },
})
export type ServiceState = StateOf<typeof serviceLifecycle>

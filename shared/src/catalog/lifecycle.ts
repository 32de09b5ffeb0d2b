import { defineLifecycle, type StateOf } from '../kernel/lifecycle.ts'

/** A service a provider publishes. An edit of a published one is a change record and does not touch this state. */
export const serviceLifecycle = defineLifecycle({
  name: 'service',
  states: ['draft', 'in_review', 'published', 'paused', 'rejected', 'archived'],
  initial: 'draft',
  final: ['archived'],
  transitions: {
    submit: { from: ['draft'], to: 'in_review', by: ['provider'], effect: 'Waits for a moderator.' },
    withdraw: { from: ['in_review'], to: 'draft', by: ['provider'], effect: 'Leaves the queue so that it can be edited again.' },
    approve: { from: ['in_review'], to: 'published', by: ['staff'], effect: 'Enters the search index.' },
    reject: { from: ['in_review'], to: 'rejected', by: ['staff'], effect: 'The provider is told the reason.' },
    revise: { from: ['rejected'], to: 'draft', by: ['provider'] },
    pause: { from: ['published'], to: 'paused', by: ['provider', 'staff'], effect: 'Leaves the search index.' },
    resume: { from: ['paused'], to: 'published', by: ['provider'] },
    archive: { from: ['draft', 'rejected', 'published', 'paused'], to: 'archived', by: ['provider'] },
  },
})
export type ServiceState = StateOf<typeof serviceLifecycle>

/** What a provider writes about a service, until a moderator lets it replace what buyers see. */
export const serviceChangeLifecycle = defineLifecycle({
  name: 'service_change',
  states: ['draft', 'in_review', 'approved', 'rejected', 'discarded'],
  initial: 'draft',
  final: ['approved', 'discarded'],
  transitions: {
    submit: { from: ['draft'], to: 'in_review', by: ['provider'], effect: 'Waits for a moderator; buyers still see what was approved before.' },
    withdraw: { from: ['in_review'], to: 'draft', by: ['provider'] },
    approve: { from: ['in_review'], to: 'approved', by: ['staff'], effect: 'Replaces what buyers see.' },
    reject: { from: ['in_review'], to: 'rejected', by: ['staff'], effect: 'The provider is told the reason.' },
    revise: { from: ['rejected'], to: 'draft', by: ['provider'] },
    discard: { from: ['draft', 'rejected'], to: 'discarded', by: ['provider'] },
  },
})
export type ServiceChangeState = StateOf<typeof serviceChangeLifecycle>

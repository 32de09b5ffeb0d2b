import { defineLifecycle, type StateOf } from '../kernel/lifecycle.ts'

/** What a buyer needs. Instant ones are funded before they open; when they end without a taker the money goes back at once. */
export const requirementLifecycle = defineLifecycle({
  name: 'requirement',
  states: ['draft', 'in_review', 'open', 'awarded', 'done', 'expired', 'cancelled'],
  initial: 'draft',
  final: ['done', 'expired', 'cancelled'],
  transitions: {
    submit: { from: ['draft'], to: 'in_review', by: ['buyer'], effect: 'Checked by rule at once; a moderator looks only at what the rules flag.' },
    publish: { from: ['in_review'], to: 'open', by: ['system', 'staff', 'gateway'], effect: 'Providers are matched and invited.' },
    withdraw: { from: ['in_review'], to: 'draft', by: ['buyer'], effect: 'Taken back to go on writing. Money that comes for it all the same goes back by itself.' },
    return: { from: ['in_review'], to: 'draft', by: ['staff'], effect: 'The buyer is told the reason.' },
    award: { from: ['open'], to: 'awarded', by: ['buyer', 'provider'], effect: 'One provider has it; the others are told.' },
    reopen: { from: ['awarded'], to: 'open', by: ['system'], effect: 'The order was not paid in time.' },
    finish: { from: ['awarded'], to: 'done', by: ['system'] },
    expire: { from: ['open'], to: 'expired', by: ['timer'], effect: 'A funded one is refunded at once.' },
    cancel: { from: ['draft', 'in_review', 'open'], to: 'cancelled', by: ['buyer', 'staff'], effect: 'A funded one is refunded at once.' },
    close: { from: ['awarded'], to: 'cancelled', by: ['system'], effect: 'Its order was cancelled and refunded.' },
  },
})
export type RequirementState = StateOf<typeof requirementLifecycle>

/** How an invitation stands. waiting: ranked, not yet told · passed: the requirement ended without them. */
export const INVITATION_STATES = ['waiting', 'invited', 'seen', 'quoting', 'quoted', 'declined', 'taken', 'passed'] as const
export type InvitationState = typeof INVITATION_STATES[number]

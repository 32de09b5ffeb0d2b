/** Accounts: people, how they sign in, what providers tell about themselves, and who has been verified. */
import { defineFeature } from '../../kernel/feature.ts'
import { registerQueue } from '../../kernel/queues.ts'
import { forgetCode } from './codes.ts'
import { forgetConfirmation } from './identity.ts'
import { SEND_MESSAGES, sendMessages } from './messages.ts'
import { routes } from './routes.ts'
import { unsealContacts } from './contacts.ts'
import { followSessions } from './session-cache.ts'
import { authenticate } from './sessions.ts'
import { waitingVerifications } from './verification.ts'

export { findPeople, personRecord } from './staff-view.ts'
export { changeStaffRoles, reinstate, suspend } from './standing.ts'
export { addCase, caseTextsOf } from './cases.ts'
export { contactChannelsOf, contactsOf, maskedContactsOf } from './contacts.ts'
export { offerDemoAccount } from './me.ts'
export { grantStaffRoles, joinedAt, peopleByIds, personById, registerPerson, type NewPerson } from './people.ts'
export { useIdentityConfirmation } from './identity.ts'
export { hashPassword } from './passwords.ts'
export { localeOfPerson } from './locales.ts'
export { markOnline, onlineProviders } from './presence.ts'
export { providerCount, providerIdsAfter, providersByIds, updateProvider, type Provider } from './providers.ts'
export { SESSION_COOKIE, startSession } from './sessions.ts'
export { approveVerification, confirmedName, requestVerification } from './verification.ts'

registerQueue({ name: 'verification', needs: 'people.verify', read: waitingVerifications })

export const accountsFeature = defineFeature({
  name: 'accounts',
  routes,
  authenticate,
  deadlines: { 'sign_in_code.forget': forgetCode, 'identity_confirmation.forget': forgetConfirmation },
  tasks: { [SEND_MESSAGES]: sendMessages },
  unseal: unsealContacts,
  start: followSessions,
})

/** Accounts: people, how they sign in, what providers tell about themselves, and who has been verified. */
import { defineFeature } from '../../kernel/feature.ts'
import { routes } from './routes.ts'
import { followSessions } from './session-cache.ts'
import { authenticate } from './sessions.ts'

export { contactsOf, type Contacts } from './contacts.ts'
export { grantStaffRoles, peopleByIds, personById, registerPerson, staffWith, type NewPerson } from './people.ts'
export { markOnline } from './presence.ts'
export { holidaysOf, onlineProviders, providerAreas } from './provider-facts.ts'
export { SESSION_COOKIE, startSession } from './sessions.ts'

export const accountsFeature = defineFeature({ name: 'accounts', routes, authenticate, start: followSessions })

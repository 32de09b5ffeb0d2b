/** People as everybody sees them, and the rules of what they type about themselves. */
import * as z from 'zod'
import { STAFF_ROLES } from '../kernel/access.ts'
import { idSchema } from '../kernel/ids.ts'
import { lineSchema } from '../kernel/wire.ts'
import { isReservedUsername, pretendsToBePlatform, readContact, USERNAME, type Contact } from './identifiers.ts'

/** `face` and `mark` (the sign of a studio or company) are drawn by the web from `seed`; `upload` is a picture. */
export const avatarSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('face'), seed: z.string() }),
  z.object({ kind: z.literal('mark'), seed: z.string() }),
  z.object({ kind: z.literal('upload'), url: z.string() }),
]).meta({ id: 'Avatar' })
export type Avatar = z.infer<typeof avatarSchema>

export const personKindSchema = z.enum(['person', 'studio', 'company'])
export type PersonKind = z.infer<typeof personKindSchema>
export const roleSchema = z.enum(['buyer', 'provider'])
export type Role = z.infer<typeof roleSchema>
export const localeSchema = z.enum(['zh-CN', 'en'])
export const verifiedSchema = z.enum(['person', 'company'])

/** A person, studio or company as it appears beside anything it did. */
export const personCardSchema = z.object({
  id: idSchema,
  username: z.string(),
  displayName: z.string(),
  avatar: avatarSchema,
  kind: personKindSchema,
  city: z.string().nullable().meta({ description: 'Code of a city (see cities.ts).' }),
  verified: verifiedSchema.nullable().meta({ description: 'What staff have confirmed about them.' }),
  online: z.boolean(),
}).meta({ id: 'PersonCard' })
export type PersonCard = z.infer<typeof personCardSchema>

/** The person who is signed in. */
export const sessionUserSchema = z.object({
  id: idSchema,
  username: z.string(),
  displayName: z.string(),
  avatar: avatarSchema,
  kind: personKindSchema,
  roles: z.array(roleSchema),
  staffRoles: z.array(z.enum(STAFF_ROLES)),
  locale: localeSchema,
}).meta({ id: 'SessionUser' })

/** Raises one of our own sentences from a schema. */
const own = (problem: string) => ({ params: { problem } })

export const usernameSchema = z.string().trim().max(24)
  .refine(text => USERNAME.test(text), own('accounts.username_format'))
  .refine(text => !isReservedUsername(text), own('accounts.username_reserved'))

export const displayNameSchema = lineSchema(30)
  .refine(text => !pretendsToBePlatform(text), own('accounts.display_name_refused'))

/** At least 8, with a letter and a digit. Whether it has leaked is checked on the server. */
export const passwordSchema = z.string().max(128)
  .refine(text => [...text].length >= 8 && /\p{L}/u.test(text) && /\d/.test(text), own('accounts.password_format'))

export const codeSchema = z.string().trim().regex(/^\d{6}$/)

/** A phone number or an e-mail address as typed; normalised in code. */
export const contactSchema = z.string().trim().max(200)
  .refine(text => readContact(text) !== null, own('accounts.contact_format'))
export const contactOf = (text: string): Contact => readContact(text) ?? ((): never => { throw new RangeError('not a contact') })()

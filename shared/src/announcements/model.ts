import * as z from 'zod'
import { idSchema } from '../kernel/ids.ts'
import { lineSchema, momentSchema, textSchema } from '../kernel/wire.ts'
import { announcementLifecycle } from './lifecycle.ts'
import { ANNOUNCEMENT_KINDS, ANNOUNCEMENT_LIMITS } from './rules.ts'

const bilingual = z.object({ zh: z.string(), en: z.string() })
const effectiveAt = momentSchema.nullable().meta({ description: 'Of a change of rules: when it takes effect.' })

export const announcementHeadSchema = z.object({
  id: idSchema,
  kind: z.enum(ANNOUNCEMENT_KINDS),
  title: bilingual,
  publishedAt: momentSchema,
  effectiveAt,
  read: z.boolean().meta({ description: 'You have opened it or a later one. True for who is not signed in.' }),
}).meta({ id: 'AnnouncementHead' })
export type AnnouncementHead = z.output<typeof announcementHeadSchema>

export const announcementSchema = announcementHeadSchema.extend({
  body: bilingual.meta({ description: 'Plain text: paragraphs at empty lines, lists of lines that begin with "- ".' }),
}).meta({ id: 'Announcement' })

export const announcementInputSchema = z.object({
  kind: z.enum(ANNOUNCEMENT_KINDS),
  titleZh: lineSchema(ANNOUNCEMENT_LIMITS.titleZh),
  titleEn: lineSchema(ANNOUNCEMENT_LIMITS.titleEn),
  bodyZh: textSchema(ANNOUNCEMENT_LIMITS.bodyZh),
  bodyEn: textSchema(ANNOUNCEMENT_LIMITS.bodyEn),
  effectiveAt: effectiveAt.meta({ description: 'When a change of rules takes effect; other kinds have none.' }),
})
export type AnnouncementInput = z.output<typeof announcementInputSchema>

export const staffAnnouncementSchema = z.object({
  id: idSchema,
  kind: z.enum(ANNOUNCEMENT_KINDS),
  title: bilingual,
  body: bilingual,
  effectiveAt,
  state: z.enum(announcementLifecycle.states),
  publishedAt: momentSchema.nullable().meta({ description: 'Since when, or from when on, everybody can read it.' }),
  createdAt: momentSchema,
}).meta({ id: 'StaffAnnouncement' })
export type StaffAnnouncement = z.output<typeof staffAnnouncementSchema>

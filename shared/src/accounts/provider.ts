/** What a provider tells about itself: profile, opening hours, portfolio. */
import * as z from 'zod'
import { idSchema } from '../kernel/ids.ts'
import { lineSchema, momentSchema, textSchema } from '../kernel/wire.ts'
import { uploadSchema } from '../kernel/uploads.ts'
import { ALL_AREAS, isCity } from './cities.ts'
import { MAX_AREAS, MAX_CASE_IMAGES, MAX_SKILLS } from './limits.ts'
import { personCardSchema } from './model.ts'

export const WEEKDAYS = ['1', '2', '3', '4', '5', '6', '7'] as const
const timeSchema = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/)
const hoursSchema = z.tuple([timeSchema, timeSchema]).refine(([from, until]) => from < until, { params: { problem: 'accounts.hours_order' } })

/** Opening hours by ISO weekday (1 is Monday) in China's time. A day that is missing is closed; none at all: always open. */
export const weeklyHoursSchema = z.partialRecord(z.enum(WEEKDAYS), hoursSchema).meta({ id: 'WeeklyHours' })
export type WeeklyHours = z.infer<typeof weeklyHoursSchema>

/** A cover drawn by the web, for cases without a picture. */
export const caseCoverSchema = z.object({ motif: z.string().max(20), palette: z.string().max(20), variant: z.number().int().min(0).max(9) }).meta({ id: 'GeneratedCover' })
export type CaseCover = z.infer<typeof caseCoverSchema>

export const citySchema = z.string().refine(isCity, { params: { problem: 'accounts.city_unknown' } })
const areaSchema = z.string().refine(code => code === ALL_AREAS || isCity(code), { params: { problem: 'accounts.city_unknown' } })
const unique = (items: readonly string[]): boolean => new Set(items.map(item => item.toLowerCase())).size === items.length

export const holidaySchema = z.object({ from: z.iso.date(), until: z.iso.date(), note: lineSchema(100, 0) })
  .refine(({ from, until }) => from <= until, { params: { problem: 'accounts.holiday_order' } })

export const providerProfileInput = z.object({
  headline: lineSchema(40),
  bio: textSchema(1000),
  bioEn: textSchema(1000, 0),
  contactName: lineSchema(30).nullable(),
  areas: z.array(areaSchema).min(1).max(MAX_AREAS).refine(unique),
  skills: z.array(lineSchema(20)).min(1).max(MAX_SKILLS).refine(unique),
  weeklyHours: weeklyHoursSchema,
  replyHabit: lineSchema(60, 0),
  holiday: holidaySchema.nullable(),
  capacity: z.number().int().min(1).max(99),
})
export type ProviderProfileInput = z.infer<typeof providerProfileInput>

export const caseInput = z.object({
  title: lineSchema(60),
  summary: textSchema(500),
  year: z.number().int().min(1980).max(2200),
  industry: lineSchema(20),
  imageIds: z.array(idSchema).max(MAX_CASE_IMAGES),
})
export type CaseInput = z.infer<typeof caseInput>

export const portfolioCaseSchema = z.object({
  id: idSchema,
  title: z.string(),
  summary: z.string(),
  year: z.number().int(),
  industry: z.string(),
  images: z.array(uploadSchema),
  cover: caseCoverSchema.nullable(),
}).meta({ id: 'PortfolioCase' })

export const providerProfileSchema = z.object({
  headline: z.string(),
  bio: z.string(),
  bioEn: z.string(),
  contactName: z.string().nullable(),
  areas: z.array(z.string()),
  skills: z.array(z.string()),
  weeklyHours: weeklyHoursSchema,
  replyHabit: z.string(),
  holiday: z.object({ from: z.string(), until: z.string(), note: z.string() }).nullable(),
  onHoliday: z.boolean(),
  openNow: z.boolean(),
  capacity: z.number().int(),
  since: momentSchema.meta({ description: 'When they became a provider.' }),
  updatedAt: momentSchema,
}).meta({ id: 'ProviderProfile' })
export type ProviderProfile = z.infer<typeof providerProfileSchema>

export const providerPageSchema = personCardSchema.extend({
  profile: providerProfileSchema,
  cases: z.array(portfolioCaseSchema),
  lastSeenAt: momentSchema.nullable(),
}).meta({ id: 'ProviderPage' })

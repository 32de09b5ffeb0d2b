/** Endpoints of matching: who was told of a requirement and why, and what fits a provider. */
import * as z from 'zod'
import { personCardSchema } from '../accounts/model.ts'
import { ratingSchema } from '../catalog/views.ts'
import { defineContracts } from '../kernel/contract.ts'
import { idParams, idSchema } from '../kernel/ids.ts'
import { asOfSchema, momentSchema } from '../kernel/wire.ts'
import { FIT_PARTS, fitSchema } from '../requirements/fit.ts'
import { requirementPatchSchema } from '../requirements/model.ts'
import { requirementCardSchema } from '../requirements/views.ts'
import { savedConditionsSchema, savedSearchSchema } from './saved-search.ts'
import { INVITATION_STATES } from './states.ts'

export const invitationStateSchema = z.enum(INVITATION_STATES)

const matchSchema = z.object({
  provider: personCardSchema,
  headline: z.string(),
  rating: ratingSchema,
  finished: z.number().int().meta({ description: 'Finished orders.' }),
  newcomer: z.boolean(),
  fit: fitSchema,
  wave: z.number().int(),
  state: invitationStateSchema,
  toldAt: momentSchema.nullable(),
  at: momentSchema.meta({ description: 'Since when it is in this state.' }),
}).meta({ id: 'Match' })

const gone = ['requirements.not_found'] as const

const sharesSchema = z.object({ all: z.number().int(), newcomers: z.number().int() })
const stepsShape = { told: z.number().int(), seen: z.number().int(), answered: z.number().int(), taken: z.number().int() }
const meanSchema = z.number().nullable()

export const matching = defineContracts('matching', {
  matchesOf: {
    method: 'GET', path: '/requirements/:id/matches', access: 'user', params: idParams, errors: gone, summary: 'For its buyer: who fits, who has been told, who reads and who quotes, and when the next are told.',
    output: z.object({
      requirementId: idSchema,
      fitting: z.number().int(),
      told: z.number().int(),
      seen: z.number().int(),
      quoted: z.number().int(),
      openedAt: momentSchema.nullable(),
      rankedAt: momentSchema.nullable(),
      next: z.object({ at: momentSchema, count: z.number().int().nullable().meta({ description: 'How many are told then; null when the hall opens.' }) }).nullable(),
      hallAt: momentSchema.nullable(),
      waveSeconds: z.number().int().meta({ description: 'How long each wave has before the next are told.' }),
      items: z.array(matchSchema),
    }),
  },
  fitOf: {
    method: 'GET', path: '/requirements/:id/fit', access: 'provider', params: idParams, errors: gone, summary: 'How well a requirement fits you, and how your invitation stands.',
    output: z.object({ fit: fitSchema.nullable(), invitation: z.object({ state: invitationStateSchema, wave: z.number().int(), toldAt: momentSchema.nullable() }).nullable() }),
  },
  feed: {
    method: 'GET', path: '/workbench/requirements', access: 'provider', summary: 'For you: requirements you were told of, and others that fit, best first.',
    output: z.object({ items: z.array(requirementCardSchema.extend({ invitation: invitationStateSchema.nullable() })) }),
  },
  seen: { method: 'POST', path: '/requirements/:id/seen', access: 'provider', params: idParams, errors: gone, summary: 'You have opened it. Its buyer sees that.' },
  quoting: { method: 'POST', path: '/requirements/:id/quoting', access: 'provider', params: idParams, errors: gone, summary: 'You are writing a quote. Its buyer sees that.' },
  decline: { method: 'POST', path: '/requirements/:id/decline', access: 'provider', params: idParams, errors: gone, summary: 'It is not for you; it leaves your feed.' },
  savedSearches: { method: 'GET', path: '/workbench/searches', access: 'provider', summary: 'What you look for in the hall again and again.', output: z.object({ items: z.array(savedSearchSchema) }) },
  saveSearch: {
    method: 'POST', path: '/workbench/searches', access: 'provider', status: 201, perMinute: 30, body: z.object({ conditions: savedConditionsSchema }), output: savedSearchSchema,
    summary: 'Keep a search and be told of what is new. One with the same conditions is kept once.', errors: ['matching.too_many_searches', 'matching.search_is_empty', 'catalog.category_unknown'],
  },
  changeSearch: { method: 'PATCH', path: '/workbench/searches/:id', access: 'provider', params: idParams, body: z.object({ alert: z.boolean() }), output: savedSearchSchema, summary: 'Be told of what is new, or not.', errors: ['matching.search_not_found'] },
  removeSearch: { method: 'DELETE', path: '/workbench/searches/:id', access: 'provider', params: idParams, summary: 'Keep a search no longer.' },
  figures: {
    method: 'GET', path: '/staff/matching', access: { staff: 'figures.read' }, query: z.object({ days: z.coerce.number().int().min(1).max(366).default(30) }), summary: 'What became of those who were told of requirements, newcomers beside the rest.',
    output: z.object({
      asOf: asOfSchema,
      ranked: sharesSchema, told: sharesSchema, seen: sharesSchema, answered: sharesSchema, taken: sharesSchema,
      ranks: z.array(z.object({ rank: z.number().int(), ...stepsShape })).meta({ description: 'Of those who were told, by their place in the ranking; the last one stands for all below it.' }),
      parts: z.array(z.object({ part: z.enum(FIT_PARTS), weight: z.number().int(), taken: meanSchema, answered: meanSchema, told: meanSchema })).meta({ description: 'Mean value of each part, 0 to 100, of those who got the work, who answered, and of all who were told.' }),
      feed: z.object({ shown: z.number().int(), opened: z.number().int(), answered: z.number().int() }).meta({ description: 'Requirements that stood in a feed without an invitation.' }),
      waves: z.object({ sizes: z.array(z.number().int()), seconds: z.number().int(), newcomerShare: z.number() }),
    }),
  },
  exportRanks: {
    method: 'GET', path: '/staff/matching/ranks.csv', access: { staff: 'figures.read' }, media: 'text/csv; charset=utf-8', query: z.object({ days: z.coerce.number().int().min(1).max(366).default(30) }), perMinute: 10,
    summary: 'One line for each provider ranked for a requirement, and for each requirement put into a feed: rank, parts of the score, and what came of it. The file\'s name says as of when.',
  },
  preview: {
    method: 'POST', path: '/matching/preview', access: 'anyone', perMinute: 60, body: requirementPatchSchema, summary: 'How many could do it as it is written now.',
    output: z.object({ fitting: z.number().int(), online: z.number().int(), inCategory: z.number().int().meta({ description: 'Of these, who has finished orders of the category.' }), faces: z.array(personCardSchema) }),
  },
})

/** What a provider looks for again and again, and is told of when it comes. */
import * as z from 'zod'
import { slugSchema } from '../catalog/model.ts'
import { idSchema } from '../kernel/ids.ts'
import { lineSchema, momentSchema } from '../kernel/wire.ts'
import { WAYS } from '../requirements/limits.ts'

/** Each provider keeps at most so many. */
export const SAVED_SEARCHES = 20

const fen = z.string().regex(/^\d{1,10}$/)

/** The conditions of the hall as its address has them; amounts in fen. */
export const savedConditionsSchema = z.object({
  q: lineSchema(100).optional(), category: slugSchema.optional(), minBudget: fen.optional(), maxBudget: fen.optional(),
  within: z.enum(['3', '7', '14', '30']).optional(), way: z.enum(WAYS).optional(),
}).meta({ id: 'SavedSearchConditions' })
export type SavedConditions = z.output<typeof savedConditionsSchema>

export const savedSearchSchema = z.object({
  id: idSchema, conditions: savedConditionsSchema, alert: z.boolean().meta({ description: 'Whether you are told of what is new.' }),
  found: z.number().int().meta({ description: 'How many you have been told of.' }), createdAt: momentSchema,
}).meta({ id: 'SavedSearch' })

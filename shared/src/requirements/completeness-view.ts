import * as z from 'zod'
import { COACH_KEYS } from './completeness.ts'

const key = z.enum(COACH_KEYS)
export const completenessSchema = z.object({
  score: z.number().int().min(0).max(100),
  done: z.array(key),
  missing: z.array(z.object({ key, gain: z.number().int().meta({ description: 'Points it would add.' }) })),
}).meta({ id: 'Completeness' })

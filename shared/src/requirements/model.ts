/** What a requirement is made of. A draft may hold anything unfinished; what is submitted may not. */
import * as z from 'zod'
import { isCity } from '../accounts/cities.ts'
import { slugSchema } from '../catalog/model.ts'
import { idSchema } from '../kernel/ids.ts'
import { positiveMoneySchema } from '../kernel/money.ts'
import { lineSchema, textSchema } from '../kernel/wire.ts'
import { OPEN_HOURS, REMOTE, REQUIREMENT_LIMITS as LIMITS, WAYS, type Way } from './limits.ts'

export const waySchema = z.enum(WAYS).meta({ description: 'quotes: providers offer and the buyer chooses. direct: only the chosen providers are asked. instant: fixed price, funded first, the first to take it has it.' })
const own = (problem: string, params: Record<string, string | number> = {}) => ({ params: { problem, ...params } })
const unique = (items: readonly string[]): boolean => new Set(items.map(item => item.toLowerCase())).size === items.length
const areaSchema = z.string().refine(code => code === REMOTE || isCity(code), own('accounts.city_unknown'))

const shape = {
  way: waySchema,
  category: slugSchema.nullable(),
  title: lineSchema(LIMITS.title, 0),
  background: textSchema(LIMITS.background, 0),
  details: textSchema(LIMITS.details, 0),
  checklist: z.array(lineSchema(LIMITS.line)).max(LIMITS.checklistLines).meta({ description: 'What must be there. The lines become the acceptance checklist of the order.' }),
  budgetMin: positiveMoneySchema.nullable(),
  budgetMax: positiveMoneySchema.nullable(),
  price: positiveMoneySchema.nullable().meta({ description: 'The fixed price of an instant requirement.' }),
  deadline: z.iso.date().nullable().meta({ description: 'The day it is needed by, in China.' }),
  area: areaSchema.nullable().meta({ description: 'Code of a city, or `all` where the work may be done at a distance.' }),
  skills: z.array(lineSchema(LIMITS.skill)).max(LIMITS.skills).refine(unique),
  files: z.array(idSchema).max(LIMITS.files).meta({ description: 'Ids of uploads.' }),
  openHours: z.number().int().positive().max(24 * 30),
  providerIds: z.array(idSchema).max(LIMITS.providers).refine(unique).meta({ description: 'Whom a direct requirement goes to.' }),
  serviceId: idSchema.nullable().meta({ description: 'The service from whose page it was started.' }),
}

export const requirementDraftSchema = z.object(shape).meta({ id: 'RequirementDraft' })
export type RequirementDraft = z.infer<typeof requirementDraftSchema>

/** What an autosave sends: only what has changed. */
export const requirementPatchSchema = requirementDraftSchema.partial().meta({ id: 'RequirementPatch' })
export type RequirementPatch = z.infer<typeof requirementPatchSchema>

export const emptyDraft = (way: Way = 'quotes'): RequirementDraft => ({
  way, category: null, title: '', background: '', details: '', checklist: [], budgetMin: null, budgetMax: null, price: null, deadline: null, area: null, skills: [], files: [],
  openHours: OPEN_HOURS[way][0], providerIds: [], serviceId: null,
})

/** What keeps a draft from being submitted. `today` is the day in China. */
export function faultsOf(draft: RequirementDraft, today: string): { field: keyof RequirementDraft, code: `requirements.${string}`, params?: Record<string, number> }[] {
  const faults: ReturnType<typeof faultsOf> = []
  if ([...draft.title].length < LIMITS.titleMin) faults.push({ field: 'title', code: 'requirements.title_short', params: { min: LIMITS.titleMin } })
  if (draft.category === null) faults.push({ field: 'category', code: 'requirements.category_missing' })
  if ([...draft.details].length < LIMITS.detailsMin && draft.checklist.length === 0) faults.push({ field: 'details', code: 'requirements.details_short', params: { min: LIMITS.detailsMin } })
  if (draft.way === 'instant') {
    if (draft.price === null) faults.push({ field: 'price', code: 'requirements.price_missing' })
  } else if (draft.budgetMax === null) {
    faults.push({ field: 'budgetMax', code: 'requirements.budget_missing' })
  } else if (draft.budgetMin !== null && draft.budgetMin.amount > draft.budgetMax.amount) {
    faults.push({ field: 'budgetMax', code: 'requirements.budget_order' })
  }
  if (draft.deadline === null) faults.push({ field: 'deadline', code: 'requirements.deadline_missing' })
  else if (draft.deadline <= today) faults.push({ field: 'deadline', code: 'requirements.deadline_past' })
  else if (Date.parse(draft.deadline) - Date.parse(today) > LIMITS.deadlineDays * 86_400_000) faults.push({ field: 'deadline', code: 'requirements.deadline_far' })
  if (draft.way === 'direct' && draft.providerIds.length === 0) faults.push({ field: 'providerIds', code: 'requirements.providers_missing' })
  if (!OPEN_HOURS[draft.way].includes(draft.openHours)) faults.push({ field: 'openHours', code: 'requirements.open_hours' })
  return faults
}

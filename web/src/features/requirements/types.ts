import type { AnswerOf, ArgumentsOf, RowOf } from '@/lib/api-types.ts'
import type { api } from '@/lib/api.ts'

export type Requirement = AnswerOf<typeof api.requirements.get>
export type RequirementDraft = NonNullable<Requirement['draft']>
export type RequirementPatch = NonNullable<ArgumentsOf<typeof api.requirements.save>['body']>
export type RequirementCard = RowOf<typeof api.requirements.hall>
export type OwnRequirement = RowOf<typeof api.requirements.mine>
export type PriceBandData = NonNullable<AnswerOf<typeof api.requirements.coach>['band']>
export type Way = RequirementDraft['way']
export type Quote = RowOf<typeof api.quotes.list>
export type Matches = AnswerOf<typeof api.matching.matchesOf>
export type Match = Matches['items'][number]
export type Fit = Match['fit']
export type FitReason = Fit['reasons'][number]

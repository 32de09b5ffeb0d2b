import type { AnswerOf, ArgumentsOf, RowOf } from '@/lib/api-types.ts'
import type { api } from '@/lib/api.ts'

export type ServiceCardData = RowOf<typeof api.catalog.search>
export type ServiceData = AnswerOf<typeof api.catalog.getService>
export type SearchAnswer = AnswerOf<typeof api.catalog.search>
export type Draft = ArgumentsOf<typeof api.catalog.saveDraft>['body']
export type DraftPackage = Draft['packages'][number]
export type DraftAddOn = Draft['addOns'][number]
export type DraftField = Draft['fields'][number]
export type Image = ServiceData['images'][number]
export type OwnService = RowOf<typeof api.catalog.ownServices>

import { shallowRef } from 'vue'
import type { AnswerOf } from './api-types.ts'
import type { api } from './api.ts'

export type Maintenance = NonNullable<AnswerOf<typeof api.system.info>['maintenance']>

/** Whether the site is under maintenance, as the server last said (server-clock.ts asks). */
export const maintenance = shallowRef<Maintenance | null>(null)

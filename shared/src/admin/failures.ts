/** Work that was given up after many tries: events, deadlines, jobs, and notices that could not be sent. It waits here until somebody has mended what was wrong. */
import * as z from 'zod'
import { defineContracts } from '../kernel/contract.ts'
import { pageOf, pageQuery } from '../kernel/page.ts'
import { momentSchema } from '../kernel/wire.ts'

export const FAILURE_KINDS = ['event', 'deadline', 'job', 'sending'] as const

const failureSchema = z.object({
  id: z.string().meta({ description: 'Of the kind and its own.' }),
  kind: z.enum(FAILURE_KINDS),
  name: z.string().meta({ description: 'Topic of the event, `entity.action` of the deadline, queue of the job, channel of the sending.' }),
  about: z.string().nullable().meta({ description: 'The thing it is about, where it has one.' }),
  error: z.string(),
  attempts: z.number().int(),
  givenUpAt: momentSchema,
  values: z.record(z.string(), z.json()),
}).meta({ id: 'Failure' })

const access = { staff: 'system.maintain' } as const

export const failures = defineContracts('failures', {
  list: { method: 'GET', path: '/staff/failures', access, summary: 'Work that was given up, the latest of each kind first.', query: pageQuery, output: pageOf(failureSchema) },
  retry: { method: 'POST', path: '/staff/failures/retries', access, summary: 'Have it tried again, from the first attempt on.', body: z.object({ id: z.string().max(400) }), errors: ['kernel.not_found'] },
})

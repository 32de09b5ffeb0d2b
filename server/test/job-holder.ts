/** Takes a job and never ends it: a test kills it there. Arguments: the adapter, its address, the queue. */
import { createPostgresJobs } from '../src/ports/jobs/postgres.ts'
import { createRedisJobs } from '../src/ports/jobs/redis.ts'
import type { JobQueue } from '../src/ports/jobs/port.ts'

const [, , adapter, url = '', queue = ''] = process.argv
const options = { onError: () => {}, lockMs: 500 }
const jobs = adapter === 'redis' ? createRedisJobs(url, options) : createPostgresJobs(url, options)
await jobs.work(JSON.parse(queue) as JobQueue, () => {
  process.stdout.write('held\n')
  return new Promise(() => {})
})

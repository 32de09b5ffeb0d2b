import { createPostgresBackend, Queue, runMigrations, Worker, type JobProgress, type PostgresConnectionOptions, type PostgresQueueBackend } from 'bullmq'
import pg from 'pg'
import { BullJobs, type BullOptions } from './bullmq.ts'
import type { JobData } from './port.ts'

const SCHEMA = 'bullmq'
/** Each worker keeps one to listen; the others are for what all of them ask. */
const MAX_CONNECTIONS = 12
const CONNECT_TIMEOUT_MS = 5_000

/** Jobs in Postgres, in tables of BullMQ's own. They are made when the first job is added or looked for. */
export function createPostgresJobs(url: string, options: BullOptions): BullJobs {
  const pool = new pg.Pool({ connectionString: url, max: MAX_CONNECTIONS, options: `-c search_path=${SCHEMA}`, application_name: 'miaodan-jobs', keepAlive: true, connectionTimeoutMillis: CONNECT_TIMEOUT_MS })
  // Each queue and worker listens to it.
  pool.setMaxListeners(0)
  pool.on('error', options.onError)
  return new BullJobs({
    openQueue: (name, prefix) => new Queue<JobData, void, string, JobData, void, string, PostgresQueueBackend, PostgresConnectionOptions>(name, { connection: pool, prefix }, createPostgresBackend).on('error', options.onError),
    openWorker: (name, handle, settings) => new Worker<JobData, void, string, PostgresQueueBackend, JobProgress, PostgresConnectionOptions>(name, handle, { ...settings, connection: pool }, createPostgresBackend).on('error', options.onError),
    prepare: async () => {
      const client = await pool.connect()
      try {
        await runMigrations(client, SCHEMA)
      } finally {
        client.release()
      }
    },
    check: () => pool.query('select 1'),
    close: () => pool.end(),
  }, options)
}

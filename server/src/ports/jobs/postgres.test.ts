import { createTestDatabase } from '../../../test/database.ts'
import { startProxy } from '../../../test/tcp-proxy.ts'
import { jobsContract } from './contract.ts'
import { createPostgresJobs } from './postgres.ts'

jobsContract('Postgres', async () => {
  const database = await createTestDatabase()
  const url = new URL(database.url)
  const proxy = await startProxy({ host: url.hostname, port: Number(url.port) })
  url.port = String(proxy.port)
  return {
    connect: lockMs => createPostgresJobs(url.href, { onError: () => {}, ...lockMs && { lockMs } }),
    holder: ['postgres', url.href],
    lose: proxy.shut,
    restore: proxy.open,
    close: async () => {
      await proxy.close()
      await database.drop()
    },
  }
})

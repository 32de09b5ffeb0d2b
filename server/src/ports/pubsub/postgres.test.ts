import postgres from 'postgres'
import { createTestDatabase } from '../../../test/database.ts'
import { startProxy } from '../../../test/tcp-proxy.ts'
import { pubsubContract } from './contract.ts'
import { PostgresPubSub } from './postgres.ts'

pubsubContract('Postgres', async () => {
  const database = await createTestDatabase()
  const url = new URL(database.url)
  const proxy = await startProxy({ host: url.hostname, port: Number(url.port) })
  url.port = String(proxy.port)
  const closing: (() => Promise<void>)[] = []
  return {
    connect: () => {
      const sql = postgres(url.href, { max: 2, onnotice: () => {} })
      closing.push(() => sql.end({ timeout: 0 }))
      return new PostgresPubSub(sql)
    },
    lose: proxy.shut,
    restore: proxy.open,
    close: async () => {
      await Promise.all(closing.map(close => close()))
      await proxy.close()
      await database.drop()
    },
  }
})

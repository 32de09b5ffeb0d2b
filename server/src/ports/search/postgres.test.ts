import postgres from 'postgres'
import { createTestDatabase } from '../../../test/database.ts'
import { searchContract } from './contract.ts'
import { createPostgresSearch } from './postgres.ts'

searchContract('Postgres', async () => {
  const database = await createTestDatabase()
  const sql = postgres(database.url, { max: 6, onnotice: () => {} })
  return {
    engine: createPostgresSearch({ sql }),
    close: async () => {
      await sql.end()
      await database.drop()
    },
  }
})

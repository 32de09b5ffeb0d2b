import postgres from 'postgres'
import { afterAll, describe, expect, it } from 'vitest'
import { createTestDatabase } from '../../../test/database.ts'
import { searchContract } from './contract.ts'
import { manySamples, sampleIndex, samples } from './contract-samples.ts'
import { defineIndex } from './port.ts'
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

describe('two processes with one database', async () => {
  const index = defineIndex({ ...sampleIndex, name: 'shared' })
  const database = await createTestDatabase()
  const clients = [1, 2].map(() => postgres(database.url, { max: 4, onnotice: () => {} }))
  const [one, other] = clients.map((sql) => createPostgresSearch({ sql })) as [ReturnType<typeof createPostgresSearch>, ReturnType<typeof createPostgresSearch>]
  afterAll(async () => {
    await Promise.all(clients.map((sql) => sql.end()))
    await database.drop()
  })
  const found = async (engine: typeof one, text: string): Promise<string[]> => (await engine.query(index, { text })).hits.map(({ id }) => id)

  it('see at once what the other has added, replaced, removed and made anew', async () => {
    await one.declare(index)
    await one.rebuild(index, samples)
    await other.declare(index)
    expect(await found(other, '海报')).toContain('poster')
    const [first] = manySamples(1)
    if (first === undefined) throw new Error('The suite has no documents.')
    await one.upsert(index, [first])
    expect(await found(other, '批量修图')).toEqual([first.id])
    await other.upsert(index, [{ ...first, fields: { title: '包装设计' } }])
    expect(await found(one, '批量修图')).toEqual([])
    expect(await found(one, '包装')).toEqual([first.id])
    await one.remove(index, [first.id])
    expect(await found(other, '包装')).toEqual([])
    await other.rebuild(index, manySamples(3))
    expect((await one.query(index, {})).total).toBe(3)
  })

  it('count right after most documents have been replaced, several times over', async () => {
    const many = manySamples(700)
    for (const title of ['甲方案', '乙方案', '丙方案']) await one.upsert(index, many.map((each) => ({ ...each, fields: { title } })))
    const facets = { values: ['category'] } as const
    for (let turn = 0; turn < 3; turn++) {
      expect(await other.query(index, { text: '丙', facets, limit: 1 })).toMatchObject({ total: 700, facets: { category: { ecommerce: 700 } } })
      expect((await other.query(index, { text: '甲', limit: 1 })).total).toBe(0)
    }
  })
})

describe('first letters', async () => {
  const index = defineIndex({ ...sampleIndex, name: 'letters' })
  const database = await createTestDatabase()
  const sql = postgres(database.url, { max: 4, onnotice: () => {} })
  const engine = createPostgresSearch({ sql })
  afterAll(async () => {
    await sql.end()
    await database.drop()
  })

  it('are read as words that follow each other, before words that more documents have somewhere', async () => {
    const [first] = manySamples(1)
    if (first === undefined) throw new Error('The suite has no documents.')
    await engine.declare(index)
    await engine.rebuild(index, ['汇报材料和数据', '汇报排版与数据', '汇报文案，数据', '汇报美化，数据', '海报设计', '海报设计师'].map((title, place) => ({ ...first, id: `letters-${place}`, fields: { title } })))
    const { correction, hits } = await engine.query(index, { text: 'hbsj' })
    expect(correction).toBe('海报设计')
    expect(hits[0]?.id).toBe('letters-4')
    expect((await engine.query(index, { text: 'hbsj', correct: false })).total).toBe(0)
  })
})

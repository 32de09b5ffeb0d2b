/** An index is made once however many processes start, and by the job where none did. */
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../test/app.ts'
import type { Deps } from '../deps.ts'
import { sampleIndex, samples } from '../ports/search/contract-samples.ts'
import { defineIndex } from '../ports/search/port.ts'
import { inTurn, readyIndex, upkeepOfIndexes, type SearchIndex } from './search-indexes.ts'
import { inTransaction } from './tx.ts'

let t: TestApp
beforeAll(async () => {
  t = await createTestApp({ features: [] })
})
afterAll(() => t.close())

function indexOf(name: string, documents: () => AsyncIterable<(typeof samples)[number]>): SearchIndex {
  const definition = defineIndex({ ...sampleIndex, name })
  return { definition, expected: async () => samples.length, rebuild: async (deps: Deps) => deps.search.rebuild(definition, documents()) }
}

const found = async ({ definition }: SearchIndex): Promise<number> => (await t.deps.search.query(definition, { limit: 0 })).total

it('a process that starts waits for the one that makes the index', async () => {
  let open = (): void => {}
  const gate = new Promise<void>(resolve => {
    open = resolve
  })
  const index = indexOf('started_twice', async function* () {
    await gate
    yield* samples
  })
  const ended: number[] = []
  const starts = [0, 1].map(async process => {
    await readyIndex(t.deps, index)
    ended.push(process)
  })
  await delay(600)
  expect(ended).toEqual([])
  open()
  await Promise.all(starts)
  expect(await found(index)).toBe(samples.length)
})

it('the job makes what is not there, leaves what is, and fails where its rows cannot be read', async () => {
  let made = 0
  const index = indexOf('lost', async function* () {
    made++
    yield* samples
  })
  const broken = indexOf('broken', async function* () {
    yield* [] as typeof samples
    throw new Error('The rows could not be read.')
  })
  const upkeep = (indexes: readonly SearchIndex[]) => upkeepOfIndexes(indexes).handle(t.deps, { id: 'one', data: {}, attempt: 1 })
  await upkeep([index])
  await upkeep([index])
  expect([made, await found(index)]).toEqual([1, samples.length])
  await expect(upkeep([broken])).rejects.toThrow('The rows could not be read.')
})

it('of two transactions that change one document the later one reads what the earlier one wrote', async () => {
  const order: string[] = []
  let open = (): void => {}
  const gate = new Promise<void>(resolve => {
    open = resolve
  })
  const change = (name: string, held: Promise<void>) => inTransaction(t.deps.db, async tx => {
    await inTurn(tx, sampleIndex, ['one', 'two'])
    order.push(`${name} reads`)
    await held
    order.push(`${name} writes`)
  })
  const first = change('first', gate)
  await expect.poll(() => order).toEqual(['first reads'])
  const second = change('second', Promise.resolve())
  await delay(200)
  open()
  await Promise.all([first, second])
  expect(order).toEqual(['first reads', 'first writes', 'second reads', 'second writes'])
})

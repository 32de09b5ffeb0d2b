/** People who search all the time, providers who change what is found, and whether the index says afterwards what the database does. */
import { setTimeout as delay } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { createMeilisearch } from '../../src/ports/search/meilisearch.ts'
import type { Deps } from '../../src/deps.ts'
import { features } from '../../src/features/index.ts'
import type { Stub } from '../meilisearch-stub.ts'
import type { World } from '../crash/world.ts'
import type { TestPerson } from '../people.ts'

export const KEY = 'the master key of a drill'
/** Of the servers' indexes, and of those that are made to compare with. */
export const PREFIX = 'miaodan_'
const FRESH = 'fresh_'

const WORDS = ['小程序', '商城', 'xcx', 'mini program', '支付对接', '小程式', '']
const SEARCH_EVERY_MS = 150
const CHANGE_EVERY_MS = 1_000
const PATIENCE_MS = 180_000
const POLL_MS = 500

/** Searches one after the other until the load is over. Every one has an answer; what it holds is compared at the end. */
export async function search(world: World): Promise<void> {
  for (let turn = 0; !world.over; turn++) {
    const { status, body } = await world.client.call(null, 'GET', `/services?${new URLSearchParams({ q: WORDS[turn % WORDS.length] ?? '' })}`)
    if (status !== 200) throw new Error(`a search answered ${status}: ${JSON.stringify(body)}`)
    await delay(SEARCH_EVERY_MS)
  }
}

/** A provider takes a service nobody orders from the market and puts it back, again and again: the index changes, and no deal is hindered. */
export async function change(world: World, { provider, serviceId }: { provider: TestPerson, serviceId: string }): Promise<void> {
  for (let turn = 0; !world.over; turn++) {
    const { status, body } = await world.client.call(provider, 'POST', `/workbench/services/${serviceId}/${turn % 2 === 0 ? 'pause' : 'resume'}`)
    if (status >= 300) throw new Error(`a change of a service answered ${status}: ${JSON.stringify(body)}`)
    await delay(CHANGE_EVERY_MS)
  }
}

/** Sentences about what the search server holds that an index made anew from the rows does not, and the other way round. */
export async function compareIndexes(deps: Deps, stub: Stub): Promise<string[]> {
  const differences: string[] = []
  const engine = createMeilisearch({ sql: deps.sql, url: stub.url, key: KEY, prefix: FRESH })
  for (const { definition, rebuild } of features.flatMap(feature => feature.indexes ?? [])) {
    await untilSent(deps)
    const kept = stub.documents(`${PREFIX}${definition.name}`)
    await rebuild({ ...deps, search: engine })
    const fresh = stub.documents(`${FRESH}${definition.name}`)
    for (const id of new Set([...kept.keys(), ...fresh.keys()])) {
      const [found, rows] = [kept.get(id) ?? {}, fresh.get(id) ?? {}]
      for (const name of new Set([...Object.keys(found), ...Object.keys(rows)])) {
        if (!isDeepStrictEqual(found[name], rows[name])) differences.push(`${definition.name} ${id} ${name}: found ${JSON.stringify(found[name])}, the rows ${JSON.stringify(rows[name])}`)
      }
    }
  }
  return differences
}

/** Until the journal is empty and every index is there. */
export async function untilSent(deps: Deps): Promise<void> {
  for (const end = performance.now() + PATIENCE_MS; ; await delay(POLL_MS)) {
    const [row] = await deps.sql<{ waiting: number, indexes: number }[]>`select (select count(*)::int from search.remote_changes) as waiting, (select count(*)::int from search.remote_indexes) as indexes`
    if (row?.waiting === 0 && row.indexes === features.flatMap(feature => feature.indexes ?? []).length) return
    if (performance.now() > end) throw new Error(`the search server has not heard of ${row?.waiting} changes, and has ${row?.indexes} indexes`)
  }
}

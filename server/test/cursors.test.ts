/** No list breaks on a cursor that nobody gave out, nor on what is searched for: it begins anew, finds nothing, or says what is wrong. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { STAFF_ROLES } from '@miaodan/shared/kernel/access'
import { contracts } from '@miaodan/shared/contracts'
import type { NamedContract } from '@miaodan/shared/kernel/contract'
import { newId } from '../src/kernel/ids.ts'
import { createTestApp, type TestApp } from './app.ts'
import { signUp, type TestPerson } from './people.ts'

let t: TestApp
let person: TestPerson
beforeAll(async () => {
  t = await createTestApp()
  person = await signUp(t, { roles: ['buyer', 'provider'], staffRoles: STAFF_ROLES })
})
afterAll(() => t.close())

const isList = (contract: NamedContract): boolean => contract.method === 'GET' && contract.query !== undefined && 'cursor' in contract.query.shape
const lists = Object.values(contracts).flatMap(endpoints => Object.values(endpoints) as NamedContract[]).filter(isList)

const ID = '01900000-0000-7000-8000-000000000000'
const HOSTILE = [
  '', ' ', '0', '-1', 'x', '|', '_', '%', '<>?:"{}|_+', 'NaN|NaN', `|${ID}`, `2026-02-30|${ID}`, `2026-11-22T00:00:00.000Z|${'-'.repeat(36)}`, '9'.repeat(18), '9'.repeat(400), '2026-13-45', '0000-00-00',
  ID, `${'-'.repeat(36)}`, `0_${ID}`, `8640000000000001_${ID}`, `9999999999999999_${ID}`, `999999999999999_${ID}`, `1_${'-'.repeat(36)}`, `1_${'a'.repeat(36)}`, '1e9', '1_000', "' or 1=1 --", '\u0000', '\u202e😀',
]

/** What a person may type into the search of a list. */
const TEXTS = ['q', 'search', 'account']

it('there are lists', () => expect(lists.length).toBeGreaterThan(15))

it.each(lists.map(list => [`${list.method} ${list.path}`, list] as const))('%s', async (_, { path, query }) => {
  const url = `/api/v1${path.replaceAll(/:\w+/g, parameter => (parameter === ':address' ? 'platform:fee' : newId()))}`
  const texts = TEXTS.filter(name => query && name in query.shape)
  for (const hostile of HOSTILE) for (const name of ['cursor', ...texts]) {
    const answer = await person.inject({ method: 'GET', url, query: { [name]: hostile } })
    expect([name, hostile, answer.statusCode < 500]).toEqual([name, hostile, true])
  }
})

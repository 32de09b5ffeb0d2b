import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const ledgerSql = readFileSync(`${root}migrations/0004_ledger.sql`, 'utf8')
const tables = [...ledgerSql.matchAll(/create table (\w+)/g)].map(([, name]) => name)

test('only the ledger writes or reads its tables by hand-written SQL', () => {
  expect(tables.length).toBeGreaterThan(0)
  const touch = new RegExp(`\\b(from|join|into|update)\\s+(${tables.join('|')})\\b`, 'i')
  const offenders = readdirSync(`${root}server/src`, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && !path.startsWith('features/ledger/'))
    .filter((path) => touch.test(readFileSync(`${root}server/src/${path}`, 'utf8')))
  expect(offenders).toEqual([])
})

/** The contract, the lifecycles, the database and the documents say one thing: each is held against the others here. */
import { glob, readFile } from 'node:fs/promises'
import { Validator } from '@seriousme/openapi-schema-validator'
import { is } from 'drizzle-orm'
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core'
import { fileURLToPath } from 'node:url'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contracts } from '@miaodan/shared/contracts'
import { errors } from '@miaodan/shared/errors'
import type { NamedContract } from '@miaodan/shared/kernel/contract'
import { entriesOf } from '@miaodan/shared/kernel/lifecycle'
import { lifecycles } from '@miaodan/shared/lifecycles'
import { LIFECYCLE_PAGE, lifecyclePage } from '../src/docs/lifecycles.ts'
import { features } from '../src/features/index.ts'
import { filesFeature } from '../src/kernel/files.ts'
import { openApiDocument } from '../src/kernel/openapi.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'

const SOURCE = fileURLToPath(new URL('../src/', import.meta.url))
const everyContract = Object.values(contracts).flatMap(endpoints => Object.values(endpoints) as NamedContract[])

let database: TestDatabase
let sql: postgres.Sql
beforeAll(async () => {
  database = await createTestDatabase()
  sql = postgres(database.url, { max: 1, onnotice: () => {} })
})
afterAll(async () => {
  await sql.end()
  await database.drop()
})

describe('contracts', () => {
  it('are each answered by exactly one route, and no route has no contract', () => {
    const served = [...features, filesFeature(features)].flatMap(feature => (feature.routes ?? []).map(route => route.contract.name)).sort()
    expect(served).toEqual(everyContract.map(contract => contract.name).sort())
  })

  it('name only declared errors, and have addresses of their own', () => {
    for (const contract of everyContract) for (const code of contract.errors ?? []) expect(Object.keys(errors), `${contract.name} names ${code}`).toContain(code)
    const addresses = everyContract.map(contract => `${contract.method} ${contract.path.replace(/:\w+/g, ':')}`)
    expect(addresses.filter((address, index) => addresses.indexOf(address) !== index)).toEqual([])
  })

  it('make a valid OpenAPI 3.1 document', async () => {
    const result = await new Validator().validate(openApiDocument())
    expect(result.errors).toBeUndefined()
    expect(result.valid).toBe(true)
  })
})

describe('errors', () => {
  it('have a sentence in both languages with the same placeholders', () => {
    const holes = (sentence: string) => [...sentence.matchAll(/\{(\w+)\}/g)].map(match => match[1]).sort()
    for (const [code, { zh, en, status }] of Object.entries(errors)) {
      expect([code, holes(zh)]).toEqual([code, holes(en)])
      expect(zh, code).toMatch(/[\u4e00-\u9fff]/)
      expect(status, code).toBeGreaterThanOrEqual(400)
    }
  })
})

describe('lifecycles', () => {
  it('are what the database enforces', async () => {
    const edges = await sql<{ edge: string }[]>`select entity || ' ' || action || ' ' || from_state || ' ' || to_state as edge from lifecycle_edges`
    const declared = lifecycles.flatMap(({ name, ...lifecycle }) => entriesOf({ name, ...lifecycle }).flatMap(([action, { from, to }]) => from.map(state => `${name} ${action} ${state} ${to}`)))
    expect(edges.map(row => row.edge).sort()).toEqual(declared.sort())
  })

  it('are what the document shows', async () => {
    expect(await readFile(LIFECYCLE_PAGE, 'utf8')).toBe(lifecyclePage())
  })

  it('reach every state, and leave every state that is not final', () => {
    for (const lifecycle of lifecycles) {
      const edges = entriesOf(lifecycle).map(([, edge]) => edge)
      for (const state of lifecycle.states) {
        expect(state === lifecycle.initial || edges.some(edge => edge.to === state), `${lifecycle.name}: nothing leads to ${state}`).toBe(true)
        expect(lifecycle.final.includes(state) || edges.some(edge => edge.from.includes(state)), `${lifecycle.name}: nothing leads out of ${state}`).toBe(true)
      }
    }
  })
})

describe('tables', () => {
  it('are declared as the migrations made them: every column, its type, and whether it may be null', async () => {
    const columns = await sql<{ table: string, column: string, type: string, nullable: boolean }[]>`
      select c.relname as table, a.attname as column, format_type(a.atttypid, a.atttypmod) as type, not a.attnotnull as nullable
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped`
    const actual = new Map(columns.map(row => [`${row.table}.${row.column}`, `${row.type}${row.nullable ? ' null' : ''}`]))
    const seen = new Set<string>()
    for await (const file of glob(`${SOURCE}**/tables.ts`)) {
      for (const table of Object.values(await import(file) as Record<string, unknown>)) {
        if (!is(table, PgTable)) continue
        const { name, columns: declaredColumns } = getTableConfig(table)
        seen.add(name)
        for (const column of declaredColumns) expect([`${name}.${column.name}`, actual.get(`${name}.${column.name}`)]).toEqual([`${name}.${column.name}`, `${column.getSQLType()}${column.notNull || column.primary ? '' : ' null'}`])
        const declared = declaredColumns.map(column => column.name).sort()
        expect([name, columnsOf(actual, name)]).toEqual([name, declared])
      }
    }
    expect(seen.size).toBeGreaterThan(20)
  })
})

function columnsOf(actual: ReadonlyMap<string, string>, table: string): string[] {
  return [...actual.keys()].filter(key => key.startsWith(`${table}.`)).map(key => key.slice(table.length + 1)).sort()
}

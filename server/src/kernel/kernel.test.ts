import { sql } from 'drizzle-orm'
import { pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { defineContracts } from '@miaodan/shared/kernel/contract'
import { serviceLifecycle } from '@miaodan/shared/catalog/lifecycle'
import { createTestApp, type TestApp } from '../../test/app.ts'
import { scheduleDeadline } from './deadlines.ts'
import { defineFeature, handle } from './feature.ts'
import { newId } from './ids.ts'
import { emit, OutboxRelay, type Event } from './outbox.ts'
import { transition } from './transition.ts'
import { inTransaction } from './tx.ts'

const things = pgTable('kernel_things', { id: uuid('id').primaryKey(), state: text('state').notNull(), note: text('note') })

const contracts = defineContracts('things', {
  make: { method: 'POST', path: '/things', access: 'anyone', summary: 'Make one.', body: z.object({ note: z.string().min(2).max(10) }), output: z.object({ id: z.uuid() }), idempotency: 'required', status: 201 },
  fail: { method: 'POST', path: '/things/fail', access: 'anyone', summary: 'Insert, then fail.' },
  secret: { method: 'GET', path: '/things/secret', access: { staff: 'ledger.read' }, summary: 'For staff.' },
})

const heard: string[] = []
let failures = 1

const feature = defineFeature({
  name: 'things',
  routes: [
    handle(contracts.make, async ({ tx, deps, body }) => {
      const id = newId()
      await tx.insert(things).values({ id, state: 'draft', note: body.note })
      await emit(tx, deps.clock, 'things.made', { id }, id)
      return { id }
    }),
    handle(contracts.fail, async ({ tx }) => {
      await tx.insert(things).values({ id: newId(), state: 'draft', note: 'lost' })
      throw new Error('broken on purpose')
    }),
    handle(contracts.secret, async () => {}),
  ],
  subscribers: [{ name: 'things.listen', on: ['things.made'], handle: async (_tx, event) => {
    if (failures-- > 0) throw new Error('not yet')
    heard.push(event.payload['id'] as string)
  } }],
  deadlines: { 'service.submit': async (tx, deadline, deps) => {
    await transition(tx, deps.clock, serviceLifecycle, things, { id: deadline.entityId, action: 'submit', actor: 'provider' })
  } },
})

let t: TestApp
beforeAll(async () => {
  t = await createTestApp({ features: [feature] })
  await t.deps.db.execute(sql`create table kernel_things (id uuid primary key, state text not null, note text)`)
})
afterAll(() => t.close())

const make = (key: string, note: string, language = 'en') => t.app.inject({ method: 'POST', url: '/api/v1/things', headers: { 'idempotency-key': key, 'accept-language': language }, payload: { note } })
const count = async () => Number((await t.deps.db.execute<{ n: string }>(sql`select count(*) n from kernel_things`))[0]?.n)

describe('a request', () => {
  it('that repeats its key gets the first answer and changes nothing', async () => {
    const before = await count()
    const [first, second] = await Promise.all([make('key-1', 'hello'), make('key-1', 'hello')])
    expect(first.statusCode).toBe(201)
    expect(second.body).toBe(first.body)
    expect(await count()).toBe(before + 1)
  })

  it('that repeats its key with other content is refused', async () => {
    expect((await make('key-1', 'other')).json()).toMatchObject({ code: 'kernel.idempotency_key_reused', status: 422 })
  })

  it('with bad input gets a problem document that names the field, in the reader\'s language', async () => {
    const en = (await make('key-2', 'x')).json()
    const zh = (await make('key-2', 'x', 'zh-CN')).json()
    expect(en).toMatchObject({ code: 'kernel.invalid_input', status: 422, errors: [{ field: 'body.note' }] })
    expect(zh.title).toMatch(/[\u4e00-\u9fff]/)
    expect(zh.errors[0].message).toMatch(/[\u4e00-\u9fff]/)
    const missing = await t.app.inject({ method: 'POST', url: '/api/v1/things', headers: { 'idempotency-key': 'key-2', 'accept-language': 'en' }, payload: {} })
    expect(missing.json().errors).toEqual([{ field: 'body.note', code: 'required', message: 'This is needed.' }])
  })

  it.each([['/api/v1/%zz', 400, 'kernel.malformed'], [`/api/v1/files/${'x'.repeat(500)}`, 404, 'kernel.not_found']])('to an address that cannot be is told so: %s', async (url, status, code) => {
    const answer = await t.app.inject(url)
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(answer.json()).toMatchObject({ status, code })
  })

  it('that fails leaves nothing half written and tells no internals', async () => {
    const before = await count()
    const answer = await t.app.inject({ method: 'POST', url: '/api/v1/things/fail' })
    expect(answer.statusCode).toBe(500)
    expect(answer.body).not.toContain('broken on purpose')
    expect(await count()).toBe(before)
  })

  it('from another site is refused', async () => {
    const answer = await t.app.inject({ method: 'POST', url: '/api/v1/things', headers: { origin: 'https://evil.example', 'idempotency-key': 'k' }, payload: { note: 'hello' } })
    expect(answer.json().code).toBe('kernel.foreign_origin')
  })

  it('to a place the person may not enter is refused', async () => {
    expect((await t.app.inject('/api/v1/things/secret')).statusCode).toBe(401)
  })
})

describe('the outbox', () => {
  it('hands an event to its subscriber once, also when the first try fails', async () => {
    await t.worker.drain()
    expect(heard).toHaveLength(0)
    await t.deps.db.execute(sql`update outbox set claimed_until = null where published_at is null`)
    await t.worker.drain()
    await t.worker.drain()
    expect(heard).toHaveLength(1)
  })
})

describe('two relays', () => {
  it('hand on each event once, and those of one thing in their order', async () => {
    const [keys, each] = [5, 60]
    const seen = new Map<string, number[]>()
    const subscriber = { name: 'things.order', on: ['things.counted'], handle: async (_tx: unknown, { payload }: Event) => {
      seen.set(String(payload['key']), [...seen.get(String(payload['key'])) ?? [], Number(payload['number'])])
    } }
    const relays = [1, 2, 3].map(() => new OutboxRelay(t.deps, [subscriber]))
    const numbers = Array.from({ length: each }, (_, number) => number)
    let writing = true
    const write = async () => {
      for (const number of numbers) await inTransaction(t.deps.db, async tx => {
        for (let key = 0; key < keys; key++) await emit(tx, t.deps.clock, 'things.counted', { key, number }, `counted:${key}`)
      })
      writing = false
    }
    const relay = async (one: OutboxRelay<typeof t.deps>) => {
      while (writing || await one.drain() > 0) await one.drain()
    }
    await Promise.all([write(), ...relays.map(relay)])
    await t.worker.drain()
    expect([...seen.values()]).toEqual(Array.from({ length: keys }, () => numbers))
  })
})

describe('a transition', () => {
  it('happens once however many try, is recorded, and only along a declared edge', async () => {
    const id = newId()
    await t.deps.db.insert(things).values({ id, state: 'draft' })
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => inTransaction(t.deps.db, tx => transition(tx, t.deps.clock, serviceLifecycle, things, { id, action: 'submit', actor: 'provider' }))))
    expect(tries.filter(result => result.status === 'fulfilled')).toHaveLength(1)
    await expect(t.deps.db.execute(sql`insert into transitions (id, entity, entity_id, action, from_state, to_state, actor, at) values (${newId()}, 'service', ${id}, 'approve', 'draft', 'published', 'staff', now())`)).rejects.toThrow()
  })

  it('is fired by its deadline when the clock gets there, and not before', async () => {
    const id = newId()
    await t.deps.db.insert(things).values({ id, state: 'draft' })
    const state = async () => (await t.deps.db.execute<{ state: string }>(sql`select state from kernel_things where id = ${id}`))[0]?.state
    await inTransaction(t.deps.db, tx => scheduleDeadline(tx, { entity: 'service', entityId: id, action: 'submit', dueAt: new Date(t.deps.clock.now().getTime() + 3_600_000) }))
    await t.advance(3_500_000)
    expect(await state()).toBe('draft')
    await t.advance(200_000)
    expect(await state()).toBe('in_review')
  })
})

/** Work that was given up is seen with its reason by the owner, tried again, and written down. */
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { signUp, type TestPerson } from '../../../test/people.ts'
import { scheduleDeadline } from '../../kernel/deadlines.ts'
import { queuesOfJobs } from '../../kernel/housekeeping.ts'
import { newId } from '../../kernel/ids.ts'
import { emit } from '../../kernel/outbox.ts'
import { inTransaction } from '../../kernel/tx.ts'

let t: TestApp
let owner: TestPerson
beforeAll(async () => {
  t = await createTestApp()
  owner = await signUp(t, { staffRoles: ['owner'] })
})
afterAll(() => t.close())

type Failure = { id: string, kind: string, name: string, about: string | null, error: string, attempts: number, values: Record<string, unknown> }
const list = async (): Promise<Failure[]> => (await owner.inject({ url: '/api/v1/staff/failures' })).json().items
const retry = async (id: string, by = owner) => (await by.inject({ method: 'POST', url: '/api/v1/staff/failures/retries', payload: { id } })).statusCode
const audited = async (): Promise<Record<string, unknown>[]> => (await owner.inject({ url: '/api/v1/staff/audit?action=system.failure_retried' })).json().items

describe('work that was given up', () => {
  it('is shown with what, why and how often, and is done when it is tried again', async () => {
    const [orderId, deadlineOf] = [newId(), newId()]
    await inTransaction(t.deps.db, async tx => {
      await emit(tx, t.deps.clock, 'nobody.listens', { orderId }, orderId)
      await scheduleDeadline(tx, { entity: 'payment', entityId: deadlineOf, action: 'expire', dueAt: t.deps.clock.now() })
    })
    await t.deps.db.execute(sql`update outbox set dead_at = now(), attempts = 12, last_error = 'Error: 坏了', claimed_until = now() + interval '1 hour' where key = ${orderId}`)
    await t.deps.db.execute(sql`update deadlines set dead_at = now(), attempts = 12, last_error = 'Error: broken', retry_at = now() + interval '1 hour' where entity_id = ${deadlineOf}`)
    const shown = await list()
    const found = (kind: string): Failure => shown.find(item => item.kind === kind) as Failure
    expect(found('event')).toMatchObject({ name: 'nobody.listens', about: orderId, error: 'Error: 坏了', attempts: 12, values: { orderId } })
    expect(found('deadline')).toMatchObject({ name: 'payment.expire', about: deadlineOf, error: 'Error: broken', attempts: 12 })
    expect((await owner.inject({ url: '/api/v1/staff/queues' })).json().items).toContainEqual(expect.objectContaining({ name: 'failures', waiting: 2 }))

    for (const kind of ['event', 'deadline']) expect(await retry(found(kind).id)).toBe(204)
    await t.worker.drain()
    expect(await list()).toEqual([])
    expect(await t.deps.db.execute(sql`select 1 from outbox where key = ${orderId} and published_at is not null`)).toHaveLength(1)
    expect(await t.deps.db.execute(sql`select 1 from deadlines where entity_id = ${deadlineOf}`)).toHaveLength(0)
    expect(await audited()).toMatchObject([{ oldValues: { name: 'payment.expire', attempts: 12, error: 'Error: broken' } }, { oldValues: { name: 'nobody.listens' } }])
    expect(await retry(found('event').id)).toBe(404)
  })

  it('may be a job', async () => {
    const [queue] = queuesOfJobs
    if (!queue) throw new Error('there is no queue')
    const stop = await t.deps.jobs.work(queue, async () => { throw new Error('disk full') })
    await t.deps.jobs.add({ ...queue, attempts: 1 }, { folder: 'a' }, { id: 'one:of:them' })
    await expect.poll(list, { timeout: 20_000 }).toMatchObject([{ id: `job:${queue.name}:one:of:them`, kind: 'job', name: queue.name, error: 'disk full', attempts: 1, values: { folder: 'a' } }])
    expect((await owner.inject({ url: '/api/v1/staff/queues' })).json().items).toContainEqual({ name: 'failures', waiting: 1, oldestAt: expect.any(String) })
    await stop()
    const done: string[] = []
    const stopAgain = await t.deps.jobs.work(queue, async ({ id }) => void done.push(id))
    expect(await retry(`job:${queue.name}:one:of:them`)).toBe(204)
    await expect.poll(() => done, { timeout: 20_000 }).toEqual(['one:of:them'])
    expect(await audited()).toMatchObject([{ newValues: { name: queue.name, jobId: 'one:of:them' } }, {}, {}])
    expect(await retry(`job:${queue.name}:one:of:them`)).toBe(404)
    await stopAgain()
  })

  it('is for the owner alone, and nothing else can be tried', async () => {
    const support = await signUp(t, { staffRoles: ['support'] })
    expect((await support.inject({ url: '/api/v1/staff/failures' })).statusCode).toBe(403)
    expect(await retry('event:x', support)).toBe(403)
    for (const id of ['', 'event', 'event:x', `deadline:${newId()}`, 'job:nowhere:1', `job:${queuesOfJobs[0]?.name}:1`, 'payout:1']) expect(await retry(id)).toBe(404)
  })
})

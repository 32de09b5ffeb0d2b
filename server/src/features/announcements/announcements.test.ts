/** Announcements: who sees what from when on, how much of it is new to each person, and what the log says of who wrote it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { asc, eq } from 'drizzle-orm'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { done, send } from '../../../test/orders.ts'
import { signUp, type TestPerson } from '../../../test/people.ts'
import { auditEntries } from '../../kernel/audit.ts'

let t: TestApp
let address: string
let support: TestPerson
beforeAll(async () => {
  t = await createTestApp()
  address = (await t.app.listen({ port: 0, host: '127.0.0.1' })).replace('http', 'ws')
})
/** The weeks that pass in a test sign everybody out. */
beforeEach(async () => { support = await signUp(t, { staffRoles: ['support'] }) })
afterAll(() => t.close())

const HOUR = 3_600_000
const DAY = 24 * HOUR
const after = (ms: number): string => new Date(t.deps.clock.now().getTime() + ms).toISOString()
const contentOf = (overrides: Record<string, unknown> = {}) => ({ kind: 'notice', titleZh: '年货节临近', titleEn: 'Year-end season', bodyZh: '请早下单。', bodyEn: 'Order early.', effectiveAt: null, ...overrides })
const draft = async (overrides: Record<string, unknown> = {}): Promise<string> => (await done(support, 'POST', '/staff/announcements', contentOf(overrides))).id
const publish = (id: string, at: string | null = null) => send(support, 'POST', `/staff/announcements/${id}/publish`, { at })
const published = async (overrides: Record<string, unknown> = {}): Promise<string> => {
  const id = await draft(overrides)
  expect((await publish(id)).json()).toMatchObject({ state: 'published' })
  return id
}
const withdraw = (id: string) => send(support, 'POST', `/staff/announcements/${id}/withdraw`, { reason: '日期写错了' })
const guest = async (path: string) => t.app.inject(`/api/v1${path}`)
const publicIds = async (): Promise<string[]> => (await guest('/announcements?limit=100')).json().items.map(({ id }: { id: string }) => id)
const news = (person: TestPerson) => done(person, 'GET', '/announcements/news')
const stateOf = async (id: string): Promise<string> => (await done(support, 'GET', '/staff/announcements?limit=100')).items.find((item: { id: string }) => item.id === id).state

describe('what everybody sees', () => {
  it('is what was published, newest first and page by page, in both languages', async () => {
    const older = await published()
    await t.advance(HOUR)
    const newer = await published({ kind: 'maintenance' })
    const first = (await guest('/announcements?limit=1')).json()
    expect(first.items).toMatchObject([{ id: newer, kind: 'maintenance', title: { zh: '年货节临近', en: 'Year-end season' }, effectiveAt: null, read: true }])
    const second = (await guest(`/announcements?limit=1&cursor=${first.next}`)).json()
    expect(second.items).toMatchObject([{ id: older }])
    expect((await guest(`/announcements/${older}`)).json()).toMatchObject({ body: { zh: '请早下单。', en: 'Order early.' } })
  })

  it('is no draft', async () => {
    const id = await draft()
    expect(await publicIds()).not.toContain(id)
    expect((await guest(`/announcements/${id}`)).statusCode).toBe(404)
    expect((await send(await signUp(t), 'POST', `/announcements/${id}/read`)).statusCode).toBe(404)
  })

  it('comes at the moment that was chosen, whether or not a worker is there', async () => {
    const id = await draft()
    expect((await publish(id, after(2 * HOUR))).json()).toMatchObject({ state: 'scheduled' })
    await t.advance(HOUR)
    expect(await publicIds()).not.toContain(id)
    expect((await guest(`/announcements/${id}`)).statusCode).toBe(404)
    await t.deps.clock.advance(t.deps.sql, HOUR)
    expect(await publicIds()).toContain(id)
    expect(await stateOf(id)).toBe('scheduled')
    expect((await send(support, 'PUT', `/staff/announcements/${id}`, contentOf())).json()).toMatchObject({ status: 409, code: 'announcements.published' })
    await t.worker.drain()
    expect(await stateOf(id)).toBe('published')
  })

  it('follows when the moment is changed, or is now', async () => {
    const [later, sooner] = [await draft(), await draft()]
    for (const id of [later, sooner]) await publish(id, after(HOUR))
    expect((await publish(later, after(5 * HOUR))).json()).toMatchObject({ state: 'scheduled' })
    expect((await publish(sooner)).json()).toMatchObject({ state: 'published' })
    await t.advance(2 * HOUR)
    expect(await publicIds()).toContain(sooner)
    expect([await publicIds(), await stateOf(later)]).toEqual([expect.not.arrayContaining([later]), 'scheduled'])
    await t.advance(3 * HOUR)
    expect(await stateOf(later)).toBe('published')
  })

  it('goes when it is withdrawn, and one that waits never comes', async () => {
    const [there, waiting] = [await published(), await draft()]
    await publish(waiting, after(HOUR))
    for (const id of [there, waiting]) expect((await withdraw(id)).json()).toMatchObject({ state: 'withdrawn' })
    await t.advance(2 * HOUR)
    for (const id of [there, waiting]) {
      expect((await guest(`/announcements/${id}`)).statusCode).toBe(404)
      expect((await publish(id)).json()).toMatchObject({ code: 'kernel.illegal_transition' })
    }
    expect(await publicIds()).toEqual(expect.not.arrayContaining([there, waiting]))
  })
})

describe('a change of rules', () => {
  const rules = (days: number) => ({ kind: 'rules', effectiveAt: after(days * DAY) })

  it('names its day', async () => {
    expect((await send(support, 'POST', '/staff/announcements', contentOf({ kind: 'rules' }))).json()).toMatchObject({ status: 422, code: 'announcements.day_missing', errors: [{ field: 'body.effectiveAt' }] })
  })

  it('is public for seven days before', async () => {
    const id = await draft(rules(6.9))
    const refused = await publish(id)
    expect(refused.json()).toMatchObject({ status: 422, code: 'announcements.rules_too_soon', errors: [{ field: 'body.at' }] })
    expect(refused.json().title).toMatch(/at least 7 days before.*\d{4}-\d{2}-\d{2}/)
    expect(await stateOf(id)).toBe('draft')
    await done(support, 'PUT', `/staff/announcements/${id}`, contentOf(rules(7.1)))
    expect((await publish(id, after(DAY))).json()).toMatchObject({ code: 'announcements.rules_too_soon' })
    expect((await publish(id)).statusCode).toBe(200)
  })

  it('stays so while it is scheduled', async () => {
    const id = await draft(rules(9))
    expect((await publish(id, after(DAY))).statusCode).toBe(200)
    const edit = (days: number) => send(support, 'PUT', `/staff/announcements/${id}`, contentOf(rules(days)))
    expect((await edit(7.5)).json()).toMatchObject({ code: 'announcements.rules_too_soon', errors: [{ field: 'body.effectiveAt' }] })
    expect((await edit(8.5)).statusCode).toBe(200)
  })

  it('says the first day that would do', async () => {
    const id = await draft(rules(1))
    const day = /\d{4}-\d{2}-\d{2}/.exec((await publish(id)).json().title)?.[0]
    const begin = (offset: number) => ({ kind: 'rules', effectiveAt: new Date(Date.parse(`${day}T00:00:00+08:00`) + offset * DAY).toISOString() })
    await done(support, 'PUT', `/staff/announcements/${id}`, contentOf(begin(-1)))
    expect((await publish(id)).statusCode).toBe(422)
    await done(support, 'PUT', `/staff/announcements/${id}`, contentOf(begin(0)))
    expect((await publish(id)).statusCode).toBe(200)
  })
})

describe('what is new', () => {
  it('is what came since somebody joined and they have not read, for each person by themselves', async () => {
    const before = await published()
    await t.advance(HOUR)
    const [one, other] = [await signUp(t), await signUp(t)]
    expect(await news(one)).toMatchObject({ unread: 0, latest: { id: before, read: true } })
    await t.advance(HOUR)
    const first = await published()
    await t.advance(HOUR)
    const second = await published({ kind: 'maintenance' })
    expect(await news(one)).toMatchObject({ unread: 2, latest: { id: second, read: false }, line: { id: second } })
    await send(one, 'POST', `/announcements/${second}/read`)
    expect(await news(one)).toMatchObject({ unread: 0, line: null })
    // An older one read later takes nothing back.
    await send(one, 'POST', `/announcements/${first}/read`)
    expect(await news(one)).toMatchObject({ unread: 0 })
    await send(other, 'POST', `/announcements/${first}/read`)
    expect(await news(other)).toMatchObject({ unread: 1, line: { id: second } })
    expect((await done(other, 'GET', '/announcements?limit=3')).items.map(({ read }: { read: boolean }) => read)).toEqual([false, true, true])
    await withdraw(second)
    expect(await news(other)).toMatchObject({ unread: 0, latest: { id: first }, line: null })
  })

  it('stands in the line when it is about maintenance or rules, for two weeks', async () => {
    await t.advance(15 * DAY)
    support = await signUp(t, { staffRoles: ['support'] })
    const person = await signUp(t)
    await t.advance(HOUR)
    const rules = await published({ kind: 'rules', effectiveAt: after(8 * DAY) })
    await t.advance(HOUR)
    const notice = await published()
    expect(await news(person)).toMatchObject({ unread: 2, latest: { id: notice }, line: { id: rules } })
    expect((await guest('/announcements/news')).json()).toMatchObject({ unread: 0, latest: { id: notice }, line: { id: rules } })
    await t.deps.clock.advance(t.deps.sql, 15 * DAY)
    expect((await guest('/announcements/news')).json()).toMatchObject({ latest: { id: notice }, line: null })
  })

  it('wakes every browser that is open, also when nobody published it by hand', async () => {
    const people = [await signUp(t), await signUp(t)]
    const sockets = await Promise.all(people.map(({ cookie }) => listen(cookie)))
    const id = await draft()
    await publish(id, after(HOUR))
    await t.advance(HOUR)
    for (const { types } of sockets) await expect.poll(() => types).toEqual(['hello', 'announcements.changed'])
    await published()
    for (const { types } of sockets) await expect.poll(() => types.length).toBe(3)
    for (const { socket } of sockets) socket.close()
  })
})

describe('the desk', () => {
  it('belongs to support and the owner', async () => {
    const id = await published()
    for (const staffRoles of [['moderator'], ['finance'], ['arbitrator'], []] as const) {
      const person = await signUp(t, { staffRoles })
      expect((await send(person, 'GET', '/staff/announcements')).statusCode).toBe(403)
      expect((await send(person, 'POST', '/staff/announcements', contentOf())).statusCode).toBe(403)
      expect((await send(person, 'POST', `/staff/announcements/${id}/withdraw`, { reason: 'x' })).statusCode).toBe(403)
    }
    expect((await send(await signUp(t, { staffRoles: ['owner'] }), 'GET', '/staff/announcements')).statusCode).toBe(200)
  })

  it('needs both languages, a moment to come, and leaves alone what is public', async () => {
    for (const field of ['titleZh', 'titleEn', 'bodyZh', 'bodyEn']) expect((await send(support, 'POST', '/staff/announcements', contentOf({ [field]: ' ' }))).json()).toMatchObject({ status: 422, errors: [{ field: `body.${field}` }] })
    const id = await draft()
    expect((await publish(id, after(-HOUR))).json()).toMatchObject({ status: 422, code: 'announcements.in_past', errors: [{ field: 'body.at' }] })
    await publish(id)
    expect((await send(support, 'PUT', `/staff/announcements/${id}`, contentOf({ titleZh: '别的' }))).json()).toMatchObject({ status: 409, code: 'announcements.published' })
    expect((await publish(id)).json()).toMatchObject({ status: 409, code: 'announcements.published' })
  })

  it('does each step once when two do it together', async () => {
    const id = await draft()
    const answers = await Promise.all([publish(id), publish(id), publish(id)])
    expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 409, 409])
  })

  it('writes everything down', async () => {
    const id = await draft({ kind: 'rules', effectiveAt: after(20 * DAY) })
    const moment = after(DAY)
    await done(support, 'PUT', `/staff/announcements/${id}`, contentOf({ kind: 'rules', effectiveAt: after(20 * DAY), titleZh: '规则更新' }))
    await publish(id, moment)
    await withdraw(id)
    const entries = await t.deps.db.select().from(auditEntries).where(eq(auditEntries.entityId, id)).orderBy(asc(auditEntries.id))
    expect(entries).toMatchObject([
      { action: 'announcements.created', entity: 'announcement', newValues: { kind: 'rules', titleZh: '年货节临近' } },
      { action: 'announcements.edited', oldValues: { titleZh: '年货节临近' }, newValues: { titleZh: '规则更新' } },
      { action: 'announcements.scheduled', oldValues: { state: 'draft', publishedAt: null }, newValues: { state: 'scheduled', publishedAt: moment } },
      { action: 'announcements.withdrawn', oldValues: { state: 'scheduled' }, newValues: { state: 'withdrawn' }, reason: '日期写错了' },
    ])
    expect(entries[1]?.newValues).not.toHaveProperty('bodyZh')
  })
})

async function listen(cookie: string): Promise<{ socket: WebSocket, types: string[] }> {
  const socket = new WebSocket(`${address}/api/v1/live`, { headers: { cookie } })
  const types: string[] = []
  socket.on('message', data => types.push((JSON.parse(String(data)) as { type: string }).type))
  await expect.poll(() => types).toContain('hello')
  return { socket, types }
}

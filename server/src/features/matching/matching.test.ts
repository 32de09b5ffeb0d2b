/** From the opening of a requirement to the invited providers, on a small town of people. */
import { and, eq, inArray } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { publishedService } from '../../../test/catalog.ts'
import { signUp, type TestPerson } from '../../../test/people.ts'
import { postedRequirement, wireYuan } from '../../../test/requirements.ts'
import { newId } from '../../kernel/ids.ts'
import { emit } from '../../kernel/outbox.ts'
import { outbox, transitions } from '../../kernel/tables.ts'
import { inTransaction } from '../../kernel/tx.ts'
import { updateProvider } from '../accounts/index.ts'
import { medianFirstMatchSeconds } from './views.ts'
import { invitations, matchRuns } from './tables.ts'

const MINUTE = 60_000

let t: TestApp
let buyer: TestPerson
const town: Record<string, TestPerson> = {}

type Change = Partial<Parameters<typeof updateProvider>[3]>
async function provider(name: string, skills: string[], service: Parameters<typeof publishedService>[2], change: Change = {}) {
  const person = await signUp(t, { displayName: name, roles: ['provider'], city: '510100' })
  await inTransaction(t.deps.db, tx => updateProvider(tx, t.deps, person.userId, {
    headline: name, bio: `${name}的介绍`, bioEn: '', contactName: null, areas: ['all'], skills, weeklyHours: {}, replyHabit: '', holiday: null, capacity: 3, ...change,
  }))
  await publishedService(t, person, { skills, ...service })
  town[name] = person
}

const done = (person: TestPerson, facts: { onTime: boolean, category?: string }) => inTransaction(t.deps.db, async tx => {
  const id = newId()
  await emit(tx, t.deps.clock, 'order.complete', { id, providerId: person.userId, categoryId: facts.category ?? null, onTime: facts.onTime, amount: '500000' }, id)
})
const rated = (person: TestPerson, stars: number) => inTransaction(t.deps.db, async tx => {
  const id = newId()
  await emit(tx, t.deps.clock, 'reviews.published', { id, side: 'buyer', subjectId: person.userId, serviceId: null, ratings: { attitude: stars, skill: stars, quality: stars } }, id)
})
const running = (person: TestPerson) => inTransaction(t.deps.db, async tx => {
  const id = newId()
  await emit(tx, t.deps.clock, 'order.start', { id, orderId: id, providerId: person.userId, buyerId: buyer.userId, title: '进行中' }, id)
})

beforeAll(async () => {
  t = await createTestApp()
  buyer = await signUp(t, { displayName: '小满', roles: ['buyer', 'provider'] })
  const ordering = { title: '微信点单小程序', summary: '扫码点单，小票打印，后台改菜单', category: 'mini-program' }
  await provider('老手', ['微信小程序', '支付对接'], ordering)
  await provider('普通', ['微信小程序'], { title: '商城小程序', category: 'mini-program' })
  await provider('迟到', ['微信小程序', '支付对接'], ordering)
  await provider('新人', ['微信小程序', '支付对接'], ordering)
  await provider('贵的', ['微信小程序'], { ...ordering, packages: [{ tier: 'basic', name: '基础', price: wireYuan(90_000), deliveryDays: 60, revisions: 3, includes: ['全部'] }] })
  await provider('官网', ['前端开发'], { title: '企业官网', category: 'website' })
  await provider('招牌', ['字体设计'], { title: '招牌设计', summary: '灯箱和门头', category: 'signage' })
  await provider('休假', ['微信小程序', '支付对接'], ordering, { holiday: { from: '2020-01-01', until: '2099-01-01', note: '' } })
  await provider('满了', ['微信小程序', '支付对接'], ordering, { capacity: 1 })
  for (const name of ['老手', '迟到', '普通', '贵的', '官网']) for (let order = 0; order < 6; order++) await done(town[name] as TestPerson, { onTime: name !== '迟到' })
  for (const name of ['老手', '普通', '贵的', '官网']) for (let review = 0; review < 6; review++) await rated(town[name] as TestPerson, 5)
  for (let review = 0; review < 6; review++) await rated(town['迟到'] as TestPerson, 2)
  await running(town['满了'] as TestPerson)
  await t.worker.drain()
})
afterAll(() => t.close())

const nameOf = (id: string) => Object.entries(town).find(([, person]) => person.userId === id)?.[0]
const matches = async (id: string, person = buyer) => (await person.inject({ url: `/api/v1/requirements/${id}/matches` })).json()
const names = (answer: { items: { provider: { id: string } }[] }) => answer.items.map(item => nameOf(item.provider.id))
const tell = (person: TestPerson, id: string, what: string) => person.inject({ method: 'POST', url: `/api/v1/requirements/${id}/${what}` })
const feedOf = async (person: TestPerson) => (await person.inject({ url: '/api/v1/workbench/requirements' })).json().items as { id: string, invitation: string | null, fit: { score: number } }[]
const offer = (person: TestPerson, requirementId: string) => person.inject({ method: 'POST', url: '/api/v1/quotes', headers: { 'idempotency-key': newId() }, payload: {
  requirementId, terms: { message: '可以做', revisions: 2, milestones: [{ title: '点单', price: wireYuan(5000), days: 10, checklist: ['扫码点单'] }] },
} })

describe('the ranking', () => {
  it('puts those first who do this work, keep their dates and are liked, and says why', async () => {
    const answer = await matches(await postedRequirement(t, buyer))
    expect(names(answer).slice(0, 2)).toEqual(['老手', '新人'])
    expect(names(answer)).toEqual(expect.arrayContaining(['普通', '迟到', '贵的']))
    for (const absent of ['招牌', '休假', '满了', undefined]) expect(names(answer)).not.toContain(absent)
    const [first] = answer.items
    expect(first.fit.reasons.map((reason: { code: string }) => reason.code)).toEqual(expect.arrayContaining(['skills', 'price_within']))
    expect(first.fit.reasons).toContainEqual({ code: 'skills', matched: 2, wanted: 2, names: ['微信小程序', '支付对接'] })
    expect(answer.items.find((item: { provider: { id: string } }) => nameOf(item.provider.id) === '新人')).toMatchObject({ newcomer: true, finished: 0 })
  })

  it('is there as soon as the requirement has opened, as the recorded moments show', async () => {
    const id = await postedRequirement(t, buyer)
    const [published] = await t.deps.db.select().from(transitions).where(and(eq(transitions.entityId, id), eq(transitions.action, 'publish')))
    const [run] = await t.deps.db.select().from(matchRuns).where(eq(matchRuns.requirementId, id))
    expect(run).toMatchObject({ fitting: expect.any(Number), wave: 1 })
    expect(published?.at.getTime()).toBeGreaterThanOrEqual(run?.openedAt.getTime() ?? Infinity)
    expect(run?.rankedAt.getTime()).toBeGreaterThanOrEqual(published?.at.getTime() ?? Infinity)
  })

  it('is for its buyer: strangers and providers find nothing there', async () => {
    const id = await postedRequirement(t, buyer)
    for (const other of [town['老手'] as TestPerson, await signUp(t)]) expect((await other.inject({ url: `/api/v1/requirements/${id}/matches` })).statusCode).toBe(404)
  })

  it('can be seen coming while it is written', async () => {
    const answer = await t.app.inject({ method: 'POST', url: '/api/v1/matching/preview', payload: { category: 'mini-program', title: '点单小程序', skills: ['微信小程序'] } })
    expect(answer.json()).toMatchObject({ fitting: expect.any(Number), faces: expect.arrayContaining([expect.objectContaining({ displayName: '老手' })]) })
  })
})

describe('waves', () => {
  it('tell five, after two minutes the rest, after two more the hall', async () => {
    const extra: TestPerson[] = []
    for (let number = 0; number < 4; number++) {
      const name = `备选${number}`
      await provider(name, ['微信小程序'], { title: '小程序维护', category: 'mini-program' })
      extra.push(town[name] as TestPerson)
    }
    await t.worker.drain()
    const id = await postedRequirement(t, buyer)
    expect(await matches(id)).toMatchObject({ told: 5, hallAt: null, next: { count: 5 - 1 } })
    const late = (await matches(id)).items.find((item: { state: string }) => item.state === 'waiting')
    const lateOne = town[nameOf(late.provider.id) as string] as TestPerson
    expect((await lateOne.inject({ url: `/api/v1/requirements/${id}` })).statusCode).toBe(404)
    await t.advance(2 * MINUTE)
    expect(await matches(id)).toMatchObject({ told: 9, hallAt: null, next: { count: null } })
    expect((await lateOne.inject({ url: `/api/v1/requirements/${id}` })).statusCode).toBe(200)
    expect((await (town['官网'] as TestPerson).inject({ url: `/api/v1/requirements/${id}` })).statusCode).toBe(404)
    await t.advance(2 * MINUTE)
    expect(await matches(id)).toMatchObject({ told: 9, next: null, hallAt: expect.any(String) })
    expect((await (town['官网'] as TestPerson).inject({ url: `/api/v1/requirements/${id}` })).statusCode).toBe(200)
    expect(await t.deps.db.select().from(outbox).where(and(eq(outbox.topic, 'requirement.invited'), eq(outbox.key, id)))).toHaveLength(9)
    for (const person of extra) await inTransaction(t.deps.db, tx => updateProvider(tx, t.deps, person.userId, { headline: '停', bio: '停', bioEn: '', contactName: null, areas: ['all'], skills: ['别的'], weeklyHours: {}, replyHabit: '', holiday: { from: '2020-01-01', until: '2099-01-01', note: '' }, capacity: 1 }))
    await t.worker.drain()
  })

  it('of a direct one tell the chosen alone, and no hall opens', async () => {
    const id = await postedRequirement(t, buyer, { way: 'direct', providerIds: [(town['招牌'] as TestPerson).userId] })
    await t.advance(10 * MINUTE)
    expect(await matches(id)).toMatchObject({ told: 1, next: null, hallAt: null })
    expect((await feedOf(town['招牌'] as TestPerson)).map(item => item.id)).toContain(id)
    const inHall = async (name: string) => (await (town[name] as TestPerson).inject({ url: '/api/v1/requirements?limit=50' })).json().items.map((item: { id: string }) => item.id)
    expect(await inHall('招牌')).toContain(id)
    expect(await inHall('官网')).not.toContain(id)
  })
})

describe('an invited provider', () => {
  it('finds it in the hall before the hall opens to others', async () => {
    const id = await postedRequirement(t, buyer)
    await t.worker.drain()
    const found = async (name: string) => (await (town[name] as TestPerson).inject({ url: '/api/v1/requirements?limit=50' })).json().items.some((item: { id: string }) => item.id === id)
    expect([await found('老手'), await found('官网')]).toEqual([true, false])
  })

  it('is seen reading, writing and quoting, and the first answer is measured', async () => {
    const id = await postedRequirement(t, buyer)
    const veteran = town['老手'] as TestPerson
    const stateOf = async () => (await matches(id)).items.find((item: { provider: { id: string } }) => item.provider.id === veteran.userId).state
    expect(await feedOf(veteran)).toContainEqual(expect.objectContaining({ id, invitation: 'invited' }))
    await tell(veteran, id, 'seen')
    expect(await stateOf()).toBe('seen')
    await tell(veteran, id, 'quoting')
    await tell(veteran, id, 'seen')
    expect(await stateOf()).toBe('quoting')
    await t.advance(MINUTE)
    expect((await offer(veteran, id)).statusCode).toBe(201)
    await t.worker.drain()
    expect(await stateOf()).toBe('quoted')
    expect(await medianFirstMatchSeconds(t.deps.db, new Date(0))).toBeGreaterThanOrEqual(60)
    expect((await veteran.inject({ url: `/api/v1/requirements/${id}/fit` })).json()).toMatchObject({ invitation: { state: 'quoted', wave: 1 }, fit: { score: expect.any(Number) } })
  })

  it('who declines is asked no more', async () => {
    const id = await postedRequirement(t, buyer)
    const veteran = town['老手'] as TestPerson
    await tell(veteran, id, 'decline')
    expect((await feedOf(veteran)).map(item => item.id)).not.toContain(id)
    await tell(veteran, id, 'seen')
    expect((await matches(id)).items.find((item: { provider: { id: string } }) => item.provider.id === veteran.userId).state).toBe('declined')
  })

  it('hears that it is over when the buyer closes it', async () => {
    const id = await postedRequirement(t, buyer)
    await buyer.inject({ method: 'POST', url: `/api/v1/requirements/${id}/cancel`, headers: { 'idempotency-key': newId() }, payload: {} })
    await t.advance(5 * MINUTE)
    const rows = await t.deps.db.select().from(invitations).where(and(eq(invitations.requirementId, id), inArray(invitations.state, ['waiting', 'invited', 'seen'])))
    expect(rows).toEqual([])
    expect(await matches(id)).toMatchObject({ hallAt: null, next: null })
  })
})

describe('people kept apart', () => {
  it('are not ranked for each other, told of each other or shown each other', async () => {
    const expert = town['老手'] as TestPerson
    const other = await signUp(t, { displayName: '老客', roles: ['buyer'] })
    expect(names(await matches(await postedRequirement(t, other), other))).toContain('老手')
    const conversation = (await other.inject({ method: 'POST', url: '/api/v1/conversations', payload: { userId: expert.userId } })).json().id
    await expert.inject({ method: 'PUT', url: `/api/v1/conversations/${conversation}/block` })
    const id = await postedRequirement(t, other)
    expect(names(await matches(id, other))).not.toContain('老手')
    await t.advance(5 * MINUTE)
    expect((await feedOf(expert)).map(item => item.id)).not.toContain(id)
    await expert.inject({ method: 'DELETE', url: `/api/v1/conversations/${conversation}/block` })
  })
})

describe('a saved search', () => {
  const save = (person: TestPerson, conditions: object) => person.inject({ method: 'POST', url: '/api/v1/workbench/searches', payload: { conditions } })
  const saved = async (person: TestPerson) => (await person.inject({ url: '/api/v1/workbench/searches' })).json().items
  const found = async (person: TestPerson) => (await t.deps.db.select().from(outbox).where(eq(outbox.topic, 'requirement.found'))).filter(event => event.payload['providerId'] === person.userId)

  /** The hall opens after the waves, and the alert goes a moment after the hall. */
  const opened = async () => {
    await t.advance(10 * MINUTE)
    await t.advance(MINUTE)
  }

  it('tells of what has just opened and fits, once, and of nothing else', async () => {
    const writer = await signUp(t, { displayName: '留心的人', roles: ['provider'] })
    expect((await save(writer, { q: '小程序', category: 'web' })).statusCode).toBe(201)
    await save(writer, { maxBudget: '100' })
    const id = await postedRequirement(t, buyer)
    expect(await found(writer)).toHaveLength(0)
    await opened()
    expect((await found(writer)).filter(event => event.key === id)).toHaveLength(1)
    const before = await found(writer)
    expect(await saved(writer)).toMatchObject([{ conditions: { q: '小程序', category: 'web' }, alert: true, found: before.length }, { found: 0 }])
    const [first] = await saved(writer)
    await writer.inject({ method: 'PATCH', url: `/api/v1/workbench/searches/${first.id}`, payload: { alert: false } })
    await postedRequirement(t, buyer)
    await opened()
    expect(await found(writer)).toHaveLength(before.length)
    await writer.inject({ method: 'DELETE', url: `/api/v1/workbench/searches/${first.id}` })
    expect(await saved(writer)).toHaveLength(1)
  })

  it('is kept once, has a condition, and belongs to who keeps it', async () => {
    const one = await signUp(t, { roles: ['provider'] })
    const [first, again] = await Promise.all([save(one, { q: '海报' }), save(one, { q: '海报' })])
    expect(first.json().id).toBe(again.json().id)
    expect((await save(one, {})).json().code).toBe('matching.search_is_empty')
    expect((await save(one, { category: 'nowhere' })).json().code).toBe('catalog.category_unknown')
    const other = await signUp(t, { roles: ['provider'] })
    expect((await other.inject({ method: 'PATCH', url: `/api/v1/workbench/searches/${first.json().id}`, payload: { alert: false } })).statusCode).toBe(404)
    for (let number = 1; number < 20; number++) await save(one, { q: `第${number}个` })
    expect((await save(one, { q: '再一个' })).json().code).toBe('matching.too_many_searches')
  })
})

describe('what came of the ranking', () => {
  const figuresOf = async (staff: TestPerson) => (await staff.inject({ url: '/api/v1/staff/matching' })).json()

  it('can be counted and exported by staff, rank by rank with the parts of the score', async () => {
    const staff = await signUp(t, { staffRoles: ['finance'] })
    const figures = await figuresOf(staff)
    expect(figures.told.all).toBeGreaterThan(0)
    expect(figures.told.newcomers).toBeLessThanOrEqual(figures.told.all)
    expect(figures.ranks.reduce((sum: number, { told }: { told: number }) => sum + told, 0)).toBe(figures.told.all)
    expect(figures.ranks.reduce((sum: number, { taken }: { taken: number }) => sum + taken, 0)).toBe(figures.taken.all)
    expect(figures.parts).toHaveLength(8)
    expect(figures.parts[0]).toMatchObject({ part: 'text', weight: 22, told: expect.any(Number) })
    expect(figures.waves).toEqual({ sizes: [5, 8], seconds: 120, newcomerShare: 0.2 })
    const answer = await staff.inject({ url: '/api/v1/staff/matching/ranks.csv' })
    expect(answer.headers['content-type']).toContain('text/csv')
    const [head, ...lines] = answer.body.split('\r\n')
    expect(head).toContain('rank,provider,wave,newcomer,score,part_text,part_skills')
    expect(lines).toHaveLength(figures.ranked.all + figures.feed.shown)
    expect(new Set(lines.map(line => line.split(',').length))).toEqual(new Set([head?.split(',').length]))
    expect((await buyer.inject({ url: '/api/v1/staff/matching/ranks.csv' })).statusCode).toBe(403)
  })

  it('knows what stood in a feed without an invitation, and whether it was opened', async () => {
    const staff = await signUp(t, { staffRoles: ['finance'] })
    const late = await signUp(t, { displayName: '后来的人', roles: ['provider'] })
    await postedRequirement(t, buyer)
    await t.advance(20 * MINUTE)
    await publishedService(t, late)
    const before = (await figuresOf(staff)).feed
    const shown = async () => (await late.inject({ url: '/api/v1/workbench/requirements' })).json().items as { id: string, invitation: string | null }[]
    const items = await shown()
    await shown()
    const uninvited = items.filter(item => item.invitation === null)
    expect(uninvited.length).toBeGreaterThan(0)
    await late.inject({ method: 'POST', url: `/api/v1/requirements/${uninvited[0]!.id}/seen` })
    expect((await figuresOf(staff)).feed).toEqual({ shown: before.shown + uninvited.length, opened: before.opened + 1, answered: before.answered })
  })
})

import { describe, expect, it } from 'vitest'
import { seedCategories } from '../../features/catalog/seed-categories.ts'
import { announcements } from './announcements.ts'
import { conversations } from './conversations/index.ts'
import { helpArticles } from './help.ts'
import { orders } from './orders/index.ts'
import { buyers, demoPassword, organizations, providers, staff } from './people/index.ts'
import { requirements } from './requirements/index.ts'
import { services } from './services/index.ts'
import type { FormField, MilestonePlan, OrderStory, QuoteTerms, When } from './types.ts'

const ids = (rows: { id: string }[]) => new Set(rows.map((row) => row.id))
const duplicates = (values: string[]) => values.filter((value, index) => values.indexOf(value) !== index)
const minutes = (when: When) => 'minutesAgo' in when ? -when.minutesAgo : when.day * 1440 + Number(when.time.slice(0, 2)) * 60 + Number(when.time.slice(3))
const inOrder = (whens: When[]) => whens.every((when, index) => index === 0 || minutes(when) >= minutes(whens[index - 1] ?? when))
const sum = (plan: MilestonePlan[]) => plan.reduce((total, item) => total + item.priceFen, 0n)
const slugs = new Set(seedCategories.flatMap((category) => category.children.map((child) => child.slug)))
const people = [...buyers, ...providers, ...staff]

/** The terms that hold: those offered last before somebody accepted. */
function agreedTerms(order: OrderStory): QuoteTerms | undefined {
  return order.events.reduce<QuoteTerms | undefined>((terms, event) => event.type === 'quote' || event.type === 'counter' ? event.terms : terms, undefined)
}

describe('categories', () => {
  it('are eight with three to six children each, and no slug is used twice', () => {
    expect(seedCategories).toHaveLength(8)
    for (const category of seedCategories) expect(category.children.length, category.slug).toSatisfy((n: number) => n >= 3 && n <= 6)
    expect(duplicates(seedCategories.flatMap((c) => [c.slug, ...c.children.map((child) => child.slug)]))).toEqual([])
  })
})

describe('people', () => {
  it('have their own username, phone and address, all of them fictional', () => {
    expect(providers).toHaveLength(14)
    expect(duplicates(people.map((person) => person.username))).toEqual([])
    expect(duplicates(people.map((person) => person.phone))).toEqual([])
    for (const person of people) {
      expect(person.phone).toMatch(/^1990000\d{4}$/)
      expect(person.email).toMatch(/@example\.com$/)
    }
    expect(demoPassword).toMatch(/^(?=.*[a-z])(?=.*\d).{8,}$/i)
  })

  it('belong to organizations that know them', () => {
    for (const organization of organizations) for (const member of organization.members) {
      expect(buyers.find((buyer) => buyer.id === member.personId)?.organizationId).toBe(organization.id)
    }
  })
})

describe('services', () => {
  it('are 104 with titles of their own, six to nine a provider', () => {
    expect(services).toHaveLength(104)
    expect(duplicates(services.map((service) => service.title))).toEqual([])
    expect(duplicates(services.map((service) => service.id))).toEqual([])
    for (const provider of providers) expect(services.filter((s) => s.providerId === provider.id).length, provider.id).toSatisfy((n: number) => n >= 6 && n <= 9)
  })

  it.each(services)('$id names a category, rising prices and usable fields', (service) => {
    expect(slugs).toContain(service.category)
    expect(service.packages.length).toBeGreaterThan(0)
    service.packages.forEach((item, index) => {
      expect(item.priceFen).toBeGreaterThan(service.packages[index - 1]?.priceFen ?? 0n)
      expect(item.deliveryDays).toBeGreaterThan(0)
    })
    for (const item of service.addOns) {
      expect(item.priceFen).toBeGreaterThan(0n)
      expect(Math.min(...service.packages.map((row) => row.deliveryDays)) + item.extraDays, item.name).toBeGreaterThan(0)
    }
    expect(duplicates(service.form.map((field) => field.key))).toEqual([])
    for (const field of service.form) if ('options' in field) expect(duplicates(field.options.map((option) => option.label))).toEqual([])
    expect(service.state === 'rejected').toBe(service.rejectionReason !== undefined)
  })

  it('never show the same palette twice in a row', () => {
    expect(services.filter((service, index) => services[index - 1]?.cover.palette === service.cover.palette).map((s) => s.id)).toEqual([])
  })
})

describe('requirements', () => {
  it('are 14 for quotes, 6 instant and 4 direct', () => {
    const count = (way: string) => requirements.filter((requirement) => requirement.way === way).length
    expect([count('quotes'), count('instant'), count('direct')]).toEqual([14, 6, 4])
  })

  it.each(requirements)('$id refers to what exists', (requirement) => {
    expect(ids(buyers)).toContain(requirement.buyerId)
    expect(slugs).toContain(requirement.category)
    expect(requirement.budgetFen.min).toBeGreaterThan(0n)
    expect(requirement.budgetFen.max).toBeGreaterThanOrEqual(requirement.budgetFen.min)
    if (requirement.way === 'instant') expect(requirement.budgetFen.max).toBe(requirement.budgetFen.min)
    expect(requirement.serviceId !== undefined).toBe(requirement.way === 'direct')
    if (requirement.serviceId) expect(ids(services)).toContain(requirement.serviceId)
    for (const quote of requirement.quotes ?? []) expect(ids(providers)).toContain(quote.providerId)
    const placed = orders.some((order) => order.source.kind === 'requirement' && order.source.requirementId === requirement.id)
    expect(placed).toBe(requirement.state === 'awarded' || requirement.state === 'done')
  })
})

describe('orders', () => {
  it('are thirty', () => expect(duplicates(orders.map((order) => order.id)).length + orders.length).toBe(30))

  it.each(orders)('$id tells a story in order about milestones that exist', (order) => {
    expect(ids(buyers)).toContain(order.buyerId)
    expect(ids(providers)).toContain(order.providerId)
    expect(inOrder(order.events.map((event) => event.at))).toBe(true)
    const plan = agreedTerms(order)?.milestones
    expect(order.ends.milestones).toHaveLength(plan?.length ?? 1)
    for (const event of order.events) {
      if ('milestone' in event && event.milestone) expect(event.milestone).toBeLessThanOrEqual(order.ends.milestones.length)
      if (event.type === 'payout') expect(event.amountFen).toBeGreaterThan(0n)
      if (event.type === 'review') for (const rating of [event.review.attitude, event.review.skill, event.review.quality]) expect([1, 2, 3, 4, 5]).toContain(rating)
    }
    const revisions = order.events.filter((event) => event.type === 'request_revision').length
    expect(revisions).toBeLessThanOrEqual(agreedTerms(order)?.revisions ?? 2)
  })

  it.each(orders.filter((order) => order.source.kind === 'requirement'))('$id stays within the budget that was named', (order) => {
    const { source } = order
    const requirement = requirements.find((row) => source.kind === 'requirement' && row.id === source.requirementId)
    const price = agreedTerms(order)?.milestones
    expect(requirement?.buyerId).toBe(order.buyerId)
    if (price) expect(sum(price)).toBeLessThanOrEqual(requirement?.budgetFen.max ?? 0n)
  })

  it.each(orders.filter((order) => order.source.kind === 'service'))('$id answers the form of its service', ({ source, providerId }) => {
    if (source.kind !== 'service') return
    const service = services.find((row) => row.id === source.serviceId)
    expect(service?.providerId).toBe(providerId)
    expect(service?.state).toBe('published')
    expect(service?.packages.map((item) => item.tier)).toContain(source.tier)
    for (const id of source.addOnIds) expect(service?.addOns.map((item) => item.id)).toContain(id)
    const fields = new Map(service?.form.map((field): [string, FormField] => [field.key, field]))
    for (const key of Object.keys(source.answers)) expect(fields.has(key), key).toBe(true)
    for (const field of fields.values()) {
      const answer = source.answers[field.key]
      if (field.required) expect(answer, field.key).toBeDefined()
      if (answer !== undefined && 'options' in field) for (const label of [answer].flat()) expect(field.options.map((o) => o.label)).toContain(label)
    }
  })

  it('show every state of an order and of a milestone', () => {
    expect(new Set(orders.map((order) => order.ends.order))).toEqual(new Set(['pending_payment', 'paid', 'in_progress', 'completed', 'cancelled', 'expired']))
    expect(new Set(orders.flatMap((order) => order.ends.milestones))).toEqual(new Set(['planned', 'funded', 'in_progress', 'delivered', 'released', 'refunded']))
  })
})

describe('conversations and pages', () => {
  it('are twelve talks of 6 to 25 messages, each in order and between two people once', () => {
    expect(conversations).toHaveLength(12)
    expect(duplicates(conversations.map((row) => `${row.buyerId} ${row.providerId}`))).toEqual([])
    for (const row of conversations) {
      expect(row.messages.length, row.id).toSatisfy((n: number) => n >= 6 && n <= 25)
      expect(inOrder(row.messages.map((message) => message.at)), row.id).toBe(true)
      expect(ids(buyers)).toContain(row.buyerId)
      expect(ids(providers)).toContain(row.providerId)
      if ('orderId' in row.about) expect(ids(orders)).toContain(row.about.orderId)
      if ('serviceId' in row.about) expect(ids(services)).toContain(row.about.serviceId)
      if ('requirementId' in row.about) expect(ids(requirements)).toContain(row.about.requirementId)
    }
  })

  it('offer three announcements and eight articles in both languages', () => {
    expect(announcements).toHaveLength(3)
    expect(helpArticles).toHaveLength(8)
    for (const page of [...announcements, ...helpArticles]) for (const text of [page.title, page.body]) expect(text.zh && text.en).toBeTruthy()
  })
})

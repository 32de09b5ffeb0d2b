import { describe, expect, it } from 'vitest'
import { seedCategories } from '../../features/catalog/seed-categories.ts'
import { announcements } from './announcements.ts'
import { conversations } from './conversations/index.ts'
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
const optionsOf = (field: FormField) => 'options' in field ? field.options.map((option) => option.label) : []
const published = new Map(services.filter((service) => service.state === 'published').map((service) => [service.id, service]))
const slugs = new Set(seedCategories.flatMap((category) => category.children.map((child) => child.slug)))
const people = [...buyers, ...providers, ...staff]

const requirementOrders = orders.flatMap((order) => order.source.kind === 'requirement' ? [{ order, source: order.source }] : [])
const serviceOrders = orders.flatMap((order) => order.source.kind === 'service' ? [{ order, source: order.source }] : [])
const subjects = new Set([...ids(orders), ...ids(services), ...ids(requirements)])

/** The terms that hold: those offered last before somebody accepted. */
function agreedTerms(order: OrderStory): QuoteTerms | undefined {
  return order.events.reduce<QuoteTerms | undefined>((terms, event) => event.type === 'quote' || event.type === 'counter' ? event.terms : terms, undefined)
}

describe('categories', () => {
  it('are eight with three to six children each, and no slug is used twice', () => {
    expect(seedCategories).toHaveLength(8)
    for (const category of seedCategories) expect(category.children.length).toSatisfy((n: number) => n >= 3 && n <= 6)
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
    for (const provider of providers) expect(services.filter((s) => s.providerId === provider.id).length).toSatisfy((n: number) => n >= 6 && n <= 9)
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
      expect(Math.min(...service.packages.map((row) => row.deliveryDays)) + item.extraDays).toBeGreaterThan(0)
    }
    expect(duplicates(service.form.map((field) => field.key))).toEqual([])
    expect(service.form.filter((field) => duplicates(optionsOf(field)).length > 0)).toEqual([])
    expect(service.state === 'rejected').toBe(service.rejectionReason !== undefined)
  })

  it('never show the same palette twice in a row', () => {
    expect(services.filter((service, index) => services[index - 1]?.cover.palette === service.cover.palette).map((s) => s.id)).toEqual([])
  })
})

describe('requirements', () => {
  it('are 15 for quotes, 6 instant and 4 direct', () => {
    const count = (way: string) => requirements.filter((requirement) => requirement.way === way).length
    expect([count('quotes'), count('instant'), count('direct')]).toEqual([15, 6, 4])
  })

  it('have one fixed price when they are instant', () => {
    expect(requirements.filter((row) => row.way === 'instant' && row.budgetFen.min !== row.budgetFen.max)).toEqual([])
  })

  it.each(requirements)('$id refers to what exists', (requirement) => {
    expect(ids(buyers)).toContain(requirement.buyerId)
    expect(slugs).toContain(requirement.category)
    expect(requirement.budgetFen.min).toBeGreaterThan(0n)
    expect(requirement.budgetFen.max).toBeGreaterThanOrEqual(requirement.budgetFen.min)
    expect(requirement.serviceId !== undefined && published.has(requirement.serviceId)).toBe(requirement.way === 'direct')
    for (const quote of requirement.quotes ?? []) expect(ids(providers)).toContain(quote.providerId)
    const placed = orders.some((order) => order.source.kind === 'requirement' && order.source.requirementId === requirement.id)
    expect(placed).toBe(requirement.state === 'awarded' || requirement.state === 'done')
  })
})

describe('orders', () => {
  it('are thirty-eight', () => expect(duplicates(orders.map((order) => order.id)).length + orders.length).toBe(38))

  it.each(orders)('$id tells a story in order about milestones that exist', (order) => {
    expect(ids(buyers)).toContain(order.buyerId)
    expect(ids(providers)).toContain(order.providerId)
    expect(inOrder(order.events.map((event) => event.at))).toBe(true)
    const plan = agreedTerms(order)?.milestones
    expect(order.ends.milestones).toHaveLength(plan?.length ?? 1)
    const milestones = order.events.flatMap((event) => 'milestone' in event && event.milestone ? [event.milestone] : [])
    expect(Math.max(1, ...milestones)).toBeLessThanOrEqual(order.ends.milestones.length)
    expect(order.events.filter((event) => event.type === 'payout' && event.amountFen <= 0n)).toEqual([])
    const ratings = order.events.flatMap((event) => event.type === 'review' ? [event.review.attitude, event.review.skill, event.review.quality] : [])
    expect(ratings.filter((rating) => ![1, 2, 3, 4, 5].includes(rating))).toEqual([])
    const revisions = order.events.filter((event) => event.type === 'request_revision').length
    expect(revisions).toBeLessThanOrEqual(agreedTerms(order)?.revisions ?? 2)
  })

  it.each(requirementOrders)('$order.id stays within the budget that was named', ({ order, source }) => {
    const requirement = requirements.find((row) => row.id === source.requirementId)
    expect(requirement?.buyerId).toBe(order.buyerId)
    expect(sum(agreedTerms(order)?.milestones ?? [])).toBeLessThanOrEqual(requirement?.budgetFen.max ?? 0n)
  })

  it.each(serviceOrders)('$order.id answers the form of its service', ({ order, source }) => {
    const service = published.get(source.serviceId)
    expect(service?.providerId).toBe(order.providerId)
    expect(service?.packages.map((item) => item.tier)).toContain(source.tier)
    expect(service?.addOns.map((item) => item.id)).toEqual(expect.arrayContaining(source.addOnIds))
    const form = service?.form ?? []
    expect(form.map((field) => field.key)).toEqual(expect.arrayContaining(Object.keys(source.answers)))
    expect(Object.keys(source.answers)).toEqual(expect.arrayContaining(form.filter((field) => field.required).map((field) => field.key)))
    for (const field of form.filter((row) => 'options' in row)) {
      expect(optionsOf(field)).toEqual(expect.arrayContaining([source.answers[field.key] ?? []].flat()))
    }
  })

  it('show every state of an order and of a milestone', () => {
    expect(new Set(orders.map((order) => order.ends.order))).toEqual(new Set(['pending_payment', 'paid', 'in_progress', 'completed', 'cancelled', 'expired']))
    expect(new Set(orders.flatMap((order) => order.ends.milestones))).toEqual(new Set(['planned', 'funded', 'in_progress', 'delivered', 'released', 'refunded', 'split']))
  })
})

describe('conversations and pages', () => {
  it('are twelve talks of 6 to 25 messages, each in order and between two people once', () => {
    expect(conversations).toHaveLength(12)
    expect(duplicates(conversations.map((row) => `${row.buyerId} ${row.providerId}`))).toEqual([])
    for (const row of conversations) {
      expect(row.messages.length).toSatisfy((n: number) => n >= 6 && n <= 25)
      expect(inOrder(row.messages.map((message) => message.at))).toBe(true)
      expect(ids(buyers)).toContain(row.buyerId)
      expect(ids(providers)).toContain(row.providerId)
      for (const subject of Object.values(row.about)) expect(subjects).toContain(subject)
    }
  })

  it('offer three announcements in both languages', () => {
    expect(announcements).toHaveLength(3)
    for (const page of announcements) for (const text of [page.title, page.body]) expect(text.zh && text.en).toBeTruthy()
    expect(announcements.map(page => [page.kind, page.effective !== undefined])).toEqual([['maintenance', false], ['rules', true], ['notice', false]])
  })
})

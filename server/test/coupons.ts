/** Coupons for everybody's tests, made by the steps people take. */
import type { TestApp } from './app.ts'
import { done, wire, type TestOrder } from './orders.ts'
import { signUp, type TestPerson } from './people.ts'

const DAY = 24 * 3_600_000
let made = 0

export const campaignOf = (t: TestApp, overrides: Record<string, unknown> = {}) => ({
  code: `TEST${String(++made).padStart(4, '0')}`, nameZh: '新客立减', nameEn: 'Welcome', bearer: 'platform', discount: { kind: 'amount', amount: wire(10_000) }, minimum: wire(20_000), categoryIds: [],
  validFrom: t.deps.clock.now().toISOString(), validTo: new Date(t.deps.clock.now().getTime() + 30 * DAY).toISOString(), totalLimit: 1_000, perPerson: 1, budget: wire(100_000_000), listed: true, ...overrides,
})

export type TestCampaign = { id: string, code: string }

/** A campaign that runs. */
export async function openCampaign(t: TestApp, overrides: Record<string, unknown> = {}, staff?: TestPerson): Promise<TestCampaign> {
  return done(staff ?? await signUp(t, { staffRoles: ['finance'] }), 'POST', '/staff/coupon-campaigns', campaignOf(t, overrides))
}

/** Claims one and answers its id. */
export async function claim(person: TestPerson, { code }: { code: string }): Promise<string> {
  return (await done(person, 'POST', '/coupons', { code })).id
}

export const choose = (order: Pick<TestOrder, 'id' | 'buyer'>, couponId: string | null) => done(order.buyer, 'PUT', `/orders/${order.id}/coupon`, { couponId })

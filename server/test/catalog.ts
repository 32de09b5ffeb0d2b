/** Services for everybody's tests, made and approved through the product's own endpoints. */
import type * as z from 'zod'
import type { serviceDraftSchema } from '@miaodan/shared/catalog/model'
import type { TestApp } from './app.ts'
import { signUp, type TestPerson } from './people.ts'

export type WireDraft = z.input<typeof serviceDraftSchema>

const yuan = (amount: number) => ({ amount: String(amount * 100), currency: 'CNY' as const })

/** A complete service; a test names only what it is about. */
export function draftOf(overrides: Partial<WireDraft> = {}): WireDraft {
  return {
    title: '小程序商城开发', summary: '三周上线，源码交付，包含支付和后台。', description: '先画流程再写代码，每周五给您看一次能用的版本，最后连同源码和部署说明一起交付。',
    category: 'mini-program', skills: ['微信小程序', '支付对接'],
    packages: [
      { tier: 'basic', name: '基础', price: yuan(1200), deliveryDays: 10, revisions: 2, includes: ['3 个页面'] },
      { tier: 'standard', name: '标准', price: yuan(2800), deliveryDays: 20, revisions: null, includes: ['8 个页面', '后台'] },
    ],
    addOns: [
      { id: 'express', name: '加急', price: yuan(300), extraDays: -5, maxQuantity: 1 },
      { id: 'page', name: '多一页', price: yuan(150), extraDays: 1, maxQuantity: 10 },
    ],
    fields: [
      { type: 'text', key: 'name', label: '店名', required: true, help: null, maxLength: 40 },
      { type: 'choice', key: 'pay', label: '支付方式', required: false, help: null, options: [{ label: '微信', price: yuan(0) }, { label: '微信和支付宝', price: yuan(260) }] },
      { type: 'number', key: 'goods', label: '商品数量', required: false, help: null, unit: '个', min: 1, max: 500, included: 50, unitPrice: yuan(2) },
    ],
    images: [], cover: { motif: 'screen', palette: 'sea', variant: 0 }, faqs: [{ question: '需要营业执照吗？', answer: '开通支付时需要。' }],
    ...overrides,
  }
}

export const selectionOf = (overrides: Record<string, unknown> = {}) => ({ package: 'basic', addOns: [], answers: { name: '山茶铺' }, ...overrides })

let moderator: { t: TestApp, person: TestPerson } | undefined

export async function moderatorOf(t: TestApp): Promise<TestPerson> {
  if (moderator?.t !== t) moderator = { t, person: await signUp(t, { displayName: '审核员', staffRoles: ['moderator'] }) }
  return moderator.person
}

/** Makes a service and sends it to review; answers its id and that of its change. */
export async function submittedService(t: TestApp, provider: TestPerson, overrides: Partial<WireDraft> = {}): Promise<{ serviceId: string, changeId: string }> {
  const made = await provider.inject({ method: 'POST', url: '/api/v1/workbench/services', payload: draftOf(overrides) })
  if (made.statusCode !== 201) throw new Error(made.body)
  const serviceId: string = made.json().id
  const sent = await provider.inject({ method: 'POST', url: `/api/v1/workbench/services/${serviceId}/submit` })
  if (sent.statusCode !== 204) throw new Error(sent.body)
  return { serviceId, changeId: await waitingChange(t, serviceId) }
}

/** The change of this service that waits for a moderator. */
export async function waitingChange(t: TestApp, serviceId: string): Promise<string> {
  const queue = await (await moderatorOf(t)).inject({ url: '/api/v1/staff/services?limit=100' })
  const item = (queue.json().items as { id: string, serviceId: string }[]).find(item => item.serviceId === serviceId)
  if (!item) throw new Error(`no change of ${serviceId} is waiting: ${queue.body}`)
  return item.id
}

/** Makes a service, has it approved, and lets the index take it in. */
export async function publishedService(t: TestApp, provider: TestPerson, overrides: Partial<WireDraft> = {}): Promise<string> {
  const { serviceId, changeId } = await submittedService(t, provider, overrides)
  const approved = await (await moderatorOf(t)).inject({ method: 'POST', url: `/api/v1/staff/services/${changeId}/approve` })
  if (approved.statusCode !== 204) throw new Error(approved.body)
  await t.worker.drain()
  return serviceId
}

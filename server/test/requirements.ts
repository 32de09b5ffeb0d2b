/** Requirements for everybody's tests, written and posted through the product's own endpoints. */
import type * as z from 'zod'
import { newId } from '../src/kernel/ids.ts'
import type { requirementPatchSchema } from '@miaodan/shared/requirements/model'
import type { TestApp } from './app.ts'
import type { TestPerson } from './people.ts'

export type WirePatch = z.input<typeof requirementPatchSchema>
export const wireYuan = (amount: number) => ({ amount: String(amount * 100), currency: 'CNY' as const })

/** A complete requirement that the rules let through; a test names only what it is about. */
export function requirementOf(t: Pick<TestApp, 'deps'>, overrides: WirePatch = {}): WirePatch {
  const deadline = new Date(t.deps.clock.now().getTime() + 20 * 86_400_000).toISOString().slice(0, 10)
  return {
    way: 'quotes', category: 'mini-program', title: '社区奶茶店微信点单小程序', background: '成都两家社区奶茶店，晚高峰排队二十多人。', details: '扫桌码点单，自动打印小票，店员自己改菜单。',
    checklist: ['扫码点单', '后台改菜单'], budgetMin: wireYuan(2000), budgetMax: wireYuan(8000), deadline, skills: ['微信小程序', '支付对接'], area: 'all', ...overrides,
  }
}

/** Writes it and answers its id. */
export async function draftedRequirement(t: TestApp, buyer: TestPerson, overrides: WirePatch = {}): Promise<string> {
  const made = await buyer.inject({ method: 'POST', url: '/api/v1/requirements', payload: requirementOf(t, overrides) })
  if (made.statusCode !== 201) throw new Error(made.body)
  return made.json().id
}

export async function submitted(buyer: TestPerson, id: string) {
  const sent = await buyer.inject({ method: 'POST', url: `/api/v1/requirements/${id}/submit`, headers: { 'idempotency-key': newId() } })
  if (sent.statusCode !== 200) throw new Error(sent.body)
  return sent.json()
}

/** Writes and posts it, and lets matching follow. */
export async function postedRequirement(t: TestApp, buyer: TestPerson, overrides: WirePatch = {}): Promise<string> {
  const id = await draftedRequirement(t, buyer, overrides)
  await submitted(buyer, id)
  await t.worker.drain()
  return id
}

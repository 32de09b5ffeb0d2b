/** Providers who are known to the market, for journeys that begin with a requirement. */
import { draftOf, type WireDraft } from '../../server/test/catalog.ts'
import type { System } from './harness.ts'

type Someone = { userId: string, cookie: string }
const PROFILE = { headline: '微信小程序点单', bio: '专做门店点单小程序，三周上线。', bioEn: '', contactName: null, areas: ['all'], skills: ['微信小程序', '支付对接'], weeklyHours: {}, replyHabit: '', holiday: null, capacity: 5 }

/** All have a profile and an approved service, so that matching tells them first. */
export async function offerServices(system: System, providers: readonly Someone[], moderator: Someone, draft: Partial<WireDraft> = {}): Promise<void> {
  for (const provider of providers) {
    await ask(system, provider, 'PUT', '/me/provider', { ...PROFILE, ...(draft.skills && { headline: draft.title, bio: draft.summary, skills: draft.skills }) })
    const { id } = await ask(system, provider, 'POST', '/workbench/services', draftOf(draft)) as { id: string }
    await ask(system, provider, 'POST', `/workbench/services/${id}/submit`)
  }
  const { items } = await ask(system, moderator, 'GET', '/staff/services?limit=100') as { items: { id: string }[] }
  for (const { id } of items) await ask(system, moderator, 'POST', `/staff/services/${id}/approve`)
}

/** A call of the API as this person. */
export async function ask({ url }: System, { cookie }: Someone, method: string, path: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(`${url}/api/v1${path}`, { method, headers: { cookie: `md_session=${cookie}`, ...(method === 'GET' ? {} : { 'idempotency-key': crypto.randomUUID() }), ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text}`)
  return text === '' ? null : JSON.parse(text)
}

/** Each notice goes out once a channel, whatever is repeated or breaks on the way; what cannot be sent is seen. */
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { durationMs } from '@miaodan/shared/kernel/time'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { signUp, type TestPerson } from '../../../test/people.ts'
import { newId } from '../../kernel/ids.ts'
import { NotDeliverable } from '../../kernel/not-deliverable.ts'
import { emit, OutboxRelay } from '../../kernel/outbox.ts'
import { inTransaction } from '../../kernel/tx.ts'
import type { Mail, MailSender } from '../../ports/mail/port.ts'
import { notificationsFeature } from './index.ts'
import { sendNotices } from './send.ts'
import { noticeSendings } from './tables.ts'

let t: TestApp
let sender: MailSender
/** Makes the notices and sends none. */
let relay: OutboxRelay<TestApp['deps']>
beforeAll(async () => {
  t = await createTestApp()
  sender = t.deps.mail
  relay = new OutboxRelay(t.deps, notificationsFeature.subscribers ?? [])
})
beforeEach(() => {
  t.deps.mail = sender
})
afterAll(() => t.close())

const sends = (send: (mail: Mail) => Promise<void>): void => {
  t.deps.mail = { ...sender, send }
}
const happen = (topic: string, payload: Record<string, unknown>) => inTransaction(t.deps.db, tx => emit(tx, t.deps.clock, topic, { id: newId(), title: '品牌设计', amount: '50000', ...payload }, newId()))
const accepted = async (): Promise<TestPerson> => {
  const buyer = await signUp(t)
  await happen('order.accept', { buyerId: buyer.userId })
  return buyer
}
const received = async ({ username }: TestPerson) => (await t.deps.mailbox.list(`${username}@example.com`))
const tryAgainNow = () => t.deps.db.execute(sql`update notice_sendings set next_attempt_at = now() where next_attempt_at is not null`)

describe('sending', () => {
  it('happens once for an event that is handed on twice', async () => {
    const buyer = await accepted()
    await t.worker.drain()
    await t.deps.db.execute(sql`update outbox set published_at = null where topic = 'order.accept'`)
    await t.deps.db.execute(sql`delete from outbox_receipts`)
    await t.worker.drain()
    expect(await received(buyer)).toHaveLength(1)
  })

  it('is done again when a process ended before it was marked, under the same id, so that it arrives once', async () => {
    const ids: string[] = []
    sends(async mail => {
      ids.push(mail.id)
      await sender.send(mail)
      if (ids.length === 1) throw new Error('cut off')
    })
    const buyer = await accepted()
    await t.worker.drain()
    await tryAgainNow()
    await t.worker.drain()
    expect(ids).toHaveLength(2)
    expect(new Set(ids).size).toBe(1)
    expect(await received(buyer)).toHaveLength(1)
  })

  it('is done once when many processes look for work at the same time', async () => {
    const buyers = await Promise.all(Array.from({ length: 12 }, accepted))
    await relay.drain()
    await Promise.all(Array.from({ length: 5 }, () => sendNotices(t.deps)))
    for (const buyer of buyers) expect(await received(buyer)).toHaveLength(1)
  })

  it('is tried again with growing pauses while the sender fails', async () => {
    const tried: string[] = []
    sends(async ({ to }) => {
      tried.push(to)
      throw new Error('451 come back later')
    })
    const buyer = await accepted()
    await t.worker.drain()
    await t.worker.drain()
    expect(tried).toEqual([`${buyer.username}@example.com`])
    const pause = async (): Promise<number> => {
      const [row] = await t.deps.db.execute<{ seconds: number }>(sql`select extract(epoch from next_attempt_at - now())::float8 as seconds from notice_sendings where next_attempt_at is not null`)
      return row?.seconds ?? 0
    }
    const first = await pause()
    await tryAgainNow()
    await t.worker.drain()
    expect(await pause()).toBeGreaterThan(first * 1.5)
    expect(tried).toHaveLength(2)
    t.deps.mail = sender
    await tryAgainNow()
    await t.worker.drain()
    expect(await received(buyer)).toHaveLength(1)
  })

  it('does not begin anew what another process has in hand', async () => {
    const buyer = await signUp(t)
    await happen('order.accept', { buyerId: buyer.userId })
    await relay.drain()
    await t.deps.db.execute(sql`update notice_sendings set claimed_until = now() + interval '1 minute' where next_attempt_at is not null`)
    await t.worker.drain()
    expect(await received(buyer)).toEqual([])
    await t.deps.db.execute(sql`update notice_sendings set claimed_until = now() - interval '1 second' where next_attempt_at is not null`)
    await t.worker.drain()
    expect(await received(buyer)).toHaveLength(1)
  })

  it('does not happen when it comes too late to be true', async () => {
    sends(async () => {
      throw new Error('down')
    })
    const buyer = await signUp(t)
    await happen('quote.agree', { buyerId: buyer.userId })
    await t.worker.drain()
    t.deps.mail = sender
    await tryAgainNow()
    await t.advance(durationMs({ minutes: 31 }))
    expect(await received(buyer)).toEqual([])
    expect(await t.deps.db.select({ channel: noticeSendings.channel }).from(noticeSendings).where(eq(noticeSendings.dropped, 'overtaken'))).toEqual([{ channel: 'email' }])
  })

  it('is given up when it is refused for good: seen by the owner, without the address, and tried again from there', async () => {
    const owner = await signUp(t, { staffRoles: ['owner'] })
    sends(async ({ to }) => {
      throw new NotDeliverable(`550 <${to}> unknown, +8613800000001`)
    })
    const buyer = await accepted()
    await t.worker.drain()
    const failed = async () => (await owner.inject({ url: '/api/v1/staff/failures' })).json().items
    const [failure] = await failed()
    expect(failure).toMatchObject({ kind: 'sending', name: 'notice.email', attempts: 1, error: 'NotDeliverable: 550 <…@…> unknown, …', values: { type: 'order_accepted', userId: buyer.userId } })
    expect((await owner.inject({ url: '/api/v1/staff/queues' })).json().items).toContainEqual(expect.objectContaining({ name: 'failures', waiting: 1 }))
    t.deps.mail = sender
    expect((await owner.inject({ method: 'POST', url: '/api/v1/staff/failures/retries', payload: { id: failure.id } })).statusCode).toBe(204)
    await t.worker.drain()
    expect(await failed()).toEqual([])
    expect(await received(buyer)).toHaveLength(1)
  })

  it('is given up after many tries', async () => {
    sends(async () => {
      throw new Error('down')
    })
    await accepted()
    let tries = 0
    for (; tries < 30; tries++) {
      await t.worker.drain()
      const [waiting] = await t.deps.db.select().from(noticeSendings).where(sql`${noticeSendings.nextAttemptAt} is not null`)
      if (!waiting) break
      await tryAgainNow()
    }
    expect(tries).toBeLessThan(20)
    expect(await t.deps.db.select({ lastError: noticeSendings.lastError }).from(noticeSendings).where(sql`${noticeSendings.deadAt} is not null`)).toEqual([{ lastError: 'Error: down' }])
    await t.deps.db.update(noticeSendings).set({ deadAt: null }).where(eq(noticeSendings.lastError, 'Error: down'))
  })
})

describe('a reminder', () => {
  const HOUR = durationMs({ hours: 1 })
  const subjects = async (who: TestPerson) => (await received(who)).map(({ subject }) => subject)
  const orderPaid = async (provider: TestPerson, id: string) => {
    await happen('order.pay', { id, providerId: provider.userId, acceptBy: new Date(t.deps.clock.now().getTime() + 24 * HOUR).toISOString() })
    await t.worker.drain()
  }

  it('comes some hours before something is decided without the person', async () => {
    const provider = await signUp(t)
    await orderPaid(provider, newId())
    await t.advance(17 * HOUR)
    expect(await subjects(provider)).toEqual(['有新订单，钱已在托管'])
    await t.advance(HOUR)
    expect((await subjects(provider))[0]).toBe('还有 6 小时接单')
    await t.advance(24 * HOUR)
    expect(await subjects(provider)).toHaveLength(2)
  })

  it('does not come once it is done', async () => {
    const provider = await signUp(t)
    const id = newId()
    await orderPaid(provider, id)
    await happen('order.accept', { id })
    await t.advance(24 * HOUR)
    expect(await subjects(provider)).toEqual(['有新订单，钱已在托管'])
  })

  it('does not come when it is too late, as nobody looked for long', async () => {
    const provider = await signUp(t)
    await orderPaid(provider, newId())
    await t.advance(25 * HOUR)
    expect(await subjects(provider)).toEqual(['有新订单，钱已在托管'])
  })

  it('goes by the new time when there is more of it', async () => {
    const [buyer, provider] = [await signUp(t), await signUp(t)]
    const id = newId()
    const facts = { id, disputeId: id, buyerId: buyer.userId, providerId: provider.userId, position: 1, disputeNumber: 'C1' }
    const start = t.deps.clock.now().getTime()
    await happen('dispute.created', { ...facts, evidenceUntil: new Date(start + 48 * HOUR).toISOString() })
    await t.worker.drain()
    await happen('dispute.extend_evidence', { ...facts, evidenceUntil: new Date(start + 72 * HOUR).toISOString() })
    await t.advance(40 * HOUR)
    expect(await subjects(buyer)).not.toContain('举证还有 12 小时')
    await t.advance(20 * HOUR)
    for (const side of [buyer, provider]) expect((await subjects(side)).filter(subject => subject === '举证还有 12 小时')).toHaveLength(1)
  })
})

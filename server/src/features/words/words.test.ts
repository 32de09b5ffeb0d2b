/** Sensitive words: who keeps the list, that a change counts at once, and where it holds a text back. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { runningOrder, agreedOrder } from '../../../test/orders.ts'
import { signUp, type TestPerson } from '../../../test/people.ts'
import { inTransaction } from '../../kernel/tx.ts'
import { conversationOf } from '../chat/index.ts'
import { findSensitive } from './index.ts'

let t: TestApp
let moderator: TestPerson
beforeAll(async () => {
  t = await createTestApp()
  moderator = await signUp(t, { staffRoles: ['moderator'] })
})
afterAll(() => t.close())

const add = (person: TestPerson, text: string) => person.inject({ method: 'POST', url: '/api/v1/staff/words', payload: { text } })
const remove = (id: string) => moderator.inject({ method: 'DELETE', url: `/api/v1/staff/words/${id}` })

describe('the list', () => {
  it('starts with words of its own, and is for who moderates alone', async () => {
    const list = await moderator.inject({ url: '/api/v1/staff/words' })
    expect(list.json().items.length).toBeGreaterThan(40)
    for (const staffRoles of [['finance'], ['support'], ['arbitrator'], []] as const) {
      const other = await signUp(t, { staffRoles })
      expect((await other.inject({ url: '/api/v1/staff/words' })).statusCode).toBe(403)
      expect((await add(other, '试试看')).statusCode).toBe(403)
    }
  })

  it('takes a word once, however it is written, and not one without letters', async () => {
    expect((await add(moderator, '刷 票')).statusCode).toBe(201)
    const again = await add(moderator, '刷-票')
    expect([again.statusCode, again.json().code]).toEqual([409, 'words.known'])
    const signs = await add(moderator, '***!')
    expect([signs.statusCode, signs.json().code]).toEqual([422, 'words.empty'])
  })

  it('counts at once when a word is added or removed, and both are audited', async () => {
    expect(await findSensitive(t.deps, '代抢月嫂券')).toEqual([])
    const { id } = (await add(moderator, '代抢')).json()
    expect(await findSensitive(t.deps, '代 抢月嫂券')).toEqual(['代抢'])
    expect((await remove(id)).statusCode).toBe(204)
    expect(await findSensitive(t.deps, '代抢月嫂券')).toEqual([])
    expect((await remove(id)).statusCode).toBe(404)
    const rows = await t.deps.sql`select action, old_values, new_values, actor_id from audit_entries where entity_id = ${id} order by id`
    expect(rows.map(row => [row['action'], row['old_values'], row['new_values'], row['actor_id']])).toEqual([
      ['words.added', null, { text: '代抢' }, moderator.userId], ['words.removed', { text: '代抢' }, null, moderator.userId],
    ])
  })
})

describe('a message', () => {
  let sent = 0
  async function say(sender: TestPerson, other: TestPerson, text: string) {
    const id = await inTransaction(t.deps.db, tx => conversationOf(tx, t.deps, sender.userId, other.userId))
    return sender.inject({ method: 'POST', url: `/api/v1/conversations/${id}/messages`, payload: { clientId: `message-${++sent}`, text } })
  }

  it('with a phone number or a word is refused before an order is paid, and says why', async () => {
    const { buyer, provider } = await agreedOrder(t)
    const contact = await say(buyer, provider, '加我微信，电话 138 0013 8000')
    expect([contact.statusCode, contact.json().code]).toEqual([422, 'chat.contact_refused'])
    expect(contact.json().title).toContain('138 0013 8000')
    const word = await say(provider, buyer, '也可以帮你刷单')
    expect([word.statusCode, word.json().code]).toEqual([422, 'chat.word_refused'])
    expect((await say(buyer, provider, '好的，明天给您初稿')).statusCode).toBe(201)
  })

  it('with a phone number goes through once an order of the two is paid, for both sides', async () => {
    const { buyer, provider } = await runningOrder(t)
    expect((await say(buyer, provider, '打我电话 138 0013 8000')).statusCode).toBe(201)
    expect((await say(provider, buyer, '我的是 139 0013 8000')).statusCode).toBe(201)
    const stranger = await signUp(t)
    expect((await say(stranger, provider, '138 0013 8000')).json().code).toBe('chat.contact_refused')
  })
})

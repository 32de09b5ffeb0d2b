import { expect, it } from 'vitest'
import { newId } from '../../kernel/ids.ts'
import { openDatabase } from '../../kernel/db.ts'
import { createTestDatabase } from '../../../test/database.ts'
import { smsContract } from '../sms/contract.ts'
import { mailContract } from './contract.ts'
import { Mailbox } from './mailbox.ts'

async function openMailbox() {
  const database = await createTestDatabase()
  const { db, close } = openDatabase(database.url, { max: 2 })
  const mailbox = new Mailbox(db, { now: () => new Date() })
  return {
    mailbox,
    close: async () => {
      await close()
      await database.drop()
    },
  }
}

mailContract('the dev mailbox', async () => {
  const { mailbox, close } = await openMailbox()
  return { sender: mailbox.mail, received: async to => (await mailbox.list(to)).map(({ subject, text }) => ({ subject: subject ?? '', text })), close }
})

smsContract('the dev mailbox', async () => {
  const { mailbox, close } = await openMailbox()
  return { sender: mailbox.sms, received: async to => (await mailbox.list(to)).map(({ text }) => text), close }
})

it('keeps what is handed over again once, with the page of a mail', async () => {
  const { mailbox, close } = await openMailbox()
  const [mail, sms] = [newId(), newId()]
  for (let i = 0; i < 2; i++) {
    await mailbox.mail.send({ id: mail, to: 'zhou@example.com', subject: '已付款', text: 'x', html: '<p>x</p>' })
    await mailbox.sms.send({ id: sms, to: '+8613800000001', text: 'x', template: { name: 'code', values: { code: '1' } } })
  }
  expect((await mailbox.list()).map(({ id, html }) => ({ id, html })).sort((a, b) => a.id.localeCompare(b.id))).toEqual([{ id: mail, html: '<p>x</p>' }, { id: sms, html: null }])
  await close()
})

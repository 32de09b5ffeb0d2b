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

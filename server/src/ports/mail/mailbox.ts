import { and, desc, eq } from 'drizzle-orm'
import type { Clock } from '../../kernel/clock.ts'
import type { Db } from '../../kernel/db.ts'
import { newId } from '../../kernel/ids.ts'
import { mailbox } from '../../kernel/tables.ts'
import type { Sms, SmsSender } from '../sms/port.ts'
import type { Mail, MailSender } from './port.ts'

const SHOWN = 200

/** The dev mailbox: keeps every mail and SMS in a table, where the demo's page shows them. Sends nothing anywhere. */
export class Mailbox {
  readonly #db: Db
  readonly #clock: Clock

  constructor(db: Db, clock: Clock) {
    this.#db = db
    this.#clock = clock
  }

  readonly mail: MailSender = { send: (mail: Mail) => this.#keep('email', mail.to, mail.subject, mail.text), check: async () => {}, close: () => {} }
  readonly sms: SmsSender = { send: (sms: Sms) => this.#keep('sms', sms.to, null, sms.text) }

  async list(recipient?: string) {
    const rows = await this.#db.select().from(mailbox).where(and(recipient === undefined ? undefined : eq(mailbox.recipient, recipient)))
      .orderBy(desc(mailbox.at), desc(mailbox.id)).limit(SHOWN)
    return rows.map(row => ({ id: row.id, channel: row.channel, to: row.recipient, subject: row.subject, text: row.body, at: row.at }))
  }

  async #keep(channel: 'email' | 'sms', recipient: string, subject: string | null, body: string): Promise<void> {
    await this.#db.insert(mailbox).values({ id: newId(), channel, recipient, subject, body, at: this.#clock.now() })
  }
}

import { and, desc, eq } from 'drizzle-orm'
import type { Clock } from '../../kernel/clock.ts'
import type { Db } from '../../kernel/db.ts'
import { mailbox } from '../../kernel/tables.ts'
import type { Sms, SmsSender } from '../sms/port.ts'
import type { Mail, MailSender } from './port.ts'

const SHOWN = 200

/** The dev mailbox: keeps every mail and SMS in a table, where the demo's page shows them; one that is handed over again, once. Sends nothing anywhere. */
export class Mailbox {
  readonly #db: Db
  readonly #clock: Clock

  constructor(db: Db, clock: Clock) {
    this.#db = db
    this.#clock = clock
  }

  readonly mail: MailSender = { send: (mail: Mail) => this.#keep({ id: mail.id, channel: 'email', recipient: mail.to, subject: mail.subject, body: mail.text, html: mail.html ?? null }), check: async () => {}, close: () => {} }
  readonly sms: SmsSender = { send: (sms: Sms) => this.#keep({ id: sms.id, channel: 'sms', recipient: sms.to, subject: null, body: sms.text, html: null }) }

  async list(recipient?: string) {
    const rows = await this.#db.select().from(mailbox).where(and(recipient === undefined ? undefined : eq(mailbox.recipient, recipient)))
      .orderBy(desc(mailbox.at), desc(mailbox.id)).limit(SHOWN)
    return rows.map(row => ({ id: row.id, channel: row.channel, to: row.recipient, subject: row.subject, text: row.body, html: row.html, at: row.at }))
  }

  async #keep(entry: Omit<typeof mailbox.$inferInsert, 'at'>): Promise<void> {
    await this.#db.insert(mailbox).values({ ...entry, at: this.#clock.now() }).onConflictDoNothing()
  }
}

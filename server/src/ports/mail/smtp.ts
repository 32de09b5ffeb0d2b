import nodemailer from 'nodemailer'
import { NotDeliverable } from '../../kernel/not-deliverable.ts'
import type { Mail, MailSender } from './port.ts'

export type SmtpOptions = {
  /** `smtp://user:password@host:587` (TLS by STARTTLS) or `smtps://…:465`. */
  url: string
  /** `秒单 <no-reply@example.com>` */
  from: string
  /** Whether a server that offers no TLS, or a certificate nobody vouches for, is spoken to all the same: for one on the same machine. */
  allowPlain: boolean
  /** Signs mails as of this domain. The key is PEM. */
  dkim: { domainName: string, keySelector: string, privateKey: string } | null
}

const MAX_CONNECTIONS = 4
const MAILS_PER_CONNECTION = 100
const CONNECT_TIMEOUT_MS = 10_000
const IDLE_TIMEOUT_MS = 30_000

/** RFC 5321: 5xx to these is about the recipient or the content; 5xx to anything else (a password, our own address) is for us to mend. */
const ABOUT_THE_MAIL = new Set(['RCPT TO', 'DATA'])
/** No space left for the recipient. */
const MAY_PASS = new Set([552])

const SIGNED_HEADERS = 'From:Sender:Reply-To:Subject:Date:Message-ID:To:Cc:MIME-Version:Content-Type:Content-Transfer-Encoding:List-Unsubscribe:List-Unsubscribe-Post'

type SmtpError = Error & { responseCode?: number, command?: string, code?: string }

/** Mails over SMTP, on a few connections that are kept. */
export class SmtpSender implements MailSender {
  readonly #transport
  readonly #from: string
  readonly #domain: string

  constructor({ url, from, allowPlain, dkim }: SmtpOptions) {
    this.#from = from
    this.#domain = /@([^\s>]+)/.exec(from)?.[1] ?? 'localhost'
    const { protocol, hostname, port, username, password } = new URL(url)
    const secure = protocol === 'smtps:'
    this.#transport = nodemailer.createTransport({
      host: hostname, port: Number(port) || (secure ? 465 : 587), secure,
      requireTLS: !secure && !allowPlain, tls: { rejectUnauthorized: !allowPlain },
      ...username && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } },
      pool: true, maxConnections: MAX_CONNECTIONS, maxMessages: MAILS_PER_CONNECTION,
      connectionTimeout: CONNECT_TIMEOUT_MS, greetingTimeout: CONNECT_TIMEOUT_MS, socketTimeout: IDLE_TIMEOUT_MS,
      // What we send comes from us alone: no file and no address is ever read for it.
      disableFileAccess: true, disableUrlAccess: true,
      // Both headers of one-click unsubscribing must be covered (RFC 8058, 4); of the two, nodemailer signs one by itself.
      ...dkim && { dkim: { ...dkim, headerFieldNames: SIGNED_HEADERS } },
    })
  }

  async send({ id, to, subject, text, html, unsubscribe }: Mail): Promise<void> {
    try {
      await this.#transport.sendMail({
        from: this.#from, to: { name: '', address: to }, subject, text, ...html !== undefined && { html }, messageId: `<${id}@${this.#domain}>`,
        headers: { 'auto-submitted': 'auto-generated', ...unsubscribe !== undefined && { 'list-unsubscribe': `<${unsubscribe}>`, 'list-unsubscribe-post': 'List-Unsubscribe=One-Click' } },
      })
    } catch (error) {
      throw isRefusedForGood(error as SmtpError) ? new NotDeliverable((error as Error).message, { cause: error }) : error
    }
  }

  async check(): Promise<void> {
    await this.#transport.verify()
  }

  close(): void {
    this.#transport.close()
  }
}

function isRefusedForGood({ responseCode, command, code }: SmtpError): boolean {
  if (code === 'EENVELOPE' && responseCode === undefined) return true
  return responseCode !== undefined && responseCode >= 500 && ABOUT_THE_MAIL.has(command ?? '') && !MAY_PASS.has(responseCode)
}

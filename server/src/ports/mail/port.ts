export type Mail = { to: string, subject: string, text: string }

export interface MailSender {
  /** Ends when the mail has been handed over. @throws when it could not be; the caller's job is retried. */
  send(mail: Mail): Promise<void>
}

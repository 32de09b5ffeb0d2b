/** `id` is the same however often the mail is handed over, so that a receiver can tell a repetition. */
export type Mail = {
  id: string
  to: string
  subject: string
  text: string
  /** The same as a page, for programs that show one. */
  html?: string
  /** Where the receiver's mail program posts that such mails are to end, in one click (RFC 8058). */
  unsubscribe?: string
}

export interface MailSender {
  /**
   * Ends when the mail has been handed over. One whose end was not seen may arrive twice, under the same id.
   * @throws NotDeliverable when this recipient or content is refused for good; any other error may be gone next time.
   */
  send(mail: Mail): Promise<void>
  /** @throws when nothing can be handed over now. */
  check(): Promise<void>
  close(): void
}

export type Sms = { to: string, text: string }

export interface SmsSender {
  /** Ends when the message has been handed over. @throws when it could not be; the caller's job is retried. */
  send(sms: Sms): Promise<void>
}

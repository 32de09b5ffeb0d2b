/**
 * Networks in China carry only texts that were approved beforehand, by name and with values. So a message says both: the
 * template it is of, and the whole text for senders that need none.
 */
export type SmsTemplate = {
  name: 'code' | 'account_exists' | 'password_changed' | 'contact_changed' | 'notice'
  /** Of the template's variables, by name. */
  values: Readonly<Record<string, string>>
}

/** `to` begins with + and the country. `id` is the same however often the message is handed over. */
export type Sms = { id: string, to: string, text: string, template: SmsTemplate }

export interface SmsSender {
  /**
   * Ends when the message has been handed over. One whose end was not seen may arrive twice.
   * @throws NotDeliverable when this recipient or content is refused for good; any other error may be gone next time.
   */
  send(sms: Sms): Promise<void>
}

/** What was to be sent to somebody will be refused again, however often it is tried: a wrong address, say. Every other failure is worth a repetition. */
export class NotDeliverable extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options)
    this.name = 'NotDeliverable'
  }
}

/**
 * Tells other processes that something changed. It carries ids, not content: a message that is lost costs a moment
 * (whoever needed it asks the database), never data. Delivery is at most once, to every process that subscribes.
 */
export interface PubSub {
  /** Sends to all subscribers of the channel, in this process and in others. At most 7,000 bytes. */
  publish(channel: string, message: string): Promise<void>
  /** Calls `listener` for each message until the returned function is called. */
  subscribe(channel: string, listener: (message: string) => void): Promise<() => Promise<void>>
  close(): Promise<void>
}

export const MAX_MESSAGE_BYTES = 7_000

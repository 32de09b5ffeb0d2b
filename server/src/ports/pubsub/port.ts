/**
 * Tells other processes that something changed. It carries ids, not content: a message that is lost costs a moment
 * (whoever needed it asks the database), never data. Delivery is at most once, to every process that subscribes, and in
 * the order in which one process published.
 */
export interface PubSub {
  /**
   * Sends to all subscribers of the channel, in this process and in others.
   * @throws RangeError for more than MAX_MESSAGE_BYTES; an error of the adapter's, within seconds, while the bus is away.
   */
  publish(channel: string, message: string): Promise<void>
  /**
   * Calls `listener` for each message until the returned function is called. A subscription that is lost comes back by
   * itself; `resumed` is called then, because messages may have been missed: whoever keeps something should ask anew.
   * It answers after seconds at the latest, also while the bus is away.
   */
  subscribe(channel: string, listener: (message: string) => void, resumed?: () => void): Promise<() => Promise<void>>
  close(): Promise<void>
}

export const MAX_MESSAGE_BYTES = 7_000

/** @throws RangeError */
export function checkSize(message: string): void {
  if (Buffer.byteLength(message) > MAX_MESSAGE_BYTES) throw new RangeError(`a pub/sub message carries at most ${MAX_MESSAGE_BYTES} bytes`)
}

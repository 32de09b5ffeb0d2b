/**
 * A client that does what the contract of chat asks of one: it holds the last number it has, takes an announced message
 * only when it is the next, and otherwise asks for what comes after.
 */
import { once } from 'node:events'
import WebSocket from 'ws'

export type ApiMessage = { seq: number, clientId: string, senderId: string | null, kind: string, text: string, uploads: { id: string, url: string, name: string }[], card: Record<string, unknown> | null, at: string }
type Announcement = { type: string, conversationId?: string, seq?: number, kind?: string, text?: string, clientId?: string, senderId?: string, at?: string }

export class ChatClient {
  readonly messages: ApiMessage[] = []
  readonly heard: Announcement[] = []
  readonly #address: string
  readonly #cookie: string
  readonly #conversationId: string
  #socket: WebSocket | undefined
  #work: Promise<void> = Promise.resolve()

  constructor(address: string, cookie: string, conversationId: string) {
    this.#address = address
    this.#cookie = cookie
    this.#conversationId = conversationId
  }

  get lastSeq(): number {
    return this.messages.at(-1)?.seq ?? 0
  }

  async connect(): Promise<void> {
    const socket = this.#socket = new WebSocket(`${this.#address.replace('http', 'ws')}/api/v1/live`, { headers: { cookie: this.#cookie } })
    socket.on('message', data => this.#receive(JSON.parse(String(data)) as Announcement))
    await Promise.race([once(socket, 'message'), once(socket, 'close')])
    if (socket.readyState !== WebSocket.OPEN) throw new Error('the line was closed before the greeting')
    this.#later(() => this.#catchUp())
    await this.#work
  }

  /** Waits until the line ends, and answers with its code. */
  async closed(): Promise<number> {
    const socket = this.#socket
    if (!socket || socket.readyState === WebSocket.CLOSED) return 0
    return Number((await once(socket, 'close'))[0])
  }

  /** Ends the line as a lost network does: without a word. */
  async drop(): Promise<void> {
    const socket = this.#socket
    if (!socket || socket.readyState === WebSocket.CLOSED) return
    const closed = once(socket, 'close')
    socket.terminate()
    await closed
  }

  say(message: Record<string, unknown>): void {
    this.#socket?.send(JSON.stringify(message))
  }

  #later(work: () => Promise<void>): void {
    this.#work = this.#work.catch(() => undefined).then(work)
  }

  #receive(announcement: Announcement): void {
    this.heard.push(announcement)
    if (announcement.type !== 'message.created' || announcement.conversationId !== this.#conversationId) return
    this.#later(async () => {
      const { seq = 0, kind, text = '', clientId = '', senderId = '', at = '' } = announcement
      if (seq <= this.lastSeq) return
      if (seq === this.lastSeq + 1 && kind === 'text') this.messages.push({ seq, clientId, senderId, kind, text, uploads: [], card: null, at })
      else await this.#catchUp()
    })
  }

  async #catchUp(): Promise<void> {
    for (let more = true; more;) {
      const answer = await fetch(`${this.#address}/api/v1/conversations/${this.#conversationId}/messages?after=${this.lastSeq}&limit=50`, { headers: { cookie: this.#cookie } })
      const { items, lastSeq } = await answer.json() as { items: ApiMessage[], lastSeq: number }
      this.messages.push(...items)
      more = items.length > 0 && this.lastSeq < lastSeq
    }
  }
}

/** Many sockets held by one process, so that sending and receiving are timed by one clock. */
import { once } from 'node:events'
import WebSocket from 'ws'

const AT_ONCE = 50

export type Line = { send(text: string): void, onText: (text: string) => void, end(): void }

/** Opens `count` sockets, some at a time. */
export async function openSockets(count: number, address: (i: number) => { url: string, headers?: Record<string, string> }): Promise<Line[]> {
  const lines: Line[] = []
  for (let from = 0; from < count; from += AT_ONCE) {
    const batch = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, i) => openSocket(address(from + i)))
    lines.push(...await Promise.all(batch))
  }
  return lines
}

async function openSocket({ url, headers = {} }: { url: string, headers?: Record<string, string> }): Promise<Line> {
  const socket = new WebSocket(url, { headers, perMessageDeflate: false })
  const line: Line = { send: text => socket.send(text), onText: () => {}, end: () => socket.terminate() }
  socket.on('message', data => line.onText(String(data)))
  await once(socket, 'open')
  return line
}

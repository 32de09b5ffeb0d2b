/** One kept-alive connection that sends requests one after the other: the least a client can cost on the cores it shares with the server. */
import { connect, type Socket } from 'node:net'

export type Lane = { send(request: Buffer): Promise<{ status: number, body: string }>, close(): void }

const HEAD_END = '\r\n\r\n'

export async function openLane(port: number): Promise<Lane> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  await new Promise<void>((done, fail) => socket.once('connect', done).once('error', fail))
  let received = Buffer.alloc(0)
  let waiting: { done(answer: { status: number, body: string }): void, fail(error: Error): void } | undefined
  socket.on('data', chunk => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
    const answer = readAnswer(received)
    if (!answer) return
    received = Buffer.alloc(0)
    waiting?.done(answer)
  })
  failWith(socket, error => waiting?.fail(error))
  return {
    send: request => new Promise((done, fail) => {
      waiting = { done, fail }
      socket.write(request)
    }),
    close: () => void socket.destroy(),
  }
}

export function httpRequest(method: 'GET' | 'POST', path: string, headers: Record<string, string>, body = ''): Buffer {
  const lines = [`${method} ${path} HTTP/1.1`, 'host: 127.0.0.1', `content-length: ${Buffer.byteLength(body)}`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)]
  return Buffer.from(`${lines.join('\r\n')}${HEAD_END}${body}`)
}

/** Undefined while the answer is not whole. Our server always names its length. */
function readAnswer(bytes: Buffer): { status: number, body: string } | undefined {
  const headEnd = bytes.indexOf(HEAD_END)
  if (headEnd < 0) return undefined
  const head = bytes.toString('latin1', 0, headEnd)
  const length = Number(/^content-length: (\d+)$/im.exec(head)?.[1] ?? 0)
  const start = headEnd + HEAD_END.length
  if (bytes.length < start + length) return undefined
  return { status: Number(head.slice(9, 12)), body: bytes.toString('utf8', start, start + length) }
}

function failWith(socket: Socket, fail: (error: Error) => void): void {
  socket.once('error', fail).once('close', () => fail(new Error('the server closed the connection')))
}

/** The line between the servers and the gateway, which can be slow, say nothing, or bring something else than was said. */
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { Transform } from 'node:stream'
import { tie } from '../tcp-proxy.ts'

export type LineMode = 'good' | 'slow' | 'silent' | 'lying'
export type Line = { port: number, mode: LineMode, close(): Promise<void> }

const SLOW_MS = 4_000

export async function startLine(target: { host: string, port: number }, port: number): Promise<Line> {
  const sockets = new Set<Socket>()
  const line: Line = { port, mode: 'good', close }
  const server = createServer(inside => {
    const outside = connect(target)
    tie(sockets, inside, outside)
    inside.pipe(outside)
    outside.pipe(new Transform({ transform: (chunk: Buffer, _encoding, done) => bring(chunk, done) })).pipe(inside)
  })

  function bring(chunk: Buffer, done: (error: null, chunk?: Buffer) => void): void {
    switch (line.mode) {
      case 'good': return done(null, chunk)
      case 'slow': return void setTimeout(() => done(null, chunk), SLOW_MS)
      case 'silent': return done(null)
      case 'lying': return done(null, lie(chunk))
    }
  }

  async function close(): Promise<void> {
    const closed = once(server, 'close')
    server.close()
    for (const socket of sockets) socket.destroy()
    await closed
  }

  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return line
}

/** Other amounts and numbers in the body, as long as before. */
function lie(chunk: Buffer): Buffer {
  const text = chunk.toString('latin1')
  const body = text.indexOf('\r\n\r\n')
  return Buffer.from(body < 0 ? text.replaceAll('1', '7') : text.slice(0, body) + text.slice(body).replaceAll('1', '7'), 'latin1')
}

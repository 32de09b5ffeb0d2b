/** A door between a client and a server that can be shut: what goes through it is cut, and nobody gets in until it opens again. */
import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'

export type TcpProxy = { port: number, shut(): Promise<void>, open(): Promise<void>, close(): Promise<void> }

export async function startProxy(target: { host: string, port: number }): Promise<TcpProxy> {
  const sockets = new Set<Socket>()
  let server: Server
  let port = 0

  async function open(): Promise<void> {
    server = createServer(inside => {
      const outside = connect(target)
      for (const [socket, other] of [[inside, outside], [outside, inside]] as const) {
        sockets.add(socket)
        socket.on('error', () => {}).on('close', () => {
          sockets.delete(socket)
          other.destroy()
        })
        socket.pipe(other)
      }
    })
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    if (address && typeof address === 'object') port = address.port
  }

  async function shut(): Promise<void> {
    const closed = once(server, 'close')
    server.close()
    for (const socket of sockets) socket.destroy()
    await closed
  }

  await open()
  return { get port() { return port }, shut, open, close: shut }
}

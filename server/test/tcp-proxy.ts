/** A door between a client and a server that can be shut: what goes through it is cut, and nobody gets through until it opens again. */
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

export type TcpProxy = { port: number, shut(): Promise<void>, open(): Promise<void>, close(): Promise<void> }

/** Two ends of one line: when either is gone the other goes too. `sockets` holds those that are there. */
export function tie(sockets: Set<Socket>, inside: Socket, outside: Socket): void {
  for (const [socket, other] of [[inside, outside], [outside, inside]] as const) {
    sockets.add(socket)
    socket.on('error', () => {}).on('close', () => {
      sockets.delete(socket)
      other.destroy()
    })
  }
}

export async function startProxy(target: { host: string, port: number }): Promise<TcpProxy> {
  const sockets = new Set<Socket>()
  let isOpen = true
  // It goes on listening while it is shut: a port that is given up may be taken by a client that tries to reach it.
  const server = createServer(inside => {
    if (!isOpen) return void inside.on('error', () => {}).resetAndDestroy()
    const outside = connect(target)
    tie(sockets, inside, outside)
    inside.pipe(outside).pipe(inside)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const shut = async (): Promise<void> => {
    isOpen = false
    for (const socket of sockets) socket.destroy()
  }
  return {
    port: address && typeof address === 'object' ? address.port : 0,
    shut,
    open: async () => {
      isOpen = true
    },
    close: async () => {
      await shut()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

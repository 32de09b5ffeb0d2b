import { createServer } from 'node:net'

export type PortProblem = 'taken' | 'forbidden' | 'unusable'

/** Why a port cannot be listened on, or undefined. It is tried in earnest, because only the system knows. */
export async function portProblem(port: number, host: string): Promise<PortProblem | undefined> {
  return new Promise((done) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => {
      done(error.code === 'EADDRINUSE' ? 'taken' : error.code === 'EACCES' ? 'forbidden' : 'unusable')
    })
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => done(undefined)))
  })
}

/** A port nobody listens on at this moment; another program may still take it first. */
export async function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer().once('error', fail)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (address && typeof address === 'object' ? done(address.port) : fail(new Error('No free port.'))))
    })
  })
}

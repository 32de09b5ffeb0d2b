/** The built web app: hashed files are kept for ever, and every other address is answered with its page. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { problem } from '@miaodan/shared/errors'
import { sendProblem } from './problems.ts'

const ROOT = fileURLToPath(new URL('../../../web/dist/', import.meta.url))

export async function webFiles(app: FastifyInstance): Promise<void> {
  const built = existsSync(`${ROOT}index.html`)
  const page = built ? await readFile(`${ROOT}index.html`, 'utf8') : undefined
  if (built) {
    await app.register(fastifyStatic, {
      root: ROOT, wildcard: false, index: false, preCompressed: true,
      setHeaders: (reply, path) => reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'),
    })
  }
  app.setNotFoundHandler((request, reply) => {
    // A browser names HTML; a probe of the home page may name nothing.
    const wantsPage = request.method === 'GET' && !request.url.startsWith('/api/') && (request.url === '/' || (request.headers.accept ?? '').includes('text/html'))
    if (!page || !wantsPage) return sendProblem(request, reply, problem('kernel.not_found'))
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(page)
  })
}

import type { FastifyInstance } from 'fastify'
import { readFileSync } from 'node:fs'

const assets = [
  { name: 'cashier.css', type: 'text/css; charset=utf-8' },
  { name: 'cashier.js', type: 'text/javascript; charset=utf-8' },
]

/** Two small files, read once at start. */
export function registerAssets(app: FastifyInstance): void {
  for (const { name, type } of assets) {
    const content = readFileSync(new URL(`assets/${name}`, import.meta.url))
    app.get(`/assets/${name}`, async (_request, reply) => reply.header('cache-control', 'no-cache').type(type).send(content))
  }
}

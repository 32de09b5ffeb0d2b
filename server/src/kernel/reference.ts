/** The API's description as a document, and a page to read it. */
import { dirname } from 'node:path'
import { createRequire } from 'node:module'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

const SWAGGER_UI = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))

const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Miaodan 秒单 API</title><link rel="stylesheet" href="/api/reference/swagger-ui.css"></head>
<body><div id="swagger-ui"></div><script src="/api/reference/swagger-ui-bundle.js"></script><script src="/api/reference/start.js"></script></body></html>`
const START = "SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#swagger-ui', deepLinking: true, filter: true })"

export async function reference(app: FastifyInstance): Promise<void> {
  let document: Promise<string> | undefined
  // Made when somebody first asks: it takes a second and some memory that few processes need.
  const made = async (): Promise<string> => JSON.stringify((await import('./openapi.ts')).openApiDocument())
  app.get('/api/openapi.json', async (_request, reply) => reply.type('application/json; charset=utf-8').send(await (document ??= made())))
  app.get('/api/reference', async (_request, reply) => reply.type('text/html; charset=utf-8').send(PAGE))
  app.get('/api/reference/start.js', async (_request, reply) => reply.type('text/javascript; charset=utf-8').send(START))
  await app.register(fastifyStatic, { root: SWAGGER_UI, prefix: '/api/reference/', decorateReply: false, index: false, allowedPath: path => path.endsWith('.css') || path.endsWith('bundle.js') })
}

/** OpenAPI 3.1, made from the contracts: nothing in it is written twice. */
import * as z from 'zod'
import { contracts } from '@miaodan/shared/contracts'
import { declarationOf } from '@miaodan/shared/errors'
import type { Access } from '@miaodan/shared/kernel/access'
import type { NamedContract } from '@miaodan/shared/kernel/contract'
import { problemSchema } from '@miaodan/shared/kernel/problem'
import { API_PREFIX } from './routes.ts'

type Json = Record<string, unknown>

/** Schemas with a name of their own (`.meta({ id })`), each described once. */
type Components = Map<string, Json>

/** The form on the wire: a codec's input side, in both directions. Named parts move to the document's components. */
function wireSchema(schema: z.ZodType, components: Components): Json {
  const { $schema: _dialect, $defs = {}, ...json } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Json & { $defs?: Record<string, Json> }
  for (const [name, definition] of Object.entries($defs)) if (!components.has(name)) components.set(name, pointToComponents(definition) as Json)
  const { id, ...own } = pointToComponents(json) as Json
  if (typeof id !== 'string') return own
  components.set(id, own)
  return { $ref: `#/components/schemas/${id}` }
}

function pointToComponents(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pointToComponents)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [
    key, key === '$ref' && typeof inner === 'string' ? inner.replace('#/$defs/', '#/components/schemas/') : pointToComponents(inner),
  ]))
}

function parametersOf(place: 'path' | 'query', schema: z.ZodObject | undefined, components: Components): Json[] {
  if (!schema) return []
  const { properties = {}, required = [] } = wireSchema(schema, components) as { properties?: Json, required?: string[] }
  return Object.entries(properties).map(([name, property]) => ({ name, in: place, required: place === 'path' || required.includes(name), schema: property }))
}

function accessText(access: Access): string {
  return typeof access === 'object' ? `Staff with the permission \`${access.staff}\`.`
    : { anyone: 'Anyone.', user: 'Signed in.', provider: 'Signed in as a provider.', demo: 'Demo mode only.' }[access]
}

function problemsOf(contract: NamedContract): Json {
  const byStatus = new Map<number, string[]>()
  for (const code of contract.errors ?? []) {
    const declaration = declarationOf(code)
    if (declaration) byStatus.set(declaration.status, [...(byStatus.get(declaration.status) ?? []), `\`${code}\`: ${declaration.en}`])
  }
  const problemContent = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }
  return {
    ...Object.fromEntries([...byStatus].map(([status, lines]) => [String(status), { description: lines.join('\n\n'), content: problemContent }])),
    default: { description: 'Any other failure.', content: problemContent },
  }
}

function operationOf(feature: string, contract: NamedContract, components: Components): Json {
  const media = contract.media ?? 'application/json'
  const success = contract.output
    ? { [String(contract.status ?? 200)]: { description: 'Done.', content: { [media]: { schema: wireSchema(contract.output, components) } } } }
    : contract.media ? { 200: { description: 'Done.', content: { [media]: {} } } } : { 204: { description: 'Done.' } }
  const key = { name: 'Idempotency-Key', in: 'header', required: contract.idempotency === 'required', schema: { type: 'string', maxLength: 200 } }
  return {
    operationId: contract.name, summary: contract.summary, description: accessText(contract.access), tags: [feature],
    parameters: [...parametersOf('path', contract.params, components), ...parametersOf('query', contract.query, components), ...(contract.method === 'GET' ? [] : [key])],
    ...(contract.body ? { requestBody: { required: true, content: { 'application/json': { schema: wireSchema(contract.body, components) } } } } : {}),
    responses: { ...success, ...problemsOf(contract) },
    ...(contract.access === 'anyone' || contract.access === 'demo' ? {} : { security: [{ session: [] }] }),
  }
}

export function openApiDocument(): Json {
  const paths: Record<string, Json> = {}
  const components: Components = new Map()
  wireSchema(problemSchema, components)
  for (const [feature, endpoints] of Object.entries(contracts)) {
    for (const contract of Object.values(endpoints) as NamedContract[]) {
      const path = API_PREFIX + contract.path.replace(/:(\w+)/g, '{$1}')
      paths[path] = { ...paths[path], [contract.method.toLowerCase()]: operationOf(feature, contract, components) }
    }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Miaodan 秒单', version: '1', description: 'The same interface the web app uses. Failures are problem documents (RFC 9457) with a stable `code`.' },
    paths,
    components: { schemas: Object.fromEntries([...components].sort(([a], [b]) => a.localeCompare(b))), securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'md_session' } } },
  }
}

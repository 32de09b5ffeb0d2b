/** Compares a request with an OpenAPI description: enough of JSON Schema for the one that is kept here. */
type Schema = { readonly [key: string]: unknown }
type Operation = { readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: Schema }>> }; readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[] }
export type Description = { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>; readonly components: { readonly schemas: Readonly<Record<string, Schema>> } }

/** What is wrong with the request; empty when it is as described. */
export function faultsOf(description: Description, method: string, url: URL, body: unknown): string[] {
  const path = Object.keys(description.paths).filter((each) => matches(each, url.pathname)).sort((a, b) => placeholders(a) - placeholders(b))[0]
  const operation = path === undefined ? undefined : description.paths[path]?.[method.toLowerCase()]
  if (operation === undefined) return [`${method} ${url.pathname} is not described`]
  const known = new Set((operation.parameters ?? []).filter((each) => each.in === 'query').map(({ name }) => name))
  const parameters = [...url.searchParams.keys()].filter((name) => !known.has(name)).map((name) => `${method} ${path}: parameter ${name} is not described`)
  const schema = operation.requestBody?.content['application/json']?.schema
  return [...parameters, ...(schema === undefined ? [] : faults(description, schema, body, `${method} ${path}`))]
}

const placeholders = (path: string): number => path.split('{').length
const matches = (template: string, path: string): boolean => new RegExp(`^${template.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`).test(path)

function faults(description: Description, schema: Schema, value: unknown, at: string): string[] {
  const reference = schema['$ref']
  if (typeof reference === 'string') return faults(description, description.components.schemas[reference.split('/').at(-1) ?? ''] ?? {}, value, at)
  const all = (schema['allOf'] as Schema[] | undefined) ?? []
  const some = (schema['oneOf'] ?? schema['anyOf']) as Schema[] | undefined
  const alternatives = some?.map((each) => faults(description, each, value, at))
  const best = alternatives?.toSorted((a, b) => a.length - b.length)[0] ?? []
  return [...all.flatMap((each) => faults(description, each, value, at)), ...best, ...plainFaults(description, schema, value, at)]
}

function plainFaults(description: Description, schema: Schema, value: unknown, at: string): string[] {
  const types = [schema['type'] ?? []].flat() as string[]
  if (types.length > 0 && !types.some((type) => isOf(type, value))) return [`${at} is ${JSON.stringify(value)?.slice(0, 60)}, not ${types.join(' or ')}`]
  if (Array.isArray(schema['enum']) && !schema['enum'].includes(value)) return [`${at} is ${JSON.stringify(value)}, not one of ${schema['enum'].join(', ')}`]
  if (Array.isArray(value)) return schema['items'] === undefined ? [] : value.flatMap((each, index) => faults(description, schema['items'] as Schema, each, `${at}[${index}]`))
  if (typeof value !== 'object' || value === null) return []
  const properties = (schema['properties'] ?? {}) as Record<string, Schema>
  const missing = ((schema['required'] ?? []) as string[]).filter((name) => !(name in value)).map((name) => `${at}.${name} is missing`)
  const others = schema['additionalProperties']
  return [...missing, ...Object.entries(value).flatMap(([name, each]) => {
    const property = properties[name]
    if (property !== undefined) return faults(description, property, each, `${at}.${name}`)
    if (others === false || (others === undefined && Object.keys(properties).length > 0)) return [`${at}.${name} is not described`]
    return typeof others === 'object' && others !== null ? faults(description, others as Schema, each, `${at}.${name}`) : []
  })]
}

function isOf(type: string, value: unknown): boolean {
  if (type === 'array') return Array.isArray(value)
  if (type === 'null') return value === null
  if (type === 'integer') return Number.isInteger(value)
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value)
  return typeof value === type
}

import * as z from 'zod'

const port = z.coerce.number().int().min(0).max(65_535)

/** Named as in the environment. An unset key is an error: a gateway that made up its own would only fail later. */
const environment = z.object({
  PORT: port.default(4300),
  HOST: z.string().default('127.0.0.1'),
  DATA_DIR: z.string().min(1),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  GATEWAY_PRIVATE_KEY: z.string().min(1),
  GATEWAY_PUBLIC_KEY: z.string().min(1).optional(),
  MERCHANT_PUBLIC_KEY: z.string().min(1),
  MERCHANT_APP_ID: z.string().regex(/^[\w-]{1,64}$/),
  RETRY_SECONDS: z.string().regex(/^\d+(,\d+){0,19}$/).transform((text) => text.split(',').map(Number)).optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

export type Config = z.output<typeof environment>

/** Reads the environment. Throws one sentence that names what is missing, never a value: values may be secret. */
export function readConfig(variables: Readonly<Record<string, string | undefined>>): Config {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''))
  const result = environment.safeParse(set)
  if (result.success) return result.data
  const names = [...new Set(result.error.issues.map((issue) => String(issue.path[0])))]
  throw new Error(`The sandbox gateway cannot start: ${names.join(', ')} missing or malformed.`)
}

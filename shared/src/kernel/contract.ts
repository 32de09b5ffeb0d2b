/**
 * A contract is the only description of an endpoint: the server registers its route from it, the OpenAPI document is
 * made from it, and the web's client takes its types from it.
 */
import type * as z from 'zod'
import type { Access } from './access.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export type Contract = {
  method: Method
  /** Below /api/v1, with `:name` parameters. */
  path: string
  access: Access
  /** One line for the reference. */
  summary: string
  params?: z.ZodObject
  query?: z.ZodObject
  body?: z.ZodType
  /** Shape of the answer. Left out: 204 without a body. */
  output?: z.ZodType
  /** Status of success, where it is not 200 (204 without an output). */
  status?: 201 | 202
  /** Codes the endpoint can answer with, beside the kernel's. */
  errors?: readonly string[]
  /** `required`: the call moves money or creates something and must carry an Idempotency-Key. */
  idempotency?: 'required'
  /** Requests a minute for one person or address, where the general limit is too generous. */
  perMinute?: number
  /** Taken also from people while the site is under maintenance: staff need it to come in and to leave. */
  duringMaintenance?: true
  /** The answer is not JSON but this media type. */
  media?: string
}

export type NamedContract = Contract & { name: string }

/** Declares a feature's endpoints. The name of each, `feature.endpoint`, is its OpenAPI operation id. */
export function defineContracts<const C extends Record<string, Contract>>(feature: string, contracts: C): { [K in keyof C]: C[K] & { name: string } } {
  return Object.fromEntries(Object.entries(contracts).map(([key, contract]) => [key, { ...contract, name: `${feature}.${key}` }])) as never
}

/** The client's types, taken from the contracts. Everything has its wire form: money as strings, moments as ISO text. */
import type { contracts } from '@miaodan/shared/contracts'

type Contracts = typeof contracts
/** What a schema reads from the wire. Structural, so that the web does not depend on zod. */
export type Wire<S> = S extends { _zod: { input: infer I } } ? I : never

type Part<C, K extends 'params' | 'query' | 'body'> = C extends Record<K, infer S>
  ? {} extends Wire<S> ? { [P in K]?: Wire<S> } : { [P in K]: Wire<S> }
  : {}

export type CallOptions = {
  signal?: AbortSignal
  /** One key for one intention: pass the same again to repeat a call whose answer was lost. Made up when left out. */
  idempotencyKey?: string
}
export type Arguments<C> = Part<C, 'params'> & Part<C, 'query'> & Part<C, 'body'>
export type Answer<C> = C extends { output: infer S } ? Wire<S> : void

export type Call<A, R> = ({} extends A ? (args?: A & CallOptions) => Promise<R> : (args: A & CallOptions) => Promise<R>) & {
  /** `feature.endpoint`. */
  readonly endpoint: string
  /** Never there at run time: lets types be taken from the call. */
  readonly types?: { args: A, answer: R }
}
export type AnyCall = { readonly endpoint: string, readonly types?: { args: unknown, answer: unknown } }

export type Api = { [F in keyof Contracts]: { [E in keyof Contracts[F]]: Call<Arguments<Contracts[F][E]>, Answer<Contracts[F][E]>> } }

/** Arguments and answer of a call: `AnswerOf<typeof api.catalog.getService>`. */
export type ArgumentsOf<C extends AnyCall> = NonNullable<C['types']>['args']
export type AnswerOf<C extends AnyCall> = NonNullable<C['types']>['answer']
/** One row of a call that answers with pages. */
export type RowOf<C extends AnyCall> = AnswerOf<C> extends { items: (infer Row)[] } ? Row : never

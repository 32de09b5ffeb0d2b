/**
 * Expected failures are declared once, beside their feature, with a sentence for the person in each language. They
 * are thrown as `problem(code)` and turned into RFC 9457 problem documents by the server in one place.
 */
import * as z from 'zod'

export type ErrorDeclaration = { status: number, zh: string, en: string }
export type ErrorDeclarations = Record<string, ErrorDeclaration>
export type Params = Record<string, string | number>
export type FieldProblem = { field: string, code: string, message: string }

/** Declares a feature's errors; every code is `<feature>.<name>`. Sentences may hold `{name}` placeholders. */
export function defineErrors<F extends string, const D extends ErrorDeclarations>(feature: F, declarations: D): { [K in keyof D & string as `${F}.${K}`]: ErrorDeclaration } {
  return Object.fromEntries(Object.entries(declarations).map(([name, declaration]) => [`${feature}.${name}`, declaration])) as never
}

/** An expected failure. `field` names the input at fault as a path such as `body.packages.0.price`. */
export class ProblemError extends Error {
  readonly code: string
  readonly params: Params
  readonly field: string | undefined

  constructor(code: string, params: Params = {}, field?: string) {
    super(code)
    this.name = 'ProblemError'
    this.code = code
    this.params = params
    this.field = field
  }
}

/** The document a client receives (RFC 9457), with the stable code and the fields at fault. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().optional(),
  code: z.string(),
  instance: z.string().optional(),
  errors: z.array(z.object({ field: z.string(), code: z.string(), message: z.string() })).optional(),
}).meta({ id: 'Problem' })
export type ProblemDocument = z.infer<typeof problemSchema>

export function fillSentence(sentence: string, params: Params): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole))
}

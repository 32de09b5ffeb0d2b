/** The two ways a call fails: the server said no (ApiProblem), or no answer came (NetworkFailure). */
import type { ProblemDocument } from '@miaodan/shared/kernel/problem'

export type FieldProblem = { field: string, code: string, message: string }

export class ApiProblem extends Error {
  /** Stable, as `orders.not_payable`. */
  readonly code: string
  readonly status: number
  readonly title: string
  /** A sentence in the reader's language. */
  readonly detail: string
  /** What is wrong with which input; `field` is a path such as `body.packages.0.price`. */
  readonly fields: readonly FieldProblem[]

  constructor(document: Pick<ProblemDocument, 'code' | 'status' | 'title' | 'detail' | 'errors'>) {
    super(document.code)
    this.name = 'ApiProblem'
    this.code = document.code
    this.status = document.status
    this.title = document.title
    this.detail = document.detail ?? document.title
    this.fields = document.errors ?? []
  }

  /** The sentence for one field, by its path without `body.`. */
  messageFor(field: string): string | undefined {
    return this.fields.find(problem => fieldName(problem.field) === field)?.message
  }
}

/** The request may or may not have reached the server. */
export class NetworkFailure extends Error {
  constructor(options?: ErrorOptions) {
    super('no answer', options)
    this.name = 'NetworkFailure'
  }
}

/** `body.title` → `title`. */
export const fieldName = (path: string): string => path.replace(/^(body|query|params)\./, '')

export const isProblem = (error: unknown, code?: string): error is ApiProblem =>
  error instanceof ApiProblem && (code === undefined || error.code === code)

/** Reads a failed answer. Something between us and the server (a proxy) may have answered with a page of its own. */
export async function problemFrom(response: { status: number, statusText: string, json: () => Promise<unknown> }): Promise<ApiProblem> {
  const document = await response.json().catch(() => null) as Partial<ProblemDocument> | null
  if (document && typeof document.code === 'string' && typeof document.title === 'string') {
    return new ApiProblem({ code: document.code, title: document.title, status: response.status, detail: document.detail, errors: document.errors })
  }
  return new ApiProblem({ code: `http.${response.status}`, status: response.status, title: response.statusText || String(response.status), detail: undefined, errors: undefined })
}

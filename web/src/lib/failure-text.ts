import { translate } from '../i18n/index.ts'
import { ApiProblem, NetworkFailure } from './problem.ts'

/** One sentence for a failure, in the reader's language. The server's own sentence where there is one. */
export function failureText(error: unknown): string {
  if (error instanceof NetworkFailure) return translate('common.noAnswer')
  if (error instanceof ApiProblem && !error.code.startsWith('http.')) return error.detail
  return translate('common.wentWrong')
}

/** Every failure becomes a problem document (RFC 9457) here, and only here. */
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type * as z from 'zod'
import { declarationOf, problem } from '@miaodan/shared/errors'
import { fillSentence, ProblemError, type ProblemDocument } from '@miaodan/shared/kernel/problem'
import { sqlState } from './db.ts'
import type { Locale } from './feature.ts'
import { fieldProblemOf } from './field-sentences.ts'
import { problemsAnswered } from './metrics.ts'

/** Thrown when the input does not fit the contract; each issue's path begins with params, query or body. */
export class InvalidInput extends Error {
  readonly issues: readonly z.core.$ZodIssue[]

  constructor(issues: readonly z.core.$ZodIssue[]) {
    super('the input does not fit the contract')
    this.issues = issues
  }
}

const MAX_FIELDS = 50

/** The language a request asks for: Chinese unless English is preferred. */
export function localeOf(request: FastifyRequest): Locale {
  const header = request.headers['accept-language'] ?? ''
  const zh = header.search(/\bzh\b/i)
  const en = header.search(/\ben\b/i)
  return en >= 0 && (zh < 0 || en < zh) ? 'en' : 'zh-CN'
}

export function documentOf(error: ProblemError, locale: Locale, instance?: string): ProblemDocument {
  const declaration = declarationOf(error.code)
  if (!declaration) throw new Error(`undeclared problem ${error.code}`)
  const title = fillSentence(locale === 'en' ? declaration.en : declaration.zh, error.params)
  return {
    type: `/problems/${error.code}`, title, status: declaration.status, code: error.code,
    ...(instance ? { instance } : {}),
    ...(error.field ? { errors: [{ field: error.field, code: error.code, message: title }] } : {}),
  }
}

/** What Postgres calls a text with a character that it cannot keep: U+0000. */
const UNWRITABLE = new Set(['22021', '22P05'])

function known(error: unknown): ProblemError | undefined {
  if (error instanceof ProblemError) return error
  const { code, statusCode } = error as Partial<FastifyError>
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return problem('kernel.too_large', { limit: '1 MB' })
  if (code === 'FST_REQ_FILE_TOO_LARGE') return problem('kernel.too_large', { limit: '50 MB' })
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE' || code === 'FST_INVALID_MULTIPART_CONTENT_TYPE') return problem('kernel.unsupported_media_type')
  if (UNWRITABLE.has(sqlState(error) ?? '')) return problem('kernel.malformed')
  if (statusCode === 503) return problem('kernel.unavailable')
  // An id that long is nobody's.
  if (statusCode === 404 || code === 'FST_ERR_MAX_PARAM_LENGTH') return problem('kernel.not_found')
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) return problem('kernel.malformed')
  return undefined
}

/** SQLSTATEs of connections, resources and a server that goes or comes; what Node and postgres.js call it; a full disk. */
const AWAY = /^(08\w{3}|53\w{3}|57P0[1-5]|CONNECTION_(CLOSED|ENDED|DESTROYED)|CONNECT_TIMEOUT|ECONNREFUSED|ECONNRESET|EPIPE|ENOSPC|EDQUOT)$/

/** Whether something we stand on cannot be used just now: nothing is wrong with the request, and later it may be done. */
export function isAway(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code } = cause as { code?: unknown }
    if (typeof code === 'string' && AWAY.test(code)) return true
  }
  return false
}

export function sendProblem(request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
  const locale = localeOf(request)
  let document: ProblemDocument
  if (error instanceof InvalidInput) {
    document = { ...documentOf(problem('kernel.invalid_input'), locale), errors: error.issues.slice(0, MAX_FIELDS).map(issue => fieldProblemOf(issue, locale)) }
  } else {
    const expected = known(error)
    const away = !expected && isAway(error)
    if (!expected) request.log.error({ err: error }, away ? 'what the request needs cannot be used now' : 'request failed')
    document = documentOf(expected ?? (away ? problem('kernel.unavailable') : problem('kernel.internal', { requestId: request.id })), locale)
  }
  problemsAnswered.inc({ code: document.code })
  return reply.code(document.status).type('application/problem+json').header('content-language', locale).send(JSON.stringify({ ...document, instance: request.id }))
}

import type { FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import type { Core } from '../core.ts'
import { DEFAULT_DELAY_SECONDS, faults, type FaultChoice } from '../faults.ts'
import { Refusal } from '../refusal.ts'
import type { Page } from './layout.ts'
import { chooseLanguage, textIn } from './text.ts'

/** What the frame of a page needs to know of the request. */
export function pageOf(core: Core, request: FastifyRequest): Omit<Page, 'title' | 'body'> {
  const asked = (request.query as { lang?: unknown }).lang
  const language = chooseLanguage(asked, request.headers['accept-language'])
  return { text: textIn(language), language, host: new URL(core.settings.publicUrl()).host }
}

/** Reads a form of the gateway's own pages, or a JSON body of the sandbox's interface. */
export function readBody<Schema extends z.ZodType>(schema: Schema, request: FastifyRequest): z.output<Schema> {
  const body = typeof request.body === 'string' ? Object.fromEntries(new URLSearchParams(request.body)) : (request.body ?? {})
  const result = schema.safeParse(body)
  if (result.success) return result.data
  throw new Refusal('INVALID_PARAMETER', `${result.error.issues[0]?.path.join('.') ?? 'The body'} is missing or malformed.`)
}

const delaySeconds = z.coerce.number().int().min(0).max(86_400).default(DEFAULT_DELAY_SECONDS)

/** The part of a form or JSON body that says how the notification goes wrong. */
export const faultFields = { fault: z.enum(faults).default('normal'), delay: delaySeconds }

export function choiceOf(fields: { fault: FaultChoice['fault']; delay: number }): FaultChoice {
  return { fault: fields.fault, delaySeconds: fields.delay }
}

/**
 * Everything comes from here, nothing is framed or cached. A browser also holds the redirect after a form to
 * `form-action`, hence the merchant's origin.
 */
export function sendPage(reply: FastifyReply, status: number, markup: string, formTarget?: string): FastifyReply {
  const target = formTarget === undefined ? '' : ` ${new URL(formTarget).origin}`
  return reply
    .status(status)
    .header('content-security-policy', [
      `default-src 'none'`, `style-src 'self'`, `script-src 'self'`, `img-src 'self' data:`, `connect-src 'self'`, `form-action 'self'${target}`,
      `frame-ancestors 'none'`, `base-uri 'none'`,
    ].join('; '))
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(markup)
}

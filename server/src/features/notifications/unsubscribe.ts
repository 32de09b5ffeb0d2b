/**
 * Ending the e-mails of one group without signing in: by the link in their footer, or by the mail program itself
 * (RFC 8058, one click). The token says whose and which, and is signed; it has no end, as a mail is kept for years.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { problem } from '@miaodan/shared/errors'
import { idSchema } from '@miaodan/shared/kernel/ids'
import { groupRule, NOTICE_GROUP_NAMES, type NoticeGroup } from '@miaodan/shared/notifications/groups'
import type { Deps } from '../../deps.ts'
import type { Executor, Tx } from '../../kernel/db.ts'
import type { Locale } from '../../kernel/feature.ts'
import { inTransaction } from '../../kernel/tx.ts'
import { choiceOf, choose, wordsOf } from './settings.ts'

type Subscription = { userId: string, group: NoticeGroup }

const MAC_BYTES = 18
const ONE_CLICK_PATH = '/api/v1/notices/unsubscribe'
/** RFC 8058 has the mail program post `List-Unsubscribe=One-Click`, as a form. */
const MAX_FORM_BYTES = 1024

/** Null where e-mails cannot be ended: what must not be missed. */
export function unsubscribeToken(deps: Pick<Deps, 'config'>, { userId, group }: Subscription): string | null {
  return groupRule(group).required ? null : `${userId}.${group}.${macOf(deps, userId, group)}`
}

export const oneClickAddress = (deps: Pick<Deps, 'config'>, token: string): string => `${deps.config.publicUrl}${ONE_CLICK_PATH}/${token}`

/** @throws problem `notifications.unsubscribe_invalid` for a token that we did not make as it is. */
function subscriptionOf(deps: Deps, token: string): Subscription {
  const [userId = '', name = ''] = token.split('.')
  const group = NOTICE_GROUP_NAMES.find(each => each === name)
  const known = idSchema.safeParse(userId).success && group !== undefined && !groupRule(group).required
  // As it is written: one MAC has several forms in base64.
  if (!known || !isSame(token, `${userId}.${group}.${macOf(deps, userId, group)}`)) throw problem('notifications.unsubscribe_invalid')
  return { userId, group }
}

const macOf = (deps: Pick<Deps, 'config'>, userId: string, group: NoticeGroup): string =>
  createHmac('sha256', deps.config.sessionSecret).update('unsubscribe\0').update(`${userId}.${group}`).digest().subarray(0, MAC_BYTES).toString('base64url')

const isSame = (given: string, expected: string): boolean => /^[\w.-]+$/.test(given) && given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected))

export async function subscriptionView(db: Executor, deps: Deps, token: string, locale: Locale) {
  const { userId, group } = subscriptionOf(deps, token)
  return { group, ...wordsOf(group, locale), subscribed: (await choiceOf(db, userId, group)).email }
}

/** What was chosen for SMS stays. */
export async function subscribe(tx: Tx, deps: Deps, token: string, subscribed: boolean): Promise<void> {
  const { userId, group } = subscriptionOf(deps, token)
  await choose(tx, userId, group, { ...await choiceOf(tx, userId, group), email: subscribed })
}

/** For mail programs: no page, no session, and a form nobody reads. */
export async function oneClick(app: FastifyInstance, deps: Deps): Promise<void> {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MAX_FORM_BYTES }, (_request, body, done) => done(null, body))
  app.post<{ Params: { token: string } }>(`${ONE_CLICK_PATH}/:token`, async (request, reply) => {
    await inTransaction(deps.db, tx => subscribe(tx, deps, request.params.token, false))
    return reply.code(204).send()
  })
}

import { randomUUID } from 'node:crypto'
import type { Core } from './core.ts'
import type { Notification } from './notifications.ts'
import { formBody, signParameters, type Parameters } from './signature.ts'

export type Answer = { status: number; answer: string; accepted: boolean }

/** The one answer that ends the tries: exactly these seven letters. */
const ACCEPTED = 'success'
const MAX_ANSWER_CHARACTERS = 60

/** Sends one copy. Never throws for what the receiver does: no answer is an answer of status 0. */
export async function post(core: Core, notification: Notification, stop: AbortSignal): Promise<Answer> {
  try {
    const response = await fetch(notification.notifyUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8', 'user-agent': 'sandbox-gateway' },
      body: formBody(compose(core, notification)),
      redirect: 'manual',
      signal: AbortSignal.any([stop, AbortSignal.timeout(core.settings.sendTimeoutMs)]),
    })
    const text = await readStart(response)
    return { status: response.status, answer: text, accepted: response.status === 200 && text === ACCEPTED }
  } catch (error) {
    return { status: 0, answer: reasonOf(error), accepted: false }
  }
}

/** The envelope is new for every copy: a receiver that refuses old messages must still take a late retry. */
function compose(core: Core, notification: Notification): Parameters {
  const parameters = signParameters({
    ...notification.parameters,
    ...(notification.fault === 'wrong_amount' ? { amount: offByOne(notification.parameters.amount) } : {}),
    method: 'notify',
    app_id: core.settings.appId,
    notify_id: notification.notifyId,
    notify_type: notification.type,
    timestamp: new Date(core.clock.wall()).toISOString(),
    nonce: randomUUID(),
    sign_type: 'RSA2',
  }, core.keys.own)
  return notification.fault === 'bad_signature' ? { ...parameters, sign: spoil(parameters.sign ?? '') } : parameters
}

/** One fen less, or more where less would be nothing. Properly signed: only comparing amounts finds it. */
function offByOne(amount: string | undefined): string {
  const fen = BigInt(amount ?? '0')
  return String(fen > 1n ? fen - 1n : fen + 1n)
}

function spoil(signature: string): string {
  const first = signature.startsWith('A') ? 'B' : 'A'
  return first + signature.slice(1)
}

/** An answer may be a whole error page: enough is read to show what it is, the rest is dropped. */
async function readStart(response: Response): Promise<string> {
  const reader = response.body?.getReader()
  if (reader === undefined) return ''
  const decoder = new TextDecoder()
  let text = ''
  while (text.length <= MAX_ANSWER_CHARACTERS) {
    const { done, value } = await reader.read()
    if (done) return text
    text += decoder.decode(value, { stream: true })
  }
  await reader.cancel()
  return `${text.slice(0, MAX_ANSWER_CHARACTERS)}…`
}

function reasonOf(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return 'timeout'
  const cause = error instanceof Error ? error.cause : undefined
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreachable'
}

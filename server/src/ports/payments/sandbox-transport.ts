import { createHash, randomUUID, type KeyObject } from 'node:crypto'
import * as z from 'zod'
import { GatewayRefused, GatewayUnavailable, type RefusalCode } from './errors.ts'
import { signParameters, verifyBytes, type Parameters } from './sandbox-protocol.ts'

export type TransportOptions = {
  /** The gateway's origin as this server reaches it. */
  url: string
  appId: string
  privateKey: KeyObject
  gatewayPublicKey: KeyObject
  timeoutMs: number
  attempts: number
  retryAfterMs: number
  /** The machine's clock, not business time: it dates messages, and the gateway compares it with its own. */
  wallClock: () => number
  fetch: typeof fetch
}

const MAX_ANSWER_BYTES = 4 * 1024 * 1024

const answerSchema = z.looseObject({ code: z.string(), message: z.string().optional(), request_digest: z.string() })

const refusals: Readonly<Record<string, RefusalCode>> = {
  NOT_FOUND: 'not_found',
  PARAMETER_MISMATCH: 'parameter_mismatch',
  INVALID_PARAMETER: 'invalid_parameter',
  TRADE_NOT_PAID: 'not_paid',
  TRADE_ALREADY_PAID: 'already_paid',
  REFUND_EXCEEDS_PAYMENT: 'refund_exceeds_payment',
  INVALID_SIGNATURE: 'unauthorized',
  UNKNOWN_APP: 'unauthorized',
  STALE_TIMESTAMP: 'unauthorized',
}

/**
 * One signed call with its retries. Repeated is what may help and cannot harm: no answer in time, a broken
 * connection, a 5xx. Each try is signed anew with a nonce of its own. A refusal, and an answer that is not the gateway's,
 * ends it at once.
 */
export async function callGateway(options: TransportOptions, method: string, parameters: Parameters): Promise<Record<string, unknown>> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await tryOnce(options, method, parameters)
    } catch (error) {
      const repeatable = error instanceof GatewayUnavailable && error.why !== 'untrusted_answer'
      if (!repeatable || attempt >= options.attempts) throw error
      await pause(options.retryAfterMs * 2 ** (attempt - 1))
    }
  }
}

async function tryOnce(options: TransportOptions, method: string, parameters: Parameters): Promise<Record<string, unknown>> {
  const form = new URLSearchParams(signParameters({
    ...parameters, app_id: options.appId, method, sign_type: 'RSA2', timestamp: new Date(options.wallClock()).toISOString(), nonce: randomUUID(),
  }, options.privateKey)).toString()
  const { response, bytes } = await exchange(options, method, form)
  if (response.status >= 500) throw new GatewayUnavailable('server_error', `The gateway answered ${method} with ${response.status}.`)
  const answer = readAnswer(options, response.headers.get('gateway-sign') ?? '', bytes)
  if (answer.request_digest !== createHash('sha256').update(form).digest('hex')) {
    throw new GatewayUnavailable('untrusted_answer', `The answer to ${method} belongs to another request.`)
  }
  // Something between us sent the same bytes twice; what the first of them did is not known.
  if (answer.code === 'REPLAYED_NONCE') throw new GatewayUnavailable('server_error', `The gateway saw ${method} twice.`)
  if (answer.code !== 'SUCCESS') throw new GatewayRefused(refusals[answer.code] ?? 'rejected', `The gateway refused ${method}: ${answer.code}.`)
  return answer
}

async function exchange(options: TransportOptions, method: string, form: string): Promise<{ response: Response; bytes: Uint8Array }> {
  const isBill = method === 'bill.download'
  try {
    const response = await options.fetch(isBill ? `${options.url}/v1/bill?${form}` : `${options.url}/v1`, {
      method: isBill ? 'GET' : 'POST',
      ...(isBill ? {} : { body: form, headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
      redirect: 'error',
      signal: AbortSignal.timeout(options.timeoutMs),
    })
    return { response, bytes: await readBytes(response) }
  } catch (error) {
    if (error instanceof GatewayUnavailable) throw error
    const timedOut = error instanceof Error && error.name === 'TimeoutError'
    throw new GatewayUnavailable(timedOut ? 'timeout' : 'unreachable', `No answer to ${method}.`, { cause: error })
  }
}

async function readBytes(response: Response): Promise<Uint8Array> {
  const declared = Number(response.headers.get('content-length') ?? 0)
  if (declared > MAX_ANSWER_BYTES) throw new GatewayUnavailable('untrusted_answer', 'The answer is too long.')
  return new Uint8Array(await response.arrayBuffer())
}

function readAnswer(options: TransportOptions, signature: string, bytes: Uint8Array): z.output<typeof answerSchema> {
  if (!verifyBytes(bytes, signature, options.gatewayPublicKey)) {
    throw new GatewayUnavailable('untrusted_answer', 'The answer does not carry the gateway’s signature.')
  }
  const answer = answerSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes)) as unknown)
  if (!answer.success) throw new GatewayUnavailable('untrusted_answer', 'The answer has not the agreed form.')
  return answer.data
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds)
  })
}

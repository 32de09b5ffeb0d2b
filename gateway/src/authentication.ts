import * as z from 'zod'
import type { Core } from './core.ts'
import { Refusal } from './refusal.ts'
import { MalformedParameters, parseParameters, verifyParameters, type Parameters } from './signature.ts'

/** How far the merchant's clock may be from ours; a nonce must be remembered for as long. */
export const TOLERANCE_MS = 5 * 60_000

const envelope = z.object({
  app_id: z.string(),
  method: z.string().max(40),
  sign_type: z.literal('RSA2'),
  sign: z.string().max(1024),
  timestamp: z.iso.datetime(),
  nonce: z.string().regex(/^[\w-]{16,64}$/),
})

export type SignedRequest = { method: string; parameters: Parameters }

/** Whether the raw body or query comes from the merchant, now, and for the first time. Throws a Refusal if not. */
export function authenticate(core: Core, raw: string): SignedRequest {
  const parameters = parse(raw)
  const head = envelope.safeParse(parameters)
  if (!head.success) throw new Refusal('INVALID_PARAMETER', `${head.error.issues[0]?.path.join('.') ?? 'envelope'} is missing or malformed.`)
  if (head.data.app_id !== core.settings.appId) throw new Refusal('UNKNOWN_APP', 'No merchant has this app_id.')
  if (!verifyParameters(parameters, core.keys.merchant)) throw new Refusal('INVALID_SIGNATURE', 'The signature does not fit the parameters.')
  rememberNonce(core, head.data.nonce, Date.parse(head.data.timestamp))
  return { method: head.data.method, parameters }
}

function parse(raw: string): Parameters {
  try {
    return parseParameters(raw)
  } catch (error) {
    if (error instanceof MalformedParameters) throw new Refusal('INVALID_PARAMETER', error.message)
    throw error
  }
}

/** A message is good once, and only while its nonce is still remembered. */
function rememberNonce(core: Core, nonce: string, timestamp: number): void {
  const now = core.clock.wall()
  if (Math.abs(now - timestamp) > TOLERANCE_MS) throw new Refusal('STALE_TIMESTAMP', 'timestamp is more than five minutes away from now.')
  core.store.run('delete from nonces where expires_at < :now', { now })
  const fresh = core.store.run('insert into nonces values (:nonce, :expiresAt) on conflict do nothing', { nonce, expiresAt: timestamp + TOLERANCE_MS })
  if (fresh === 0) throw new Refusal('REPLAYED_NONCE', 'This nonce was used before.')
}

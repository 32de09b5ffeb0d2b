/** Why a network says no. `rejected` stands for whatever an adapter cannot name better. */
export type RefusalCode =
  | 'parameter_mismatch'
  | 'invalid_parameter'
  | 'not_found'
  | 'not_paid'
  | 'already_paid'
  | 'refund_exceeds_payment'
  | 'unauthorized'
  | 'rejected'

/** The network has answered, trustworthily, that it will not do this. Nothing was done. */
export class GatewayRefused extends Error {
  override readonly name = 'GatewayRefused'
  readonly code: RefusalCode

  constructor(code: RefusalCode, message: string) {
    super(message)
    this.code = code
  }
}

/** No trustworthy answer came, so the outcome is unknown. Repeat with the same number, or query. */
export class GatewayUnavailable extends Error {
  override readonly name = 'GatewayUnavailable'
  readonly why: 'unreachable' | 'timeout' | 'server_error' | 'untrusted_answer'

  constructor(why: GatewayUnavailable['why'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.why = why
  }
}

/** A notification that must not be believed. The message never repeats what the body claimed. */
export class InvalidNotification extends Error {
  override readonly name = 'InvalidNotification'
  readonly why: 'malformed' | 'signature' | 'stale' | 'wrong_merchant'

  constructor(why: InvalidNotification['why'], message: string) {
    super(message)
    this.why = why
  }
}

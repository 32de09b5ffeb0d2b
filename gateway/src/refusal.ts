/** The answers other than success. The names are part of the protocol; see README.md. */
const statuses = {
  INVALID_SIGNATURE: 401,
  STALE_TIMESTAMP: 401,
  REPLAYED_NONCE: 401,
  UNKNOWN_APP: 401,
  INVALID_PARAMETER: 400,
  UNKNOWN_METHOD: 404,
  NOT_FOUND: 404,
  PARAMETER_MISMATCH: 409,
  TRADE_ALREADY_PAID: 409,
  TRADE_NOT_PAID: 409,
  REFUND_EXCEEDS_PAYMENT: 409,
  ALREADY_SETTLED: 409,
} as const

export type RefusalCode = keyof typeof statuses

export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: RefusalCode
  readonly status: number

  constructor(code: RefusalCode, message: string) {
    super(message)
    this.code = code
    this.status = statuses[code]
  }
}

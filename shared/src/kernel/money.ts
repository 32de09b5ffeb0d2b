/**
 * Money is an integer number of minor units (fen) with its currency. In code the amount is a bigint, on the wire a
 * decimal string, so that no step between the database and the screen passes through a float.
 */
import * as z from 'zod'

export type Currency = 'CNY'
export type Money = { amount: bigint, currency: Currency }
export type WireMoney = { amount: string, currency: Currency }

/** The largest amount accepted anywhere: ten million yuan. Sums of it stay far inside Postgres' bigint. */
export const MAX_AMOUNT = 1_000_000_000n

export const currencySchema = z.literal('CNY').meta({ description: 'ISO 4217 code. Only CNY is in use.' })

const wireAmountSchema = z.string().regex(/^-?\d{1,18}$/).meta({ description: 'Minor units (fen) as a decimal string.', examples: ['128000'] })
const amountCodec = z.codec(wireAmountSchema, z.bigint(), { decode: text => BigInt(text), encode: value => value.toString() })

/** Any amount, also zero or negative: for balances and differences. */
export const moneySchema = z.object({ amount: amountCodec, currency: currencySchema }).meta({ id: 'Money' })

const positiveAmountCodec = z.codec(
  z.string().regex(/^[1-9]\d{0,17}$/).meta({ description: 'Positive minor units (fen) as a decimal string.', examples: ['128000'] }),
  z.bigint().positive().max(MAX_AMOUNT),
  { decode: text => BigInt(text), encode: value => value.toString() },
)

/** An amount a person may name: greater than zero, at most MAX_AMOUNT. */
export const positiveMoneySchema = z.object({ amount: positiveAmountCodec, currency: currencySchema }).meta({ id: 'PositiveMoney' })

/** Zero or more, at most MAX_AMOUNT: for prices of choices that may cost nothing. */
export const priceSchema = z.object({
  amount: z.codec(z.string().regex(/^\d{1,18}$/), z.bigint().nonnegative().max(MAX_AMOUNT), { decode: text => BigInt(text), encode: value => value.toString() }),
  currency: currencySchema,
}).meta({ id: 'Price' })

export function fen(amount: bigint): Money {
  return { amount, currency: 'CNY' }
}

/** Adds amounts of one currency. Throws a RangeError when currencies differ. An empty sum is ¥0. */
export function addMoney(...parts: Money[]): Money {
  const currency = parts[0]?.currency ?? 'CNY'
  let amount = 0n
  for (const part of parts) {
    if (part.currency !== currency) throw new RangeError(`cannot add ${part.currency} to ${currency}`)
    amount += part.amount
  }
  return { amount, currency }
}

/** `amount` × `bps` / 10,000, rounded half up to the fen. Both must be zero or more. */
export function basisPoints(amount: bigint, bps: number): bigint {
  if (amount < 0n || !Number.isInteger(bps) || bps < 0) throw new RangeError('basisPoints needs a non-negative amount and whole basis points')
  return (amount * BigInt(bps) + 5_000n) / 10_000n
}

/** "¥1,280.00": for texts made on the server (notices, documents). Screens use the MoneyText component. */
export function formatMoney(money: Money): string {
  const sign = money.amount < 0n ? '-' : ''
  const absolute = money.amount < 0n ? -money.amount : money.amount
  const whole = (absolute / 100n).toString().replace(/\B(?=(\d{3})+$)/g, ',')
  return `${sign}¥${whole}.${(absolute % 100n).toString().padStart(2, '0')}`
}

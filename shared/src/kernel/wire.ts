/** Schemas for what JSON has no type for. */
import * as z from 'zod'

/** A moment: a Date in code, an ISO 8601 string in UTC on the wire. */
export const momentSchema = z.codec(z.iso.datetime(), z.date(), { decode: text => new Date(text), encode: date => date.toISOString() })

/** In the answer of what may be read from a replica. */
export const asOfSchema = momentSchema.meta({ description: 'Everything that happened until then is in the answer; what came after may be missing. Seconds ago at the most.' })

/** `true`/`false` in a query string. */
export const flagSchema = z.enum(['true', 'false']).transform(text => text === 'true')

/** One or more values of a repeated query parameter. */
export function manyOf<T extends z.ZodType>(item: T, max = 50) {
  return z.preprocess(value => (value === undefined || Array.isArray(value) ? value : [value]), z.array(item).max(max).optional())
}

/** Text a person typed on one line: trimmed, without control characters, not empty. */
export const lineSchema = (max: number, min = 1) => z.string().trim().min(min).max(max).regex(/^[^\u0000-\u001f\u007f]*$/u)

/** Text a person typed over several lines: trimmed, no control characters but line breaks and tabs. */
export const textSchema = (max: number, min = 1) => z.string().trim().min(min).max(max).regex(/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$/u)

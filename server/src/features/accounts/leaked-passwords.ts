import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** Sorted prefixes of SHA-256, made by scripts/pack-leaked-passwords.mjs. */
const prefixes = readFileSync(new URL('leaked-passwords.bin', import.meta.url))
const PREFIX_BYTES = 6

/** Whether this password, in any case, is among those that attackers try first. */
export function hasLeaked(password: string): boolean {
  const wanted = createHash('sha256').update(password.normalize('NFKC').toLowerCase()).digest().subarray(0, PREFIX_BYTES)
  let low = 0
  let high = prefixes.length / PREFIX_BYTES
  while (low < high) {
    const middle = (low + high) >>> 1
    const order = prefixes.compare(wanted, 0, PREFIX_BYTES, middle * PREFIX_BYTES, (middle + 1) * PREFIX_BYTES)
    if (order === 0) return true
    if (order < 0) low = middle + 1
    else high = middle
  }
  return false
}

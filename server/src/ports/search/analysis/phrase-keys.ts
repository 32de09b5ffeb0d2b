/** What may be typed to be offered a phrase. */
import { reading } from './pinyin.ts'

/** Words of a phrase from which it can be completed. */
const openings = 6
export const keyChars = 32

/** From the first or a later word on: as written, in pinyin, in initials. `opening` says that it is from the first. */
export function phraseKeys(normalized: string): { key: string; opening: boolean }[] {
  const words = normalized.match(/\p{Script=Han}|[[\p{L}\p{N}]--\p{Script=Han}]+/gv) ?? []
  const keys = new Map<string, boolean>()
  for (let start = 0; start < Math.min(words.length, openings); start++) {
    const rest = words.slice(start, start + keyChars).join('')
    const spoken = reading(rest)
    for (const key of [rest, spoken.full, spoken.initials]) {
      const cut = key.slice(0, keyChars)
      if (cut.length > 0 && !keys.has(cut)) keys.set(cut, start === 0)
    }
  }
  return [...keys].map(([key, opening]) => ({ key, opening }))
}

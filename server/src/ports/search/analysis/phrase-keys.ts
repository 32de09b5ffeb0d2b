/** What may be typed to be offered a phrase. */
import { readings } from './pinyin.ts'

/** Words of a phrase from which it can be completed. */
const openings = 6
export const keyChars = 32

/** From the first or a later word on: as written, in pinyin, in initials. `opening` says that it is from the first. */
export function phraseKeys(normalized: string): { key: string; opening: boolean }[] {
  const words = normalized.match(/\p{Script=Han}|[[\p{L}\p{N}]--\p{Script=Han}]+/gv) ?? []
  const spoken = readings(words)
  const keys = new Map<string, boolean>()
  for (let start = 0; start < Math.min(words.length, openings); start++) {
    for (const key of [words, spoken.map(({ full }) => full), spoken.map(({ initials }) => initials)]) {
      const cut = key.slice(start, start + keyChars).join('').slice(0, keyChars)
      if (cut.length > 0 && !keys.has(cut)) keys.set(cut, start === 0)
    }
  }
  return [...keys].map(([key, opening]) => ({ key, opening }))
}

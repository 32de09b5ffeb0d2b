/** What both sides of a comparison are cut and called with. */
import { reading } from '../analysis/pinyin.ts'
import { isHanWord } from '../analysis/segment.ts'
import { stem } from '../analysis/stem.ts'
import type { Vocabulary } from '../analysis/synonyms.ts'

/** The words of a document that were meant by those of a query: themselves, what they sound like, what else they are called. */
export function meansFor({ synonyms }: Vocabulary, words: readonly string[]): { has(token: string): boolean } {
  const asked = new Set(words)
  return {
    has(token) {
      if (asked.has(token)) return true
      const { full, initials } = isHanWord(token) ? reading(token) : { full: '', initials: '' }
      // A run of letters may be several words: "haibaosheji".
      if (full !== '' && words.some((word) => word.includes(full) || stem(full) === word || (initials.length > 1 && word === initials))) return true
      const others = synonyms.at([{ token, surface: token, position: 1, start: 0 }], 0)?.others ?? []
      return others.some((other) => other.every((each) => asked.has(each)))
    },
  }
}

/** Pinyin without tones for Chinese words, and the reading of what somebody types in pinyin. */
import { pinyin } from 'pinyin-pro'

/** "logo设计" → full "logosheji", initials "logosj". Latin stays as it is, anything else falls away. */
export type Reading = { readonly full: string; readonly initials: string }

const cacheSize = 50_000
const cache = new Map<string, Reading>()

export function reading(word: string): Reading {
  const known = cache.get(word)
  if (known !== undefined) return known
  const made = makeReading(word)
  if (cache.size >= cacheSize) cache.clear()
  cache.set(word, made)
  return made
}

function makeReading(word: string): Reading {
  const parts = readings(word.match(/\p{Script=Han}|[a-z0-9]+/gu) ?? [])
  return { full: parts.map(({ full }) => full).join(''), initials: parts.map(({ initials }) => initials).join('') }
}

/** Of words that are each one Chinese character or none, read together: how a character is said depends on its neighbours. */
export function readings(words: readonly string[]): Reading[] {
  const said: Reading[] = []
  for (let start = 0; start < words.length; ) {
    let end = start
    while (end < words.length && isHan(words[end] as string)) end++
    if (end === start) {
      const latin = (words[start++] as string).replace(/[^a-z0-9]+/g, '')
      said.push({ full: latin, initials: latin })
      continue
    }
    const syllables = pinyin(words.slice(start, end).join(''), { toneType: 'none', type: 'array', v: true })
    for (let index = start; index < end; index++) {
      const syllable = syllables[index - start] ?? ''
      said.push({ full: syllable, initials: syllable.charAt(0) })
    }
    start = end
  }
  return said
}

const isHan = (word: string): boolean => /^\p{Script=Han}/u.test(word)

/** Longest run of letters that is tried as pinyin. */
const pinyinChars = 30

const syllable =
  /^(?:[bpm](?:a|o|ai|ei|ao|ou|an|en|ang|eng|i|ie|iao|iu|ian|in|ing|u)|f(?:a|o|ei|ou|an|en|ang|eng|u)|[dtnl](?:a|e|ai|ei|ao|ou|an|en|ang|eng|ong|i|ia|ie|iao|iu|ian|in|iang|ing|u|uo|ui|uan|un|v|ve|ue)|[gkh](?:a|e|ai|ei|ao|ou|an|en|ang|eng|ong|u|ua|uo|uai|ui|uan|un|uang)|[jqx](?:i|ia|ie|iao|iu|ian|in|iang|ing|iong|u|ue|uan|un)|(?:zh|ch|sh|[rzcs])(?:a|e|i|ai|ei|ao|ou|an|en|ang|eng|ong|u|ua|uo|uai|ui|uan|un|uang)|y(?:a|o|e|ai|ao|ou|an|ang|ong|i|in|ing|u|ue|uan|un)|w(?:a|o|ai|ei|an|en|ang|eng|u)|a|o|e|ai|ei|ao|ou|an|en|ang|eng|er)$/

const longestSyllable = 6

/** True if the letters can be read as whole syllables: "sheji" yes, "logo" yes, "sj" no, "design" no. */
export function isPinyin(letters: string): boolean {
  if (letters.length > pinyinChars || !/^[a-z]+$/.test(letters)) return false
  const reachable = new Set([0])
  for (let start = 0; start < letters.length; start++) {
    if (!reachable.has(start)) continue
    for (let end = start + 1; end <= Math.min(letters.length, start + longestSyllable); end++) {
      if (syllable.test(letters.slice(start, end))) reachable.add(end)
    }
  }
  return reachable.has(letters.length)
}

/** Every piece of the letters that might be a word written in pinyin or Latin, for one look-up in the dictionary. */
export function pieces(letters: string): string[] {
  const text = letters.slice(0, pinyinChars)
  const found = new Set<string>()
  for (let start = 0; start < text.length; start++) {
    for (let end = start + 2; end <= text.length; end++) found.add(text.slice(start, end))
  }
  return [...found]
}

/**
 * Cuts the letters into known pieces: fewest pieces first, then the more frequent. "haibaosheji" becomes haibao,
 * sheji when both are known. Null if no cut covers them all.
 */
export function cutPinyin(letters: string, weightOf: (piece: string) => number | undefined): string[] | null {
  const text = letters.slice(0, pinyinChars)
  const best: ({ pieces: string[]; weight: number } | undefined)[] = [{ pieces: [], weight: 0 }]
  for (let end = 2; end <= text.length; end++) {
    for (let start = 0; start <= end - 2; start++) {
      const before = best[start]
      const weight = before === undefined ? undefined : weightOf(text.slice(start, end))
      if (before === undefined || weight === undefined) continue
      const candidate = { pieces: [...before.pieces, text.slice(start, end)], weight: before.weight + weight }
      const current = best[end]
      const fewer = current === undefined || candidate.pieces.length < current.pieces.length
      if (fewer || (candidate.pieces.length === current.pieces.length && candidate.weight > current.weight)) best[end] = candidate
    }
  }
  return best[text.length]?.pieces ?? null
}

/** One spelling for what people write in several: width, case, traditional characters, control characters. */
import { Converter } from 'opencc-js/t2cn'

const toSimplified = Converter({ from: 'tw', to: 'cn' })

/** Control, format and private-use characters and lone surrogates carry no words, and Postgres refuses NUL. */
const noise = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu

const firstHan = 0x4e00
const lastHan = 0x9fff

/**
 * The characters that conversion changes. Looking them up first makes simplified text, which is most of it, cost
 * a tenth of running the converter over everything.
 */
const traditional = ((): ReadonlySet<number> => {
  const changed = new Set<number>()
  for (let code = firstHan; code <= lastHan; code++) {
    const character = String.fromCodePoint(code)
    if (toSimplified(character) !== character) changed.add(code)
  }
  return changed
})()

function hasTraditional(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    if (traditional.has(text.charCodeAt(index))) return true
  }
  return false
}

/** "ＬＯＧＯ 設計" becomes "logo 设计". The length may change. */
export function normalize(text: string): string {
  const folded = text.normalize('NFKC').toLowerCase().replace(noise, ' ')
  return hasTraditional(folded) ? toSimplified(folded) : folded
}

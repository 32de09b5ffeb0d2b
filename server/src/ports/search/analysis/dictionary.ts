/** What a word is called in the other language, and other words of its own language that translate alike. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { rootOf, stem } from './stem.ts'

/** `weight` from 0 to 1: how sure it is that this was meant. */
export type Related = { readonly tokens: readonly string[]; readonly weight: number }

/** A meaning that so many words share says little; its words are left out. */
const vagueMeaning = 60
/** Each later meaning of a word is a little less what it usually says. */
const laterMeaning = 0.1
/** What the translation of a word of the same root counts: "designing" for "designer". */
const rootShare = 0.7
const longestMeaning = 3

type Translation = { readonly word: string; readonly weight: number }

class Dictionary {
  readonly #meanings = new Map<string, readonly string[]>()
  readonly #words = new Map<string, Translation[]>()
  readonly #roots = new Map<string, string[]>()

  constructor(lines: readonly string[]) {
    for (const line of lines) {
      const [word = '', listed = ''] = line.split('\t')
      const meanings = listed.split('/').map((meaning) => meaning.split(' ').map(stem).join(' '))
      this.#meanings.set(word, meanings)
      meanings.forEach((meaning, place) => {
        const known = this.#words.get(meaning)
        const translation = { word, weight: 1 / (1 + laterMeaning * place) }
        if (known === undefined) {
          this.#words.set(meaning, [translation])
          if (!meaning.includes(' ')) this.#roots.set(rootOf(meaning), [...(this.#roots.get(rootOf(meaning)) ?? []), meaning])
        } else if (known.at(-1)?.word !== word) known.push(translation)
      })
    }
  }

  /** Chinese words for these English tokens, taken together as one expression. */
  chineseFor(tokens: readonly string[]): Translation[] {
    if (tokens.length > longestMeaning) return []
    const meaning = tokens.join(' ')
    const own = this.#words.get(meaning) ?? []
    const others = (this.#roots.get(rootOf(meaning)) ?? []).filter((other) => other !== meaning)
    return [...own, ...others.flatMap((other) => (this.#words.get(other) ?? []).map(({ word, weight }) => ({ word, weight: weight * rootShare })))]
  }

  /** What the word means, its words reduced as in a query. */
  englishFor(word: string): readonly string[] {
    return this.#meanings.get(word) ?? []
  }

  /** Other Chinese words with a meaning of this one. */
  likeChinese(word: string): Related[] {
    return (this.#meanings.get(word) ?? []).flatMap((meaning) => {
      const words = this.#words.get(meaning) ?? []
      if (words.length > vagueMeaning) return []
      return words.filter((other) => other.word !== word).map((other) => ({ tokens: [other.word], weight: 1 / Math.sqrt(words.length) }))
    })
  }

  /** Other English expressions with a Chinese word in common. */
  likeEnglish(token: string): Related[] {
    const words = this.#words.get(token) ?? []
    return words.flatMap(({ word }) =>
      (this.#meanings.get(word) ?? []).filter((meaning) => meaning !== token).map((meaning) => ({ tokens: meaning.split(' '), weight: 1 / Math.sqrt(words.length) })),
    )
  }
}

let loaded: Dictionary | undefined

/** Read when first asked for: a process that never searches does not carry it. */
export function dictionary(): Dictionary {
  loaded ??= new Dictionary(readFileSync(fileURLToPath(new URL('../vocabulary/zh-en.tsv', import.meta.url)), 'utf8').trimEnd().split('\n'))
  return loaded
}

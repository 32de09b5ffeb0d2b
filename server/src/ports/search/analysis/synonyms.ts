/** Finds what else a word or a group of words is called. */
import { createSegmenter, type Segmenter, type Token } from './segment.ts'
import { synonymGroups } from './synonym-groups.ts'

/** One way to say it: tokens that must all be there. */
export type Wording = readonly string[]

export type SynonymMatch = {
  /** How many of the tokens are covered, at least 1. */
  readonly length: number
  readonly others: readonly Wording[]
}

export type Synonyms = {
  /** The longest known term that starts at this token, and the other wordings of its groups; null if none is known. */
  at(tokens: readonly Token[], start: number): SynonymMatch | null
}

/** Longest term in tokens: "large language model" is three. */
const longestTerm = 4

/** All terms of all groups, for the segmenter's dictionary. */
export function synonymTerms(): string[] {
  return groups().flat()
}

/** What an engine cuts and compares texts with. */
export type Vocabulary = { readonly segmenter: Segmenter; readonly synonyms: Synonyms }

export function createVocabulary(): Vocabulary {
  const segmenter = createSegmenter(synonymTerms())
  return { segmenter, synonyms: createSynonyms(segmenter) }
}

/** The groups are cut when the first word is asked for. */
export function createSynonyms(segmenter: Segmenter): Synonyms {
  let cut: Synonyms | undefined
  return { at: (tokens, start) => (cut ??= cutSynonyms(segmenter)).at(tokens, start) }
}

function cutSynonyms(segmenter: Segmenter): Synonyms {
  const wordings = new Map<string, Map<string, Wording>>()
  for (const group of groups()) {
    const cut = group.map((term) => segmenter.forQuery(term).map((token) => token.token)).filter((tokens) => tokens.length > 0)
    for (const term of cut) {
      const others = wordings.get(keyOf(term)) ?? new Map<string, Wording>()
      for (const other of cut) if (keyOf(other) !== keyOf(term)) others.set(keyOf(other), other)
      wordings.set(keyOf(term), others)
    }
  }
  return {
    at(tokens, start) {
      for (let length = Math.min(longestTerm, tokens.length - start); length > 0; length--) {
        const key = keyOf(tokens.slice(start, start + length).map((token) => token.token))
        const others = wordings.get(key)
        if (others !== undefined) return { length, others: [...others.values()] }
      }
      return null
    },
  }
}

export const noSynonyms: Synonyms = { at: () => null }

function groups(): string[][] {
  return Object.values(synonymGroups).flatMap((lines) =>
    lines
      .trim()
      .split('\n')
      .map((line) => line.split('|').map((term) => term.trim())),
  )
}

const keyOf = (tokens: Wording): string => tokens.join(' ')

/**
 * The reference: Okapi BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009) with its usual
 * constants, every occurrence of a query's token counted, and nothing else.
 */
const K1 = 1.2
const B = 0.75

export type Bm25 = { search(text: string, limit: number): string[] }

export function createBm25(documents: readonly { id: string, text: string }[], tokensOf: (text: string) => readonly string[]): Bm25 {
  const postings = new Map<string, Map<number, number>>()
  const lengths = documents.map(({ text }, index) => {
    const tokens = tokensOf(text)
    for (const token of tokens) {
      const places = postings.get(token) ?? new Map<number, number>()
      places.set(index, (places.get(index) ?? 0) + 1)
      postings.set(token, places)
    }
    return tokens.length
  })
  const usual = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length)
  return {
    search(text, limit) {
      const scores = new Map<number, number>()
      for (const token of tokensOf(text)) {
        const places = postings.get(token)
        if (places === undefined) continue
        const rarity = Math.log(1 + (documents.length - places.size + 0.5) / (places.size + 0.5))
        for (const [index, count] of places) {
          const norm = K1 * (1 - B + (B * (lengths[index] ?? 0)) / usual)
          scores.set(index, (scores.get(index) ?? 0) + (rarity * count * (K1 + 1)) / (count + norm))
        }
      }
      const ranked = [...scores].sort(([left, a], [right, b]) => b - a || left - right)
      return ranked.slice(0, limit).map(([index]) => documents[index]?.id ?? '')
    },
  }
}

/** Chinese as pairs of neighbouring characters, Latin as words: what a search that knows no language does. */
export function plainTokens(text: string): string[] {
  const runs = text.normalize('NFKC').toLowerCase().match(/\p{Script=Han}+|[[\p{L}\p{N}]--\p{Script=Han}]+/gv) ?? []
  return runs.flatMap(run => {
    if (!/^\p{Script=Han}/u.test(run)) return [run]
    const characters = [...run]
    return characters.length === 1 ? characters : characters.slice(1).map((character, index) => `${characters[index]}${character}`)
  })
}

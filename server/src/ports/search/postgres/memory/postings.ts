/** For each word the documents that have it, in sorted arrays: an inverted index in parts, each of documents next to each other. */

/** `counts` are occurrences weighed by their field, in halves. */
export type Postings = { readonly documents: Int32Array; readonly counts: Uint8Array; readonly from: number; readonly to: number }

export type Part = {
  /** Ascending. */
  readonly words: Int32Array
  /** Where the documents of each word begin; one more at the end. */
  readonly starts: Int32Array
  readonly documents: Int32Array
  readonly counts: Uint8Array
  /** Documents in it. */
  readonly size: number
}

/** A word by its number and how often, in one number: 24 bits and 8 bits. */
export const term = (word: number, count: number): number => word * termCounts + Math.min(termCounts - 1, count)
export const wordsKept = 2 ** 24
const termCounts = 256

/** From the terms of documents that are numbered from `first` on. */
export function partOf(first: number, documents: readonly Uint32Array[]): Part {
  const last = documents.reduce((most, terms) => terms.reduce((highest, each) => Math.max(highest, each >>> 8), most), 0)
  const places = new Int32Array(last + 2)
  for (const terms of documents) for (const each of terms) (places[(each >>> 8) + 1] as number)++
  const words: number[] = []
  const starts: number[] = []
  for (let word = 0; word <= last; word++) {
    if (places[word + 1] !== 0) {
      words.push(word)
      starts.push(places[word] as number)
    }
    places[word + 1] = (places[word] as number) + (places[word + 1] as number)
  }
  const total = places[last + 1] as number
  const part = { words: Int32Array.from(words), starts: Int32Array.from([...starts, total]), documents: new Int32Array(total), counts: new Uint8Array(total), size: documents.length }
  documents.forEach((terms, index) => {
    for (const each of terms) {
      const place = (places[each >>> 8] as number)++
      part.documents[place] = first + index
      part.counts[place] = each & (termCounts - 1)
    }
  })
  return part
}

/** Of two neighbours, the earlier documents first. */
export function joined(left: Part, right: Part): Part {
  const words = new Int32Array(left.words.length + right.words.length)
  const starts = new Int32Array(words.length + 1)
  const documents = new Int32Array(left.documents.length + right.documents.length)
  const counts = new Uint8Array(documents.length)
  let place = 0
  const take = (part: Part, index: number): void => {
    const end = part.starts[index + 1] as number
    for (let from = part.starts[index] as number; from < end; from++) {
      documents[place] = part.documents[from] as number
      counts[place++] = part.counts[from] as number
    }
  }
  let found = 0
  for (let l = 0, r = 0; l < left.words.length || r < right.words.length; found++) {
    const word = Math.min(left.words[l] ?? Infinity, right.words[r] ?? Infinity)
    words[found] = word
    if (left.words[l] === word) take(left, l++)
    if (right.words[r] === word) take(right, r++)
    starts[found + 1] = place
  }
  return { words: words.slice(0, found), starts: starts.slice(0, found + 1), documents, counts, size: left.size + right.size }
}

export function postingsIn(part: Part, word: number): Postings | null {
  let [low, high] = [0, part.words.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((part.words[middle] as number) < word) low = middle + 1
    else high = middle
  }
  if (part.words[low] !== word) return null
  return { documents: part.documents, counts: part.counts, from: part.starts[low] as number, to: part.starts[low + 1] as number }
}

/** Of the documents that had at least so many before, those that have every word, each with the count of the word it has least. */
export function together(lists: readonly Postings[], had: Uint8Array, enough: number): Postings {
  const [shortest, ...others] = [...lists].sort((a, b) => a.to - a.from - (b.to - b.from))
  if (shortest === undefined) return none
  const documents: number[] = []
  const counts: number[] = []
  const lows = others.map(({ from }) => from)
  for (let index = shortest.from; index < shortest.to; index++) {
    const document = shortest.documents[index] as number
    if ((had[document] as number) < enough) continue
    let least = shortest.counts[index] as number
    for (const [at, other] of others.entries()) {
      const place = (lows[at] = atOrAfter(other, lows[at] as number, document))
      least = place < other.to && other.documents[place] === document ? Math.min(least, other.counts[place] as number) : 0
      if (least === 0) break
    }
    if (least > 0) {
      documents.push(document)
      counts.push(least)
    }
  }
  return { documents: Int32Array.from(documents), counts: Uint8Array.from(counts), from: 0, to: documents.length }
}

const none: Postings = { documents: new Int32Array(0), counts: new Uint8Array(0), from: 0, to: 0 }

/** The first place from `low` on that holds this document or a later one: by leaps that double, then by halves. */
function atOrAfter({ documents, to }: Postings, low: number, document: number): number {
  let leap = 1
  while (low + leap < to && (documents[low + leap] as number) < document) leap *= 2
  let [from, end] = [low + (leap >>> 1), Math.min(to, low + leap)]
  while (from < end) {
    const middle = (from + end) >>> 1
    if ((documents[middle] as number) < document) from = middle + 1
    else end = middle
  }
  return from
}

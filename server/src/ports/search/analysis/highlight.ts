/** Marks in a text what was searched for. */
import type { HighlightPart } from '../query.ts'
import { normalize } from './normalize.ts'
import type { Segmenter } from './segment.ts'

/**
 * Splits the text into marked and unmarked pieces that together are the text, or an excerpt of it around the first
 * mark if it is longer than `excerptChars`. Null if nothing in it is marked.
 */
export function highlight(segmenter: Segmenter, text: string, wanted: { has(token: string): boolean }, excerptChars: number): HighlightPart[] | null {
  const { folded, origins } = fold(text)
  const marked = new Uint8Array(text.length)
  let first = -1
  for (const { token, surface, start } of segmenter.forIndex(folded, { characters: true, normalized: true })) {
    if (!wanted.has(token)) continue
    for (let index = start; index < start + surface.length; index++) {
      const origin = origins[index] ?? 0
      const next = origins[index + 1] ?? text.length
      marked.fill(1, origin, Math.max(next, origin + 1))
      if (first < 0 || origin < first) first = origin
    }
  }
  return first < 0 ? null : excerpt(text, marked, first, excerptChars)
}

const contextChars = 30

/** Normalizes character by character, remembering where each came from: normalization may change lengths. */
function fold(text: string): { folded: string; origins: number[] } {
  let folded = ''
  const origins: number[] = []
  let index = 0
  for (const character of text) {
    const part = normalize(character)
    for (let count = 0; count < part.length; count++) origins.push(index)
    folded += part
    index += character.length
  }
  return { folded, origins }
}

function excerpt(text: string, marked: Uint8Array, first: number, excerptChars: number): HighlightPart[] {
  const start = text.length <= excerptChars ? 0 : Math.max(0, Math.min(first - contextChars, text.length - excerptChars))
  const end = Math.min(text.length, start + excerptChars)
  const parts: HighlightPart[] = []
  for (let from = start; from < end; ) {
    let to = from + 1
    while (to < end && marked[to] === marked[from]) to++
    parts.push({ text: text.slice(from, to).toWellFormed(), hit: marked[from] === 1 })
    from = to
  }
  if (start > 0) parts.unshift({ text: '…', hit: false })
  if (end < text.length) parts.push({ text: '…', hit: false })
  return parts
}


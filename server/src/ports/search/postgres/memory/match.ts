/** Which documents have what was asked for, and how close each of them is. */
import { conceptScore, saturated } from '../closeness.ts'
import type { Concept, Reading, Wording } from '../concepts.ts'
import { together, type Postings } from './postings.ts'
import { sheetOf, type Sheet } from './sheet.ts'
import type { Store } from './store.ts'

/**
 * - `all`: every concept
 * - `most`: all but one, whichever
 * - `any`: one of those that tell most is enough
 */
export type Strictness = 'all' | 'most' | 'any'

/** Documents with their scores beside them, in no order. They stand on the store's sheet: good until it is searched again. */
export type Matches = { readonly documents: Int32Array; readonly scores: Float64Array }

/** Documents that are looked at for one long text. */
const candidates = 5_000
/** A word that every document has is worth nothing but is still there. */
const leastValue = 1e-9

export function matchesOf(store: Store, { concepts, ids, usualLength }: Reading, strictness: Strictness): Matches {
  const sheet = sheetOf(store)
  const norms = saturated(usualLength)
  const wanted = concepts.filter(({ hint }) => !hint)
  const spare = strictness === 'most' && wanted.length > 1 ? 1 : 0
  let count = strictness === 'any' ? markAffordable(store, concepts, ids, sheet) : 0
  const asked = strictness === 'any' ? concepts : byRarity(wanted)
  asked.forEach((concept, index) => {
    // What lacks too many of the concepts so far is passed over.
    count = addConcept(store, concept, ids, norms, sheet, strictness === 'any' ? 1 : index - spare, count)
  })
  return collected(store, sheet, count, strictness === 'any' ? 1 : Math.max(1, wanted.length - spare))
}

/** Every document that is there. */
export function everything(store: Store): Matches {
  const { found, scores } = sheetOf(store)
  const { isGone, size } = store
  let count = 0
  for (let document = 0; document < size; document++) if (isGone[document] === 0) found[count++] = document
  return { documents: found.subarray(0, count), scores: scores.subarray(0, count) }
}

export const nothing: Matches = { documents: new Int32Array(0), scores: new Float64Array(0) }

/** Common words beside rare ones bring in most of the index and nothing that would come first. */
function markAffordable(store: Store, concepts: readonly Concept[], ids: Reading['ids'], { had, found }: Sheet): number {
  let [documents, count] = [0, 0]
  for (const wording of concepts.flatMap(({ wordings }) => wordings).sort((a, b) => b.value - a.value)) {
    if (documents > 0 && documents + wording.documents > candidates) break
    documents += wording.documents
    for (const { documents: listed, from, to } of postingsOf(store, wording, ids, had, 0)) {
      for (let index = from; index < to; index++) {
        const document = listed[index] as number
        if (had[document] !== 0) continue
        had[document] = 1
        found[count++] = document
      }
    }
  }
  return count
}

/** What most documents lack comes first: then the common words are looked up in few. */
function byRarity(concepts: readonly Concept[]): Concept[] {
  const size = ({ wordings }: Concept): number => wordings.reduce((sum, { documents }) => sum + documents, 0)
  return [...concepts].sort((a, b) => size(a) - size(b))
}

/** Adds what the concept is worth in each document that has at least `least` concepts before this one; answers how many are found by now. */
function addConcept(store: Store, { wordings }: Concept, ids: Reading['ids'], norms: ReturnType<typeof saturated>, sheet: Sheet, least: number, before: number): number {
  const { sums, best, all, had, touched, found } = sheet
  const { lengths } = store
  let [count, known] = [0, before]
  for (const wording of wordings) {
    const value = Math.max(leastValue, wording.value) * norms.most
    for (const { documents, counts, from, to } of postingsOf(store, wording, ids, had, least)) {
      for (let index = from; index < to; index++) {
        const document = documents[index] as number
        if ((had[document] as number) < least) continue
        const times = (counts[index] as number) / 2
        const score = (value * times) / (times + norms.base + norms.perWord * (lengths[document] as number))
        const highest = best[document] as number
        if (highest === 0) touched[count++] = document
        if (score > highest) best[document] = score
        all[document] = (all[document] as number) + score
      }
    }
  }
  for (let index = 0; index < count; index++) {
    const document = touched[index] as number
    if (had[document] === 0) found[known++] = document
    had[document] = (had[document] as number) + 1
    sums[document] = (sums[document] as number) + conceptScore(best[document] as number, all[document] as number)
    best[document] = 0
    all[document] = 0
  }
  return known
}

/** Documents with fewer than `least` concepts before may be left out. */
function* postingsOf(store: Store, { tokens }: Wording, ids: Reading['ids'], had: Uint8Array, least: number): Generator<Postings> {
  const words = tokens.map((token) => ids.get(token))
  if (!words.every((word) => word !== undefined)) return
  for (const lists of store.postingsOf(words)) yield lists.length === 1 ? (lists[0] as Postings) : together(lists, had, least)
}

/** Leaves the sheet as it was found. */
function collected({ isGone }: Store, { sums, had, found, scores }: Sheet, known: number, enough: number): Matches {
  let count = 0
  for (let index = 0; index < known; index++) {
    const document = found[index] as number
    if ((had[document] as number) >= enough && isGone[document] === 0) {
      found[count] = document
      scores[count++] = sums[document] as number
    }
    had[document] = 0
    sums[document] = 0
  }
  return { documents: found.subarray(0, count), scores: scores.subarray(0, count) }
}

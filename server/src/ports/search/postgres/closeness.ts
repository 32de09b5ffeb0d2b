/**
 * How close a document is to what was asked: BM25 over weighted fields (Robertson, Zaragoza and Taylor, "Simple BM25
 * extension to multiple weighted fields", 2004), each concept counted once by its best wording. Pure.
 */
import type { FieldWeight } from '../index-definition.ts'
import type { Concept } from './concepts.ts'

/** What an occurrence in a field counts. */
export const fieldBoosts: Readonly<Record<FieldWeight, number>> = { A: 3, B: 2.5, C: 1.5, D: 1 }

const saturation = 1.2
const lengthInfluence = 0.75
/** Words next to each other in a title or skill as they were asked for. */
const adjacencyLift = 0.25
const qualityLift = 0.2

/** Of the words asked for those that the document has. */
export type Candidate = {
  readonly id: string
  readonly length: number
  readonly quality: number
  /** In titles, skills and names: the weights of the fields, as "AAB", and the positions, as "1,5,9". */
  readonly head: Readonly<Record<string, readonly [weights: string, positions: string]>>
  /** In descriptions: how often. */
  readonly body: Readonly<Record<string, number>>
}

export function closeness(concepts: readonly Concept[], usualLength: number, { length, quality, head, body }: Candidate): number {
  const norm = saturation * (1 - lengthInfluence + (lengthInfluence * length) / usualLength)
  const occurrences = new Map(Object.entries(body))
  for (const [token, [weights]] of Object.entries(head)) {
    let count = occurrences.get(token) ?? 0
    for (const weight of weights) count += fieldBoosts[weight as FieldWeight] ?? 0
    occurrences.set(token, count)
  }
  const sum = concepts.reduce((total, concept) => total + conceptScore(concept, occurrences, norm), 0)
  return sum * (1 + qualityLift * quality + adjacencyLift * adjacency(concepts, head))
}

function conceptScore({ wordings }: Concept, occurrences: ReadonlyMap<string, number>, norm: number): number {
  let best = 0
  for (const { tokens, value } of wordings) {
    let count = Infinity
    for (const token of tokens) count = Math.min(count, occurrences.get(token) ?? 0)
    if (count > 0) best = Math.max(best, (value * count * (saturation + 1)) / (count + norm))
  }
  return best
}

/** Pairs of neighbours are looked at among so many concepts from the first. */
const neighbours = 6

/** The share of neighbouring concepts that are neighbours in the document too. */
function adjacency(concepts: readonly Concept[], head: Candidate['head']): number {
  const asked = concepts.filter(({ hint }) => !hint).slice(0, neighbours)
  if (asked.length < 2) return 0
  const pairs = asked.slice(1).filter((concept, index) => follows(asked[index], concept, head))
  return pairs.length / (asked.length - 1)
}

function follows(left: Concept | undefined, right: Concept, head: Candidate['head']): boolean {
  const after = new Set(right.wordings.flatMap(({ tokens }) => places(head, tokens[0])))
  return (left?.wordings ?? []).some(({ tokens }) => places(head, tokens.at(-1)).some((place) => after.has(place + 1)))
}

const places = (head: Candidate['head'], token: string | undefined): number[] => (head[token ?? '']?.[1] ?? '').split(',').filter(Boolean).map(Number)

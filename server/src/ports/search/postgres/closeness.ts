/**
 * How close a document is to what was asked: BM25 over weighted fields (Robertson, Zaragoza and Taylor, "Simple BM25
 * extension to multiple weighted fields", 2004), each concept counted by its best wording and a little by its others. Pure.
 */
import type { FieldWeight } from '../index-definition.ts'
import type { Concept } from './concepts.ts'

/** What an occurrence in a field counts, in halves at the least. */
export const fieldBoosts: Readonly<Record<FieldWeight, number>> = { A: 3, B: 2.5, C: 1.5, D: 0.5 }

const saturation = 1.4
const lengthInfluence = 0.75
/** What a wording beside the best one counts: who has several ways to say it means it more. */
const otherWordings = 0.35
/** Words next to each other in a title or skill as they were asked for. */
const adjacencyLift = 0.25
const qualityLift = 0.2

/** A word that occurs n times in a document of a length is worth `most` × n / (n + base + perWord × length). */
export const saturated = (usualLength: number): { most: number; base: number; perWord: number } => ({
  most: saturation + 1,
  base: saturation * (1 - lengthInfluence),
  perWord: (saturation * lengthInfluence) / usualLength,
})

/** Of what the best of its wordings is worth, and all of them together. */
export const conceptScore = (best: number, all: number): number => best + otherWordings * (all - best)

/** What quality from 0 to 1 and adjacency from 0 to 1 make of the sum over the concepts. */
export const lifted = (sum: number, quality: number, adjacency: number): number => sum * (1 + qualityLift * quality + adjacencyLift * adjacency)

/** Pairs of neighbours are looked at among so many concepts from the first. */
const neighbours = 6

/** Where the words of a document's titles, skills and names stand. */
export type Places = Readonly<Record<string, readonly number[]>>

/** The words by which adjacency is known. */
export function neighbourTokens(concepts: readonly Concept[]): string[] {
  const asked = namedFirst(concepts)
  return asked.length < 2 ? [] : [...new Set(asked.flatMap(({ wordings }) => wordings.flatMap(({ tokens }) => [tokens[0] ?? '', tokens.at(-1) ?? ''])))]
}

/** The share of neighbouring concepts that are neighbours in the document too. */
export function adjacency(concepts: readonly Concept[], places: Places): number {
  const asked = namedFirst(concepts)
  if (asked.length < 2) return 0
  const pairs = asked.slice(1).filter((concept, index) => follows(asked[index], concept, places))
  return pairs.length / (asked.length - 1)
}

const namedFirst = (concepts: readonly Concept[]): Concept[] => concepts.filter(({ hint }) => !hint).slice(0, neighbours)

function follows(left: Concept | undefined, right: Concept, places: Places): boolean {
  const after = new Set(right.wordings.flatMap(({ tokens }) => places[tokens[0] ?? ''] ?? []))
  return (left?.wordings ?? []).some(({ tokens }) => (places[tokens.at(-1) ?? ''] ?? []).some((place) => after.has(place + 1)))
}

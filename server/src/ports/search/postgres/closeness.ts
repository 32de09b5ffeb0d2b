/**
 * How close a document is to what was asked: BM25 over weighted fields (Robertson, Zaragoza and Taylor, "Simple BM25
 * extension to multiple weighted fields", 2004), each concept counted by its best wording and a little by its others. Pure.
 */
import type { FieldWeight } from '../index-definition.ts'
import type { Concept } from './concepts.ts'

/** What an occurrence in a field counts, in halves at the least. */
export const fieldBoosts: Readonly<Record<FieldWeight, number>> = { A: 3, B: 2.5, C: 1.5, D: 0.5 }

/** As if every field said as much as any other. */
export const evenBoosts: typeof fieldBoosts = { A: 1, B: 1, C: 1, D: 1 }

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
const neighbouring = 6

/** The last words of one concept's wordings and the first ones of the next. */
export type Pair = { readonly left: readonly string[]; readonly right: readonly string[] }

/** Concepts that were asked for one after the other: in a document the share of them that stand so too is its adjacency. */
export function neighbours(concepts: readonly Concept[]): Pair[] {
  const asked = concepts.filter(({ hint }) => !hint).slice(0, neighbouring)
  return asked.slice(1).map((right, index) => ({
    left: [...new Set((asked[index] as Concept).wordings.map(({ tokens }) => tokens.at(-1) ?? ''))],
    right: [...new Set(right.wordings.map(({ tokens }) => tokens[0] ?? ''))],
  }))
}

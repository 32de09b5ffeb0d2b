/** The settings of an index in Meilisearch, as code: raise the version and the next start rebuilds every index with them. */
import type { Settings } from 'meilisearch'
import type { IndexDefinition } from '../index-definition.ts'
import { searchLimits } from '../port.ts'

export const settingsVersion = 2

/**
 * Attributes of a stored document. Words come cut and reduced by our own analysis, in documents as in queries, so that
 * both engines agree on what a Chinese word is; `also` holds what the words of titles and skills are called otherwise, `also_body` those of descriptions.
 */
export const attribute = { id: 'id', key: 'key', A: 'words_a', B: 'words_b', C: 'words_c', D: 'words_d', also: 'also', alsoBody: 'also_body', spoken: 'spoken', characters: 'characters', quality: 'quality', source: 'source', completions: 'completions' } as const

export const filterAttribute = (name: string): string => `f_${name}`
export const sortAttribute = (name: string): string => `s_${name}`

export function settingsFor(definition: IndexDefinition): Settings {
  const filters = Object.entries(definition.filters)
  return {
    // In the order in which a hit counts.
    searchableAttributes: [attribute.A, attribute.B, attribute.also, attribute.C, attribute.spoken, attribute.characters, attribute.D, attribute.alsoBody],
    filterableAttributes: [
      ...filters.map(([name, kind]) => ({
        attributePatterns: [filterAttribute(name)],
        features: { facetSearch: false, filter: { equality: true, comparison: kind === 'integer' || kind === 'number' || kind === 'timestamp' } },
      })),
      { attributePatterns: [attribute.key], features: { facetSearch: false, filter: { equality: true, comparison: false } } },
      { attributePatterns: [attribute.completions], features: { facetSearch: true, filter: { equality: true, comparison: false } } },
    ],
    sortableAttributes: [...Object.keys(definition.sorts).map(sortAttribute), attribute.quality, attribute.key],
    // A sort that is asked for comes before everything; the last two settle what is equal, so that pages are stable.
    rankingRules: ['sort', 'words', 'typo', 'attribute', 'proximity', 'exactness', `${attribute.quality}:desc`, `${attribute.key}:asc`],
    displayedAttributes: ['*'],
    // Words are asked for in quotes, that is as they are; typos are allowed only when we look for a correction to name.
    typoTolerance: { enabled: true, minWordSizeForTypos: { oneTypo: 4, twoTypos: 8 } },
    prefixSearch: 'disabled',
    stopWords: [],
    synonyms: {},
    nonSeparatorTokens: ['+', '#'],
    proximityPrecision: 'byWord',
    facetSearch: true,
    faceting: { maxValuesPerFacet: searchLimits.facetValues, sortFacetValuesBy: { '*': 'count' } },
    // Totals are exact up to here.
    pagination: { maxTotalHits: 1_000_000 },
    searchCutoffMs: 1_000,
  }
}

/** Bounds of a requirement. Without a schema, so that the web may use them at run time. */

/** quotes: providers offer, the buyer chooses · direct: only the chosen providers are asked · instant: fixed price, funded first, the first to take it has it. */
export const WAYS = ['quotes', 'direct', 'instant'] as const
export type Way = typeof WAYS[number]

export const REQUIREMENT_LIMITS = {
  title: 60, titleMin: 4, background: 2000, details: 5000, detailsMin: 10, checklistLines: 20, line: 160, skills: 10, skill: 20, files: 10, providers: 5, drafts: 30, deadlineDays: 365, reason: 500,
} as const

/** For how many hours it may stay open, by way; the first is the default. */
export const OPEN_HOURS: Record<Way, readonly [number, ...number[]]> = { quotes: [168, 72, 336], direct: [168, 72, 336], instant: [2, 1, 6, 24] }

/** Where the work may be done at a distance. The same word stands for the whole country in a provider's areas. */
export const REMOTE = 'all'

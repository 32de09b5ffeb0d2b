import type { Duration } from '../kernel/time.ts'

/** How long each side has, and by when staff should have decided. */
export const DISPUTE_RULES = {
  answer: { days: 3 },
  evidence: { hours: 48 },
  moreEvidence: { hours: 24 },
  appeal: { hours: 48 },
  /** From the end of evidence, or from the appeal: shown to both, and what the queue is sorted by. */
  ruling: { hours: 48 },
} as const satisfies Record<string, Duration>

export const DISPUTE_LIMITS = { offers: 20, uploads: 20, statements: 20, chatMessages: 2_000 } as const

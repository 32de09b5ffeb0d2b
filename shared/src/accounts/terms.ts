/** The documents a person agrees to, by the day their current text came into force. */
export const TERMS = { terms: '2026-06-01', privacy: '2026-06-01' } as const
export type TermsDocument = keyof typeof TERMS

import type { DemoMessage, When } from '../types.ts'

type Content = string | { image: string, caption: string } | { file: string, sizeKb: number } | { card: 'service' | 'requirement' }

const said = (by: 'buyer' | 'provider') => (at: When, content: Content): DemoMessage => ({ by, at, ...(typeof content === 'string' ? { text: content } : content) })

/** Who says it: `b` is the buyer, `p` the provider. */
export const b = said('buyer')
export const p = said('provider')

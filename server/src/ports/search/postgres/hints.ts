/** Tokens that nobody types: they stand beside the words of a document and begin with a sign that no word begins with. */

/** A whole item of a list, such as a skill of several words. */
export const itemToken = (words: readonly string[]): string => `§${words.join(' ')}`
export const isItem = (token: string): boolean => token.startsWith('§')

/** What a Latin word shares with its relatives. */
export const rootToken = (root: string): string => `~${root}`

/** Rows among the words that carry the sums over all documents. */
export const totalDocuments = '#documents'
export const totalLength = '#length'

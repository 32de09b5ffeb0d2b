/** Tokens that nobody types: they stand beside the words of a document and begin with a sign that no word begins with. */

/** A whole item of a list, such as a skill of several words. */
export const itemToken = (words: readonly string[]): string => `§${words.join(' ').replaceAll(betweenHan, '')}`
/** Chinese is written together, so that an item is the same however its words are cut. */
const betweenHan = /(?<=\p{Script=Han}) (?=\p{Script=Han})/gu
export const itemText = (token: string): string => token.slice(1)
export const isItem = (token: string): boolean => token.startsWith('§')

/** What a Latin word shares with its relatives. */
export const rootToken = (root: string): string => `~${root}`

/** Rows among the words that carry the sums over all documents. */
export const totalDocuments = '#documents'
export const totalLength = '#length'

/** Several things in one line, with the marks of the reader's language. */
import { locale } from './locale.ts'

/** "杭州、上海", "Hangzhou, Shanghai". */
export const listed = (items: readonly string[]): string => items.join(locale.value === 'en' ? ', ' : '、')
/** Parts of a sentence: "11月22日，1 件待办". */
export const clauses = (parts: readonly string[]): string => parts.join(locale.value === 'en' ? ', ' : '，')

/** Values of a document in the form in which any engine can keep them. */
import { SearchError, searchLimits } from '../port.ts'

/** NUL and half a surrogate pair are no text to a database. */
export const storableText = (text: string): string => text.toWellFormed().replaceAll('\0', ' ')

/** A list is joined as it is shown, so that highlights cover it too. */
export function fieldText(value: string | readonly string[] | null | undefined): string {
  const text = typeof value === 'string' ? value : (value ?? []).join(' · ')
  return storableText(text.slice(0, searchLimits.fieldChars)).trim()
}

/** @throws SearchError `search.invalid_document` for a value that is none of its kind. An unknown one is null. */
export function storableValue(name: string, kind: string, value: unknown): unknown {
  if (value === null || value === undefined) return null
  const good =
    kind === 'keyword' ? typeof value === 'string'
    : kind === 'keywords' ? Array.isArray(value)
    : kind === 'integer' ? Number.isSafeInteger(typeof value === 'bigint' ? Number(value) : value)
    : kind === 'number' ? Number.isFinite(value)
    : kind === 'boolean' ? typeof value === 'boolean'
    : value instanceof Date && !Number.isNaN(value.getTime())
  if (!good) throw new SearchError('search.invalid_document', `"${name}" is not a ${kind}.`)
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'string') return storableText(value)
  return Array.isArray(value) ? [...new Set(value.map((each) => storableText(String(each))))] : value
}

/** @throws SearchError `search.invalid_document` for a name that the definition does not declare. */
export function checkDeclared(kinds: Readonly<Record<string, string>>, given: Readonly<Record<string, unknown>>): void {
  for (const name of Object.keys(given)) {
    if (kinds[name] === undefined) throw new SearchError('search.invalid_document', `"${name}" is not declared.`)
  }
}

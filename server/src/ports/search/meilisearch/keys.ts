/** Keys by scope: searching processes hold one that can only search, writing ones one that can do no more than keep these indexes. */
import { createHash } from 'node:crypto'
import { MeilisearchApiError, type Key } from 'meilisearch'
import { connect, guarded, limits, type MeilisearchOptions } from './client.ts'

const scopes = {
  search: ['search', 'documents.get'],
  write: ['search', 'documents.add', 'documents.get', 'documents.delete', 'indexes.create', 'indexes.get', 'indexes.update', 'indexes.delete', 'indexes.swap', 'settings.get', 'settings.update', 'tasks.get', 'stats.get'],
} as const

export type ScopedKeys = { readonly search: string; readonly write: string }

/**
 * Makes both keys from the master key, or finds them; a server without a master key needs none. With a key that may not
 * make keys, it serves for both.
 */
export async function scopedKeys(options: MeilisearchOptions, prefix: string): Promise<ScopedKeys> {
  if (options.key === '') return { search: '', write: '' }
  const client = connect(options, limits.searchMs)
  const of = async (scope: keyof typeof scopes): Promise<string> => {
    const uid = keyId(`miaodan.${prefix}.${scope}.${scopes[scope].join()}`)
    const known = await client.getKey(uid).catch(unless('api_key_not_found'))
    const key: Key = known ?? (await client.createKey({
      uid, name: `miaodan ${prefix} ${scope}`, description: 'Made by Miaodan.', actions: [...scopes[scope]], // A key of some indexes does not see the task of a swap, and so could not wait for it.
      indexes: scope === 'search' ? [`${prefix}*`] : ['*'], expiresAt: null,
    }))
    return key.key
  }
  try {
    return { search: await guarded(() => of('search')), write: await guarded(() => of('write')) }
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined
    if (cause instanceof MeilisearchApiError && cause.response.status === 403) return { search: options.key, write: options.key }
    throw error
  }
}

const unless = (code: string) => (error: unknown): null => {
  if (error instanceof MeilisearchApiError && error.cause?.code === code) return null
  throw error
}

/** The same scopes have the same id, so that every process finds the key that the first one made. Shaped as a UUID of version 4. */
function keyId(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** Requests to Meilisearch with limits, and its errors as those of the port. */
import { Meilisearch, MeilisearchApiError, type EnqueuedTaskPromise, type Task } from 'meilisearch'
import { SearchError } from '../port.ts'

export type MeilisearchOptions = { readonly url: string; readonly key: string }

/** Milliseconds. Searches have the patience of somebody who types; a task that takes longer than this is not waited for. */
export const limits = { searchMs: 1_500, requestMs: 15_000, taskMs: 120_000, pollMs: 25 } as const

export const connect = ({ url, key }: MeilisearchOptions, timeoutMs: number = limits.requestMs): Meilisearch => new Meilisearch({ host: url, apiKey: key, timeout: timeoutMs })

/** @throws SearchError `search.unavailable` if the server is away, refuses the key or failed; `search.not_ready` if the index is not there. */
export async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof SearchError) throw error
    const code = error instanceof MeilisearchApiError ? error.cause?.code : undefined
    if (code === 'index_not_found') throw new SearchError('search.not_ready', 'Meilisearch does not have the index.', { cause: error })
    throw new SearchError('search.unavailable', `Meilisearch: ${code ?? (error instanceof Error ? error.message : 'no answer')}.`, { cause: error })
  }
}

/** Waits for a task. @throws SearchError `search.unavailable` when it failed or took too long */
export async function done(enqueued: EnqueuedTaskPromise): Promise<Task> {
  const task = await guarded(() => enqueued.waitTask({ timeout: limits.taskMs, interval: limits.pollMs }))
  if (task.status === 'succeeded') return task
  const code = task.error?.code ?? task.status
  throw new SearchError(code === 'index_not_found' ? 'search.not_ready' : 'search.unavailable', `Meilisearch: task ${task.uid} (${task.type}): ${code}.`)
}

/** An index that is not there is as good as deleted, an index that is there as good as created. */
export async function doneUnless(code: string, enqueued: EnqueuedTaskPromise): Promise<void> {
  const task = await guarded(() => enqueued.waitTask({ timeout: limits.taskMs, interval: limits.pollMs }))
  if (task.status !== 'succeeded' && task.error?.code !== code) throw new SearchError('search.unavailable', `Meilisearch: task ${task.uid} (${task.type}): ${task.error?.code ?? task.status}.`)
}

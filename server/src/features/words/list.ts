/**
 * The list of words, kept in every process and read anew at once when staff change it. The word about a change may be
 * lost with a connection, so that a list is never used for longer than half a minute either.
 */
import { asc, isNull } from 'drizzle-orm'
import { denseText, wordFinder } from '@miaodan/shared/words/find'
import type { Deps } from '../../deps.ts'
import type { Tx } from '../../kernel/db.ts'
import { newId } from '../../kernel/ids.ts'
import { afterCommit } from '../../kernel/tx.ts'
import { seedWords } from './seed-words.ts'
import { sensitiveWords } from './tables.ts'

const CHANNEL = 'miaodan_words'
const LIFETIME_MS = 30_000

type Finder = (text: string) => string[]
/** `changes` counts what was forgotten: a list read before a change and finished after it is not kept. */
type Kept = { finder: Finder | null, readAt: number, changes: number }
const lists = new WeakMap<Deps, Kept>()

function keptOf(deps: Deps): Kept {
  const kept = lists.get(deps) ?? { finder: null, readAt: 0, changes: 0 }
  lists.set(deps, kept)
  return kept
}

function forget(deps: Deps): void {
  const kept = keptOf(deps)
  kept.finder = null
  kept.changes++
}

async function finderOf(deps: Deps): Promise<Finder> {
  const kept = keptOf(deps)
  const readAt = performance.now()
  if (kept.finder && readAt - kept.readAt < LIFETIME_MS) return kept.finder
  const { changes } = kept
  const rows = await deps.db.select({ text: sensitiveWords.text }).from(sensitiveWords).where(isNull(sensitiveWords.removedAt)).orderBy(asc(sensitiveWords.id))
  const finder = wordFinder(rows.map(row => row.text))
  if (changes === kept.changes) Object.assign(kept, { finder, readAt })
  return finder
}

/** The words of the list that are in a text. */
export async function findSensitive(deps: Deps, text: string): Promise<string[]> {
  return (await finderOf(deps))(text)
}

/** Call it in the transaction that changes the list: once committed, every process reads it anew. */
export function forgetWords(tx: Tx, deps: Deps): void {
  afterCommit(tx, () => {
    forget(deps)
    deps.pubsub.publish(CHANNEL, '').catch(error => deps.log.error({ err: error }, 'other processes use the old words for half a minute'))
  })
}

export async function startWords(deps: Deps): Promise<() => Promise<void>> {
  await seed(deps)
  return deps.pubsub.subscribe(CHANNEL, () => forget(deps), () => forget(deps))
}

/** Only into a table that never had a word. */
async function seed(deps: Deps): Promise<void> {
  const [any] = await deps.db.select({ id: sensitiveWords.id }).from(sensitiveWords).limit(1)
  if (any) return
  const addedAt = deps.clock.now()
  await deps.db.insert(sensitiveWords).values(seedWords.map(text => ({ id: newId(), text, key: denseText(text), addedAt }))).onConflictDoNothing()
}

/** Sensitive words. Features that take texts ask `findSensitive` what of the list is in one, and decide what to do. */
import { and, count, desc, eq, isNull } from 'drizzle-orm'
import { problem } from '@miaodan/shared/errors'
import { MAX_WORDS, WORD_CHARACTERS, words } from '@miaodan/shared/words/contract'
import { denseText, findContacts } from '@miaodan/shared/words/find'
import type { Deps } from '../../deps.ts'
import { audit } from '../../kernel/audit.ts'
import { constraintOf, type Tx } from '../../kernel/db.ts'
import { defineFeature, handle } from '../../kernel/feature.ts'
import { newId } from '../../kernel/ids.ts'
import { findSensitive, forgetWords, startWords } from './list.ts'
import { sensitiveWords } from './tables.ts'

export { findSensitive } from './list.ts'

const listed = isNull(sensitiveWords.removedAt)

/** @throws problem `words.known` | `words.empty` | `words.too_many` */
async function addWord(tx: Tx, deps: Deps, staffId: string, typed: string) {
  const text = typed.normalize('NFKC').toLowerCase()
  const key = denseText(text)
  if ([...key].length < WORD_CHARACTERS.min) throw problem('words.empty', {}, { field: 'body.text' })
  const [total] = await tx.select({ count: count() }).from(sensitiveWords).where(listed)
  if ((total?.count ?? 0) >= MAX_WORDS) throw problem('words.too_many', { limit: MAX_WORDS })
  const word = { id: newId(), text, key, addedAt: deps.clock.now() }
  try {
    await tx.insert(sensitiveWords).values(word)
  } catch (error) {
    if (constraintOf(error) === 'sensitive_words_once') throw problem('words.known', {}, { field: 'body.text' })
    throw error
  }
  await audit(tx, deps.clock, { actorId: staffId, action: 'words.added', entity: 'word', entityId: word.id, new: { text } })
  forgetWords(tx, deps)
  return word
}

async function removeWord(tx: Tx, deps: Deps, staffId: string, id: string): Promise<void> {
  const [word] = await tx.update(sensitiveWords).set({ removedAt: deps.clock.now() }).where(and(eq(sensitiveWords.id, id), listed)).returning()
  if (!word) throw problem('kernel.not_found')
  await audit(tx, deps.clock, { actorId: staffId, action: 'words.removed', entity: 'word', entityId: id, old: { text: word.text } })
  forgetWords(tx, deps)
}

export const wordsFeature = defineFeature({
  name: 'words',
  routes: [
    handle(words.list, async ({ db }) => ({ items: await db.select().from(sensitiveWords).where(listed).orderBy(desc(sensitiveWords.id)) })),
    handle(words.add, async ({ tx, deps, viewer, body }) => addWord(tx, deps, viewer.userId, body.text)),
    handle(words.remove, async ({ tx, deps, viewer, params }) => removeWord(tx, deps, viewer.userId, params.id)),
    handle(words.try, async ({ deps, body }) => ({ contacts: findContacts(body.text), words: await findSensitive(deps, body.text) }), { transaction: false }),
  ],
  start: startWords,
})

/** The rules every text passes before it opens. What they find is for a moderator to judge, not for the rules. */
import { findContacts, findWords } from '@miaodan/shared/requirements/contacts'
import type { RequirementFlag } from '@miaodan/shared/requirements/views'
import type { RequirementRow } from './tables.ts'
import { SENSITIVE_WORDS } from './words.ts'

const MAX_FLAGS = 20

export function flagsOf(row: Pick<RequirementRow, 'title' | 'background' | 'details' | 'checklist' | 'skills'>): RequirementFlag[] {
  const texts = { title: row.title, background: row.background, details: row.details, checklist: row.checklist.join('\n'), skills: row.skills.join('\n') }
  return Object.entries(texts).flatMap(([field, text]) => [
    ...findContacts(text).map((excerpt): RequirementFlag => ({ kind: 'contact', field, excerpt })),
    ...findWords(text, SENSITIVE_WORDS).map((excerpt): RequirementFlag => ({ kind: 'word', field, excerpt })),
  ]).slice(0, MAX_FLAGS)
}

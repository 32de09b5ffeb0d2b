/** The rules every text passes before it opens. What they find is for a moderator to judge, not for the rules. */
import type { RequirementFlag } from '@miaodan/shared/requirements/views'
import { findContacts } from '@miaodan/shared/words/find'
import type { Deps } from '../../deps.ts'
import { findSensitive } from '../words/index.ts'
import type { RequirementRow } from './tables.ts'

const MAX_FLAGS = 20

export async function flagsOf(deps: Deps, row: Pick<RequirementRow, 'title' | 'background' | 'details' | 'checklist' | 'skills'>): Promise<RequirementFlag[]> {
  const texts = { title: row.title, background: row.background, details: row.details, checklist: row.checklist.join('\n'), skills: row.skills.join('\n') }
  const found = await Promise.all(Object.entries(texts).map(async ([field, text]) => [
    ...findContacts(text).map((excerpt): RequirementFlag => ({ kind: 'contact', field, excerpt })),
    ...(await findSensitive(deps, text)).map((excerpt): RequirementFlag => ({ kind: 'word', field, excerpt })),
  ]))
  return found.flat().slice(0, MAX_FLAGS)
}

import { eq } from 'drizzle-orm'
import type { Executor } from '../../kernel/db.ts'
import type { Locale } from '../../kernel/feature.ts'
import { users } from './tables.ts'

/** The language a person reads, for what is sent to them. */
export async function localeOfPerson(db: Executor, userId: string): Promise<Locale> {
  const [row] = await db.select({ locale: users.locale }).from(users).where(eq(users.id, userId))
  return row?.locale ?? 'zh-CN'
}

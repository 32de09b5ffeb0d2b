/**
 * What is to be told may have been overtaken when its hour comes: messages were read, a question was answered. The
 * feature it is about registers, by the type of notice, how one sees that.
 */
import type { Deps } from '../deps.ts'

/** `userId` is who is to be told; `params` are the facts of the notice. */
export type StillTrue = (deps: Deps, userId: string, params: Readonly<Record<string, string>>) => Promise<boolean>

const tests = new Map<string, StillTrue>()

export function registerStillTrue(type: string, test: StillTrue): void {
  tests.set(type, test)
}

/** True where nobody knows better. */
export async function isStillTrue(deps: Deps, type: string, userId: string, params: Readonly<Record<string, string>>): Promise<boolean> {
  return await tests.get(type)?.(deps, userId, params) ?? true
}

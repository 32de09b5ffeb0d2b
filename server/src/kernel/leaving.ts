/**
 * A process that was asked to end first says so at /readyz, and to each client that its connection will not be used
 * again, while it goes on answering: so a proxy has turned to others before it stops to listen, and no request fails.
 */
import type { Deps } from '../deps.ts'

const leaving = new WeakSet<Deps>()

export function startLeaving(deps: Deps): void {
  leaving.add(deps)
}

export const isLeaving = (deps: Deps): boolean => leaving.has(deps)

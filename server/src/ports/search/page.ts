import { searchLimits } from './port.ts'
import type { Query } from './query.ts'

/** The page wanted, cut to what is allowed. */
export function pageOf(query: Query): { offset: number; limit: number } {
  const offset = Math.max(0, Math.trunc(query.offset ?? 0) || 0)
  const wanted = Math.max(0, Math.trunc(query.limit ?? usualLimit) || 0)
  return { offset, limit: offset >= searchLimits.depth ? 0 : Math.min(searchLimits.pageSize, searchLimits.depth - offset, wanted) }
}
const usualLimit = 20

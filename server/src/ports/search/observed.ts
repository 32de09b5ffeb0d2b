/** Tells how long searches take and which engine answers them: Postgres answering much while a search server is configured is a sign. */
import { searchSeconds } from '../../kernel/metrics.ts'
import type { SearchEngine } from './port.ts'

export function observed(engine: SearchEngine): SearchEngine {
  return {
    ...engine,
    query: async (definition, query) => {
      const found = await engine.query(definition, query)
      searchSeconds.observe({ engine: found.engine }, found.tookMs / 1000)
      return found
    },
  }
}

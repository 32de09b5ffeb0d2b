import type { QueryClient } from '@tanstack/vue-query'

/**
 * Asks anew for what is shown under a key; of everything without one. A first answer that is still on its way may be
 * older than what made it stale, and the library takes it for fresh: it is asked for once more when it is there.
 */
export async function makeFresh(client: QueryClient, queryKey: unknown[] = []): Promise<void> {
  const underWay = client.getQueryCache().findAll({ queryKey }).filter(({ state }) => state.data === undefined && state.fetchStatus !== 'idle')
  for (const query of underWay) void query.promise?.then(() => client.invalidateQueries({ queryKey: query.queryKey, exact: true }), () => undefined)
  await client.invalidateQueries({ queryKey })
}

import { createRequire } from 'node:module'
import type { Sql } from '../../server/src/kernel/db.ts'

/** postgres.js, which is the server's dependency and not the measurements'. */
export function connect(url: string, max: number): Sql {
  const load = createRequire(new URL('../../server/package.json', import.meta.url))
  return (load('postgres') as (url: string, options: object) => Sql)(url, { max, onnotice: () => {} })
}

/** `pnpm run migrate`: brings the database at DATABASE_DIRECT_URL, else DATABASE_URL, to this version's schema. Safe to run from several places at once. */
import { migrate } from './kernel/migrate.ts'

const url = process.env['DATABASE_DIRECT_URL'] || process.env['DATABASE_URL']
if (!url) throw new Error('DATABASE_URL is not set')
await migrate(url)

/** Quotes as both sides see them. */
import { and, asc, desc, eq, inArray, lt } from 'drizzle-orm'
import * as z from 'zod'
import { problem } from '@miaodan/shared/errors'
import { fen } from '@miaodan/shared/kernel/money'
import { actionsFor } from '@miaodan/shared/kernel/lifecycle'
import { quoteLifecycle } from '@miaodan/shared/orders/lifecycle'
import { quoteTermsSchema } from '@miaodan/shared/orders/model'
import type { quotes as contracts } from '@miaodan/shared/orders/quotes'
import type { QuoteView } from '@miaodan/shared/orders/views'
import type { Deps } from '../../deps.ts'
import type { Executor } from '../../kernel/db.ts'
import type { Viewer } from '../../kernel/feature.ts'
import { peopleByIds } from '../accounts/index.ts'
import { perspectiveOf } from './policy.ts'
import { OPEN_QUOTES } from './quoting.ts'
import { personIn } from './rows.ts'
import { quotes, quoteVersions, type QuoteRow, type QuoteVersionRow } from './tables.ts'

export function versionView(row: QuoteVersionRow): QuoteView['versions'][number] {
  return { version: row.version, by: row.side, at: row.at, terms: z.decode(quoteTermsSchema, row.terms), total: fen(row.total), days: row.days }
}

export async function versionsOf(executor: Executor, quoteIds: readonly string[]): Promise<Map<string, QuoteVersionRow[]>> {
  const byQuote = new Map<string, QuoteVersionRow[]>(quoteIds.map(id => [id, []]))
  if (quoteIds.length === 0) return byQuote
  for (const row of await executor.select().from(quoteVersions).where(inArray(quoteVersions.quoteId, [...quoteIds])).orderBy(asc(quoteVersions.version))) byQuote.get(row.quoteId)?.push(row)
  return byQuote
}

export async function quoteViews(executor: Executor, deps: Deps, viewer: Viewer, rows: readonly QuoteRow[]): Promise<QuoteView[]> {
  const [versions, people] = await Promise.all([versionsOf(executor, rows.map(row => row.id)), peopleByIds(executor, deps, rows.flatMap(row => [row.buyerId, row.providerId]))])
  return rows.map(row => {
    const side = perspectiveOf(row, viewer)
    const shown = (versions.get(row.id) ?? []).map(versionView)
    const newest = shown.at(-1)
    if (!newest) throw new Error(`quote ${row.id} has no version`)
    return {
      id: row.id, state: row.state, version: row.version, side, buyer: personIn(people, row.buyerId), provider: personIn(people, row.providerId),
      requirementId: row.requirementId, serviceId: row.serviceId, title: row.title, terms: newest.terms, total: newest.total, days: newest.days, versions: shown,
      expiresAt: row.expiresAt, orderId: row.orderId, actions: side === 'staff' ? [] : actionsFor(quoteLifecycle, row.state, side), createdAt: row.createdAt,
    }
  })
}

export async function quoteView(executor: Executor, deps: Deps, viewer: Viewer, id: string): Promise<QuoteView> {
  const [row] = await executor.select().from(quotes).where(eq(quotes.id, id))
  perspectiveOf(row, viewer)
  const [view] = row ? await quoteViews(executor, deps, viewer, [row]) : []
  if (!view) throw problem('kernel.not_found')
  return view
}

export async function listQuotes(executor: Executor, deps: Deps, viewer: Viewer, query: z.output<typeof contracts.list.query>) {
  const [own, other] = query.side === 'buyer' ? [quotes.buyerId, quotes.providerId] : [quotes.providerId, quotes.buyerId]
  const cursor = z.uuid().safeParse(query.cursor).data
  const rows = await executor.select().from(quotes).where(and(
    eq(own, viewer.userId),
    query.requirementId ? eq(quotes.requirementId, query.requirementId) : undefined,
    query.otherId ? eq(other, query.otherId) : undefined,
    query.open === 'true' ? inArray(quotes.state, OPEN_QUOTES) : undefined,
    cursor ? lt(quotes.id, cursor) : undefined,
  )).orderBy(desc(quotes.id)).limit(query.limit + 1)
  const shown = rows.slice(0, query.limit)
  return { items: await quoteViews(executor, deps, viewer, shown), next: rows.length > query.limit ? shown.at(-1)?.id ?? null : null }
}

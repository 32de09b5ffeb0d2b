/** Cursor paging: a list answers with `items` and, while there is more, the `next` cursor to send back. */
import * as z from 'zod'

export const MAX_PAGE_SIZE = 100

export const pageQuery = z.object({
  cursor: z.string().max(200).optional().meta({ description: '`next` of the page before.' }),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE_SIZE).default(20),
})

export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next: z.string().nullable() })
}

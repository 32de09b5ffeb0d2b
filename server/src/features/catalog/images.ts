import type { Executor } from '../../kernel/db.ts'
import { uploadsByIds } from '../../kernel/uploads.ts'

export type Image = { id: string, url: string, thumbnailUrl: string | null }

/** These uploads in the order of their ids; one that is gone is left out. */
export async function imagesOf(db: Executor, ids: readonly string[]): Promise<Image[]> {
  const found = await uploadsByIds(db, ids)
  return ids.flatMap(id => {
    const upload = found.get(id)
    return upload ? [{ id, url: upload.url, thumbnailUrl: upload.thumbnailUrl }] : []
  })
}

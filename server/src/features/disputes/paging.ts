/** The staff's lists are short and sorted by what is due: pages go by how many were shown. */
export function offsetOf(cursor: string | undefined): number {
  return cursor && /^\d{1,6}$/.test(cursor) ? Number(cursor) : 0
}

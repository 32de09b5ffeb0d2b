/** Room to reckon in, one for each store: searches do it in turns, without waiting in between, so nothing is made anew for each. */
import type { Store } from './store.ts'

export type Sheet = {
  /** By document, all zero between two searches. */
  readonly sums: Float64Array
  readonly best: Float64Array
  readonly all: Float64Array
  readonly had: Uint8Array
  /** Lists of documents, and what stands beside them. */
  readonly touched: Int32Array
  readonly found: Int32Array
  readonly scores: Float64Array
  readonly keys: Float64Array
  readonly lacking: Int32Array[]
}

const sheets = new WeakMap<Store, Sheet>()

export function sheetOf(store: Store): Sheet {
  const known = sheets.get(store)
  if (known !== undefined && known.had.length >= store.size) return known
  const room = store.isGone.length
  const numbers = (): Float64Array => new Float64Array(room)
  const made: Sheet = {
    sums: numbers(), best: numbers(), all: numbers(), had: new Uint8Array(room),
    touched: new Int32Array(room), found: new Int32Array(room), scores: numbers(), keys: numbers(), lacking: [],
  }
  sheets.set(store, made)
  return made
}

/** The list for what fails the condition of this number alone. */
export function lackingOf({ lacking, had }: Sheet, at: number): Int32Array {
  return (lacking[at] ??= new Int32Array(had.length))
}

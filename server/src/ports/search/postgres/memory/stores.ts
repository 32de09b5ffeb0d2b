/** Keeps each index's copy in memory in line with Postgres, where other processes write too. */
import type { Sql } from 'postgres'
import type { IndexDefinition } from '../../index-definition.ts'
import { loadStore, refreshStore } from './load.ts'
import type { Store } from './store.ts'

/** What Postgres says of an index: which generation answers, and how often it has been written. */
export type IndexState = { readonly generation: bigint; readonly version: bigint }

type Kept = { store: Store | undefined; working: Promise<Store | null> | undefined; loading: boolean }

/** Removed documents stay until there are more of them than of the others, and than this. */
const goneKept = 1_000

export class Stores {
  readonly #sql: Sql
  readonly #kept = new Map<string, Kept>()

  constructor(sql: Sql) {
    this.#sql = sql
  }

  /** A copy that holds at least everything up to this state, or up to a later one; null if there is no such index. */
  async at(definition: IndexDefinition, state: IndexState): Promise<Store | null> {
    const kept = this.#of(definition)
    for (;;) {
      const { store } = kept
      if (store !== undefined && isAt(store, state)) {
        this.#tidy(definition, kept, store)
        return store
      }
      kept.working ??= this.#renewed(definition, store).then((renewed) => ((kept.store = renewed ?? undefined), renewed)).finally(() => (kept.working = undefined))
      if ((await kept.working) === null) return null
    }
  }

  async #renewed(definition: IndexDefinition, store: Store | undefined): Promise<Store | null> {
    return store !== undefined && (await refreshStore(this.#sql, definition, store)) ? store : loadStore(this.#sql, definition)
  }

  /** Reads the index anew, beside the searches, when most of the copy is of documents that are no more. */
  #tidy(definition: IndexDefinition, kept: Kept, store: Store): void {
    if (kept.loading || store.gone <= goneKept || store.gone * 2 <= store.size) return
    kept.loading = true
    void loadStore(this.#sql, definition)
      .then((fresh) => { if (fresh !== null && kept.store === store) kept.store = fresh })
      .catch(() => { /* The old copy serves on, and the next search tries again. */ })
      .finally(() => (kept.loading = false))
  }

  #of({ name }: IndexDefinition): Kept {
    const known = this.#kept.get(name) ?? { store: undefined, working: undefined, loading: false }
    this.#kept.set(name, known)
    return known
  }
}

/** Generations rise as well: a copy of a later one is ahead of what the caller saw. */
const isAt = ({ generation, version }: Store, state: IndexState): boolean => generation > state.generation || (generation === state.generation && version >= state.version)

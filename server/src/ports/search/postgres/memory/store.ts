/** What a search reads of an index, in the memory of this process: words, filters and orders of every document, but no texts. */
import type { FilterKind, IndexDefinition } from '../../index-definition.ts'
import { NumbersColumn, ValuesColumn, withRoom } from './columns.ts'
import { joined, partOf, postingsIn, together, type Part, type Postings } from './postings.ts'

/** `number` is given once and rises with every write, so that what is new can be asked for. */
export type StoredRow = {
  readonly number: number
  readonly id: string
  readonly length: number
  readonly quality: number
  readonly terms: Uint32Array
  readonly filters: readonly (readonly string[] | number)[]
  readonly sorts: readonly number[]
}

export type FilterColumn = ValuesColumn | NumbersColumn

/** Documents of one part; larger ones would save little and take long to join. */
const largestPart = 32_768

export const isListed = (kind: FilterKind): boolean => kind === 'keyword' || kind === 'keywords' || kind === 'boolean'

export class Store {
  readonly generation: bigint
  version: bigint
  readonly ids: string[] = []
  readonly filters: ReadonlyMap<string, FilterColumn>
  readonly sorts: ReadonlyMap<string, NumbersColumn>
  readonly #parts: Part[] = []
  #numbers = new Int32Array(0)
  #isGone = new Uint8Array(0)
  #lengths = new Float32Array(0)
  #qualities = new Float32Array(0)
  #gone = 0

  constructor(definition: IndexDefinition, generation: bigint, version: bigint) {
    this.generation = generation
    this.version = version
    this.filters = new Map(Object.entries(definition.filters).map(([name, kind]) => [name, isListed(kind) ? new ValuesColumn() : new NumbersColumn()]))
    this.sorts = new Map(Object.keys(definition.sorts).map((name) => [name, new NumbersColumn()]))
  }

  /** Those that were removed count too: numbers of documents run from 0 up to this. */
  get size(): number {
    return this.ids.length
  }
  get gone(): number {
    return this.#gone
  }
  get isGone(): Uint8Array {
    return this.#isGone
  }
  get lengths(): Float32Array {
    return this.#lengths
  }
  get qualities(): Float32Array {
    return this.#qualities
  }
  get lastNumber(): number {
    return this.#numbers[this.size - 1] ?? 0
  }

  /** Rows by their numbers, all of them higher than those that are there. */
  append(rows: readonly StoredRow[]): void {
    if (rows.length === 0) return
    const first = this.size
    this.#numbers = withRoom(this.#numbers, first + rows.length)
    this.#isGone = withRoom(this.#isGone, first + rows.length)
    this.#lengths = withRoom(this.#lengths, first + rows.length)
    this.#qualities = withRoom(this.#qualities, first + rows.length)
    const [filters, sorts] = [[...this.filters.values()], [...this.sorts.values()]]
    rows.forEach((row, index) => {
      this.#numbers[first + index] = row.number
      this.#lengths[first + index] = row.length
      this.#qualities[first + index] = row.quality
      this.ids.push(row.id)
      filters.forEach((column, at) => (column instanceof ValuesColumn ? column.append(row.filters[at] as readonly string[]) : column.append(row.filters[at] as number)))
      sorts.forEach((column, at) => column.append(row.sorts[at] as number))
    })
    this.#parts.push(partOf(first, rows.map(({ terms }) => terms)))
    this.#tidy()
  }

  /** Joins neighbours of like size, so that there are few parts and no document is moved often. */
  #tidy(): void {
    for (;;) {
      const [left, right] = this.#parts.slice(-2)
      if (left === undefined || right === undefined || left.size > 2 * right.size || left.size + right.size > largestPart) return
      this.#parts.splice(-2, 2, joined(left, right))
    }
  }

  remove(number: number): void {
    let [low, high] = [0, this.size]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#numbers[middle] as number) < number) low = middle + 1
      else high = middle
    }
    if (low === this.size || this.#numbers[low] !== number || this.#isGone[low] === 1) return
    this.#isGone[low] = 1
    this.#gone++
  }

  /** How often these words come together: over the documents that have all of them, how often each has the one it has least; and some of the documents. */
  togetherness(words: readonly number[], some: number): { times: number; ids: readonly string[] } {
    let times = 0
    const found: string[] = []
    for (const lists of this.postingsOf(words)) {
      const { documents, counts } = together(lists, this.#isGone, 0)
      for (let index = 0; index < counts.length; index++) {
        times += counts[index] as number
        if (found.length < some) found.push(this.ids[documents[index] as number] as string)
      }
    }
    return { times, ids: found }
  }

  /** Part by part, for each part all of these words; a part that lacks one is left out. */
  *postingsOf(words: readonly number[]): Generator<Postings[]> {
    for (const part of this.#parts) {
      const lists = words.flatMap((word) => postingsIn(part, word) ?? [])
      if (lists.length === words.length) yield lists
    }
  }
}

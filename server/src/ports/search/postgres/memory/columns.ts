/** The filters and orders of an index, one column each, in arrays of plain numbers. Documents are counted from 0 in the order they were added. */

export type Test = (document: number) => boolean

/** The array itself while it is long enough, else a longer one that begins with the same numbers. */
export function withRoom<A extends Float64Array | Float32Array | Int32Array | Uint8Array>(array: A, length: number): A {
  if (length <= array.length) return array
  const longer = new (array.constructor as new (length: number) => A)(Math.max(leastRoom, length, Math.ceil(array.length * growth)))
  longer.set(array)
  return longer
}
const leastRoom = 64
const growth = 1.5

/** Strings of a keyword, a set of keywords, or a boolean: each kept once and known by its number. */
export class ValuesColumn {
  readonly values: string[] = []
  readonly #codes = new Map<string, number>()
  /** Where the values of each document begin among the listed. */
  #starts = new Int32Array(0)
  #listed = new Int32Array(0)
  /** By place in the list: whose it is, and where the same value was listed before, one more; 0 ends. */
  #owners = new Int32Array(0)
  #earlier = new Int32Array(0)
  /** By value, where it was listed last, one more, and how often it was listed. */
  #latest = new Int32Array(0)
  #times = new Int32Array(0)
  #size = 0
  /** Each document has exactly one value, which then stands at the document's own place. */
  #isSingle = true

  append(values: readonly string[]): void {
    this.#isSingle &&= values.length === 1
    const start = this.#starts[this.#size] ?? 0
    this.#starts = withRoom(this.#starts, this.#size + 2)
    this.#listed = withRoom(this.#listed, start + values.length)
    this.#owners = withRoom(this.#owners, start + values.length)
    this.#earlier = withRoom(this.#earlier, start + values.length)
    values.forEach((value, index) => this.#list(start + index, this.#codeOf(value)))
    this.#starts[++this.#size] = start + values.length
  }

  #list(place: number, code: number): void {
    this.#latest = withRoom(this.#latest, code + 1)
    this.#times = withRoom(this.#times, code + 1)
    this.#listed[place] = code
    this.#owners[place] = this.#size
    this.#earlier[place] = this.#latest[code] as number
    this.#latest[code] = place + 1
    this.#times[code] = (this.#times[code] as number) + 1
  }

  #codeOf(value: string): number {
    const known = this.#codes.get(value)
    if (known !== undefined) return known
    this.#codes.set(value, this.values.length)
    return this.values.push(value) - 1
  }

  /** Documents with one of these values, at most; one that has several of them counts for each. */
  documentsOf(wanted: readonly string[]): number {
    return this.#codesOf(wanted).reduce((sum, code) => sum + (this.#times[code] as number), 0)
  }

  /** Calls back with each document that has one of these values, once for each of them. */
  each(wanted: readonly string[], visit: (document: number) => void): void {
    for (const code of this.#codesOf(wanted)) {
      for (let next = this.#latest[code] as number; next > 0; next = this.#earlier[next - 1] as number) visit(this.#owners[next - 1] as number)
    }
  }

  #codesOf(wanted: readonly string[]): number[] {
    return [...new Set(wanted)].flatMap((value) => this.#codes.get(value) ?? [])
  }

  any(wanted: readonly string[]): Test {
    return this.#atLeast(wanted, 1)
  }

  all(wanted: readonly string[]): Test {
    return this.#atLeast(wanted, new Set(wanted).size)
  }

  #atLeast(wanted: readonly string[], least: number): Test {
    const isWanted = new Uint8Array(this.values.length)
    for (const value of wanted) {
      const code = this.#codes.get(value)
      if (code !== undefined) isWanted[code] = 1
    }
    const [starts, listed] = [this.#starts, this.#listed]
    return (document) => {
      const end = starts[document + 1] as number
      let found = 0
      for (let index = starts[document] as number; index < end; index++) found += isWanted[listed[index] as number] as number
      return found >= least
    }
  }

  /** Adds to the counts, one for each of `values`. */
  count(documents: Int32Array, counts: Int32Array): void {
    const [starts, listed] = [this.#starts, this.#listed]
    if (this.#isSingle) {
      for (let place = 0; place < documents.length; place++) add(counts, listed[documents[place] as number] as number)
      return
    }
    for (let place = 0; place < documents.length; place++) {
      const document = documents[place] as number
      const end = starts[document + 1] as number
      for (let index = starts[document] as number; index < end; index++) add(counts, listed[index] as number)
    }
  }
}

const add = (counts: Int32Array, at: number): void => {
  counts[at] = (counts[at] as number) + 1
}

/** Numbers and moments, in milliseconds; NaN is unknown. */
export class NumbersColumn {
  readonly #buckets = new Map<string, { codes: Uint8Array; size: number }>()
  #numbers = new Float64Array(0)
  #size = 0

  append(value: number): void {
    this.#numbers = withRoom(this.#numbers, this.#size + 1)
    this.#numbers[this.#size++] = value
  }

  /** By document. */
  get numbers(): Float64Array {
    return this.#numbers
  }

  /** By document, how many of the ascending bounds its value reaches; the last number, one above all, is for unknown values. Worked out once for the same bounds. */
  buckets(bounds: readonly number[]): Uint8Array {
    const key = bounds.join()
    const known = this.#buckets.get(key) ?? { codes: new Uint8Array(0), size: 0 }
    if (!this.#buckets.has(key) && this.#buckets.size >= bucketsKept) this.#buckets.clear()
    this.#buckets.set(key, known)
    known.codes = withRoom(known.codes, this.#size)
    for (; known.size < this.#size; known.size++) known.codes[known.size] = bucketOf(bounds, this.#numbers[known.size] as number)
    return known.codes
  }

  between(least: number, most: number): Test {
    const numbers = this.#numbers
    return (document) => (numbers[document] as number) >= least && (numbers[document] as number) <= most
  }
}

const bucketsKept = 8

function bucketOf(bounds: readonly number[], value: number): number {
  if (Number.isNaN(value)) return bounds.length + 1
  const at = bounds.findIndex((bound) => value < bound)
  return at < 0 ? bounds.length : at
}

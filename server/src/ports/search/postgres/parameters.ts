/** Collects the values of a statement that is put together from parts, so that no value is ever part of its text. */
export type ParameterValue = string | number | boolean | readonly string[] | null

export class Parameters {
  readonly values: ParameterValue[] = []

  /** The placeholder for a value. Everything goes as text and is cast by the server. */
  add(value: ParameterValue, type: string): string {
    this.values.push(value)
    return `$${this.values.length}::${Array.isArray(value) ? 'text[]' : 'text'}${type === 'text' || type === 'text[]' ? '' : `::${type}`}`
  }
}

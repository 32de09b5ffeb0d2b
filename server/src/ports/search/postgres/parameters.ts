/** Collects the values of a statement that is put together from parts, so that no value is ever part of its text. */
export type ParameterValue = string | number | boolean | readonly string[] | null

export class Parameters {
  readonly values: ParameterValue[] = []

  /**
   * The placeholder for a value, which has the type itself: a cast from text would be worked out again for each row
   * once Postgres keeps one plan for all values.
   */
  add(value: ParameterValue, type: string): string {
    this.values.push(value)
    return `$${this.values.length}::${type}`
  }
}

/**
 * How old is what a replica holds? Clocks do not say: a primary on which nothing happens sends no times. So the primary is
 * asked each second how far its log reaches; a replica that has replayed to there holds everything committed until then.
 */

/** A position in the log, in bytes from its beginning. */
export type Position = bigint
type Mark = { position: Position, at: number }

/** An hour of seconds: a replica further behind is told of as that. */
const MAX_MARKS = 3_600

export class Positions {
  #marks: Mark[] = []

  /** `at`: on the clock of `performance.now()`, before the primary was asked. */
  note(position: Position, at: number): void {
    // After a failover the new primary may stand before the old one: what it never had proves nothing.
    this.#marks = this.#marks.filter(mark => mark.position <= position)
    this.#marks.push({ position, at })
    if (this.#marks.length > MAX_MARKS) this.#marks.shift()
  }

  /** The moment up to which a replica that has replayed to `position` holds everything; undefined when none is known. */
  heldUntil(position: Position): number | undefined {
    return this.#marks.findLast(mark => mark.position <= position)?.at
  }
}

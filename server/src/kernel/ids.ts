import { uuidv7 } from 'uuidv7'

/** Makes a UUIDv7: unique without coordination, ordered by the time of making. */
export function newId(): string {
  return uuidv7()
}

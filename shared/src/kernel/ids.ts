/** Ids are UUIDv7 (RFC 9562): unique without coordination and ordered by time of making. */
import * as z from 'zod'

export const idSchema = z.uuid().meta({ description: 'UUIDv7' })
export const idParams = z.object({ id: idSchema })

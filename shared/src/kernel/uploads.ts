/** Files people send. An upload belongs to who sent it until a feature claims it for something. */
import * as z from 'zod'
import { defineContracts } from './contract.ts'
import { idSchema } from './ids.ts'

export const MAX_UPLOAD_BYTES = 50 * 1024 * 1024

export const uploadSchema = z.object({
  id: idSchema,
  name: z.string(),
  type: z.string().meta({ description: 'Media type found by looking at the content.' }),
  size: z.number().int(),
  sha256: z.string(),
  url: z.string(),
  thumbnailUrl: z.string().nullable(),
}).meta({ id: 'Upload' })
export type Upload = z.infer<typeof uploadSchema>

export const uploads = defineContracts('uploads', {
  create: { method: 'POST', path: '/uploads', access: 'user', summary: 'Upload one file (multipart/form-data, field `file`).', output: uploadSchema, status: 201, perMinute: 60,
    errors: ['kernel.upload_type_refused', 'kernel.upload_type_mismatch', 'kernel.too_large'] },
})

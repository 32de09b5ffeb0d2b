import * as z from 'zod'
import { defineContracts } from '../kernel/contract.ts'
import { sessionUserSchema } from './model.ts'

export const accounts = defineContracts('accounts', {
  session: { method: 'GET', path: '/session', access: 'anyone', summary: 'Who is signed in; `user` is null when nobody is.',
    output: z.object({ user: sessionUserSchema.nullable() }) },
  signOut: { method: 'DELETE', path: '/session', access: 'anyone', summary: 'End this session.' },
})

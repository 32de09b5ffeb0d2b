import type zh from '../zh-CN/help.ts'
import type { Messages } from '../messages.ts'

export default { title: 'Help' } satisfies Messages<typeof zh>

import { defineErrors } from '../kernel/problem.ts'

export const chatErrors = defineErrors('chat', {
  with_oneself: { status: 422, zh: '不能和自己对话。', en: 'You cannot talk with yourself.' },
  empty: { status: 422, zh: '消息是空的，写点什么或添加文件。', en: 'The message is empty. Write something or add a file.' },
  refused_by_other: { status: 403, zh: '对方暂时不接收你的消息。', en: 'This person does not take messages from you at the moment.' },
  blocked_by_you: { status: 403, zh: '你已屏蔽对方，解除屏蔽后才能发消息。', en: 'You have blocked this person. Unblock them to write.' },
  too_fast: { status: 429, zh: '发得太快了，请 {seconds} 秒后再发。', en: 'You are sending too fast. Try again in {seconds} seconds.' },
})

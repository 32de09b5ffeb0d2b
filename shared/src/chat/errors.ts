import { defineErrors } from '../kernel/problem.ts'

export const chatErrors = defineErrors('chat', {
  with_oneself: { status: 422, zh: '不能和自己对话。', en: 'You cannot talk with yourself.' },
  empty: { status: 422, zh: '消息是空的，写点什么或添加文件。', en: 'The message is empty. Write something or add a file.' },
  refused_by_other: { status: 403, zh: '对方暂时不接收你的消息。', en: 'This person does not take messages from you at the moment.' },
  blocked_by_you: { status: 403, zh: '你已屏蔽对方，解除屏蔽后才能发消息。', en: 'You have blocked this person. Unblock them to write.' },
  contact_refused: { status: 422, zh: '这条没有发出：你们之间有付过款的订单之前，消息里不能留联系方式（{found}）。在平台上沟通和付款，出了问题我们才能帮你。', en: 'Not sent: until an order between you two is paid, messages cannot hold contact details ({found}). We can only help with what is agreed and paid here.' },
  word_refused: { status: 422, zh: '这条没有发出：里面有平台不允许的内容（{found}）。请改一改再发。', en: 'Not sent: it contains something that is not allowed here ({found}). Please reword it.' },
  too_fast: { status: 429, zh: '发得太快了，请 {seconds} 秒后再发。', en: 'You are sending too fast. Try again in {seconds} seconds.' },
})

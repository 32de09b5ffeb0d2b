/** What every mail sender must do, up to where it hands mails over. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../kernel/ids.ts'
import type { MailSender } from './port.ts'

export type OpenedMail = {
  sender: MailSender
  /** What has arrived at an address. */
  received: (to: string) => Promise<{ subject: string, text: string }[]>
  close: () => Promise<void>
}

export function mailContract(name: string, open: () => Promise<OpenedMail>): void {
  describe(`mail contract: ${name}`, () => {
    let mail: OpenedMail
    beforeAll(async () => {
      mail = await open()
    })
    afterAll(async () => {
      mail.sender.close()
      await mail.close()
    })

    it('hands over subject and text as they are', async () => {
      await mail.sender.send({ id: newId(), to: 'zhou@example.com', subject: '订单已验收：品牌 VI 设计', text: '款项 ¥1,280.00 进入结算。\n\nhttps://miaodan.example/orders/1?a=1&b=2\n' })
      expect(await mail.received('zhou@example.com')).toEqual([{ subject: '订单已验收：品牌 VI 设计', text: '款项 ¥1,280.00 进入结算。\n\nhttps://miaodan.example/orders/1?a=1&b=2\n' }])
    })

    it('hands over many at once, each one time', async () => {
      await Promise.all(Array.from({ length: 30 }, (_, index) => mail.sender.send({ id: newId(), to: 'many@example.com', subject: `第 ${index} 封`, text: 'x' })))
      expect(new Set((await mail.received('many@example.com')).map(({ subject }) => subject)).size).toBe(30)
    })

    it('lets no line of a subject become a recipient', async () => {
      await mail.sender.send({ id: newId(), to: 'victim@example.com', subject: 'Hello\r\nBcc: other@example.com', text: 'x' })
      expect(await mail.received('victim@example.com')).toHaveLength(1)
      expect(await mail.received('other@example.com')).toEqual([])
    })

    it('says that it serves', async () => {
      await expect(mail.sender.check()).resolves.toBeUndefined()
    })
  })
}

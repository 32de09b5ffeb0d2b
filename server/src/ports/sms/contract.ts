/** What every SMS sender must do, up to where it hands messages over. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../kernel/ids.ts'
import type { SmsSender } from './port.ts'

export type OpenedSms = {
  sender: SmsSender
  /** What was sent to a number: the text, or the values of its template. */
  received: (to: string) => Promise<string[]>
  close: () => Promise<void>
}

export function smsContract(name: string, open: () => Promise<OpenedSms>): void {
  describe(`SMS contract: ${name}`, () => {
    let sms: OpenedSms
    beforeAll(async () => {
      sms = await open()
    })
    afterAll(() => sms.close())

    it('hands over a code', async () => {
      await sms.sender.send({ id: newId(), to: '+8613800000001', text: '【秒单】验证码 482913，用于登录秒单，10 分钟内有效。', template: { name: 'code', values: { code: '482913' } } })
      expect(await sms.received('+8613800000001')).toEqual([expect.stringContaining('482913')])
    })

    it('hands over many at once, each one time, whatever signs they hold', async () => {
      const titles = Array.from({ length: 20 }, (_, index) => `"${index}" & 100% + 'a' * ~ ！（中文）`)
      await Promise.all(titles.map(title => sms.sender.send({ id: newId(), to: '+85291234567', text: title, template: { name: 'notice', values: { title, body: '请查看' } } })))
      expect(new Set(await sms.received('+85291234567')).size).toBe(20)
    })
  })
}

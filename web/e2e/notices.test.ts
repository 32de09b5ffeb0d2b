/** What a person has chosen about notices: chosen by keyboard, obeyed, and ended from the footer of an e-mail. */
import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { useStage } from './stage.ts'
import { lookAt } from './steps.ts'

const stage = useStage()

const EMAIL = 'zhou@example.com'
const MINUTE_MS = 60_000

it('a message that nobody reads becomes a mail that leads to it, until its reader has had enough of such mails', async () => {
  const [reader, writer] = [await stage.people.signUp(stage.system, { username: 'zhoumin', email: EMAIL }), await stage.people.signUp(stage.system, { username: 'shiguang', displayName: '拾光品牌设计', roles: ['provider'] })]
  const conversationId = await stage.people.talk(stage.system, writer.userId, reader.userId)
  const say = async (text: string): Promise<void> => {
    const answer = await fetch(`${stage.system.url}/api/v1/conversations/${conversationId}/messages`, { method: 'POST', headers: { 'content-type': 'application/json', cookie: `md_session=${writer.cookie}` }, body: JSON.stringify({ clientId: randomUUID(), text, uploadIds: [] }) })
    expect(answer.status).toBeLessThan(300)
  }
  await say('礼盒的样稿好了')
  await say('方便时看一下')
  await stage.system.clock.advance(6 * MINUTE_MS)
  await expect.poll(async () => (await stage.system.mailbox.list(EMAIL)).map(({ subject }) => subject), { timeout: 15_000 }).toEqual(['拾光品牌设计 给你发了 2 条消息'])

  const guest = await stage.open('guest', null, { device: 'phone' })
  await guest.page.goto('/dev/mailbox')
  await guest.page.getByRole('button', { name: '看邮件' }).click()
  const mail = guest.page.frameLocator('iframe')
  await mail.getByRole('heading', { name: '拾光品牌设计 给你发了 2 条消息' }).waitFor()
  expect(await mail.getByRole('link', { name: '打开聊天' }).getAttribute('href')).toBe(`${stage.system.url}/messages/${conversationId}`)
  const leave = await mail.getByRole('link', { name: '不再接收这类邮件' }).getAttribute('href')
  // Nothing runs in the frame, not even what looks for faults: the mail is looked at as a page of its own.
  await guest.page.getByRole('button', { name: '收起' }).click()
  await lookAt(guest.page, 'dev mailbox')
  await guest.page.setContent((await stage.system.mailbox.list(EMAIL))[0]?.html ?? '')
  await lookAt(guest.page, 'mail')
  await guest.page.goto(leave ?? '')
  await guest.page.getByRole('heading', { name: '不再接收「未读的聊天消息」的邮件？' }).waitFor()
  await lookAt(guest.page, 'unsubscribe')
  await guest.page.getByRole('button', { name: '不再接收' }).click()
  await guest.page.getByRole('heading', { name: '已退订「未读的聊天消息」的邮件' }).waitFor()
  await guest.page.goto(`${leave}x`)
  await guest.page.getByRole('heading', { name: '退订链接不完整' }).waitFor()

  const person = await stage.open('reader', reader.cookie, { device: 'phone', theme: 'dark', locale: 'en' })
  const { page } = person
  await page.goto('/account/notifications')
  expect(await page.getByRole('checkbox', { name: 'Unread messages: E-mail' }).isChecked()).toBe(false)
  await page.getByText('no phone number').waitFor()
  expect(await page.getByRole('checkbox', { name: 'Money: E-mail' }).isDisabled()).toBe(true)
  await lookAt(page, 'notification settings, phone, dark')
  await page.getByRole('checkbox', { name: 'Order progress: E-mail' }).focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  await page.getByRole('switch', { name: 'Use quiet hours' }).focus()
  await page.keyboard.press('Space')
  await page.getByLabel('Until', { exact: true }).waitFor()
  await lookAt(page, 'quiet hours, phone, dark')
  await page.reload()
  await page.getByLabel('Until', { exact: true }).waitFor()
  expect(await page.getByLabel('Until', { exact: true }).inputValue()).toBe('08:00')
  expect(await page.getByRole('checkbox', { name: 'Order progress: E-mail' }).isChecked()).toBe(false)
  // After the one before it in the table, past the SMS nobody could get.
  expect(await page.getByRole('checkbox', { name: 'Refunds and cases: E-mail' }).isChecked()).toBe(false)

  const wide = await stage.open('reader', reader.cookie)
  await wide.page.goto('/account/notifications')
  await wide.page.getByRole('table').waitFor()
  await lookAt(wide.page, 'notification settings, desktop, light')
  expect([...guest.errors, ...person.errors, ...wide.errors]).toEqual([])
}, 90_000)

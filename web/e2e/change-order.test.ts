import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser, openPerson, startSystem, type Person, type PersonOptions, type System } from './harness.ts'
import { ask } from './providers.ts'
import { signedIn, type SignedIn } from './signed-in.ts'
import { lookAt, payAtCashier } from './steps.ts'

const yuan = (amount: number) => ({ amount: String(amount * 100), currency: 'CNY' })
type Someone = { userId: string, cookie: string }

let system: System
let browser: Browser
let people: SignedIn
beforeAll(async () => {
  people = await signedIn()
  ;[system, browser] = await Promise.all([startSystem(people.environment), launchBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await people?.close()
  await system?.stop()
})

it('the price of an order under way goes up by a further payment, and down by a refund at once', async () => {
  const [client, studio, finance] = await Promise.all([
    people.signUp(system, { username: 'linji', displayName: '林记面馆' }),
    people.signUp(system, { username: 'hongtu', displayName: '鸿图品牌', roles: ['provider'] }),
    people.signUp(system, { username: 'anran', displayName: '安然', staffRoles: ['finance'] }),
  ])
  const orderId = await agreedOrder(client, studio)
  const [buyer, provider, staff] = await Promise.all([open('buyer', client, { device: 'phone' }), open('provider', studio, { theme: 'dark' }), open('staff', finance, {})])
  await buyer.page.goto(`/orders/${orderId}/pay`)
  await payAtCashier(buyer, { channel: 'alipay', amount: '¥1,000.00' })
  await buyer.page.getByRole('link', { name: '查看订单' }).click()
  await provider.page.goto(`/orders/${orderId}`)

  await proposeMore(provider)
  await agreeAndPay(buyer)
  await provider.page.getByRole('region', { name: '里程碑与资金' }).getByText('¥1,300.00').first().waitFor()
  await provider.page.getByRole('region', { name: '验收清单' }).getByText('多店招牌').waitFor()

  await proposeLess(buyer)
  await agreeToRefund(provider)
  // ¥400.00 goes back to where it came from: the last payment first, the rest from the one before it.
  await buyer.page.getByText('¥100.00').first().waitFor()
  await lookAt(buyer.page, 'order after changes, phone')
  await booksBalance(staff, orderId)
  expect((await system.mailbox.list()).filter(({ subject, text }) => /\{\w+\}/.test(subject + text))).toEqual([])
  expect([...buyer.errors, ...provider.errors, ...staff.errors]).toEqual([])
})

async function open(name: string, { cookie }: Someone, look: Pick<PersonOptions, 'device' | 'theme'>): Promise<Person> {
  const person = await openPerson(browser, { name, url: system.url, ...look })
  await person.context.addCookies([{ name: 'md_session', value: cookie, url: system.url }])
  return person
}

async function agreedOrder(buyer: Someone, provider: Someone): Promise<string> {
  const terms = { message: '先定方向', revisions: 2, milestones: [{ title: '标志定稿', price: yuan(1000), days: 5, checklist: ['源文件可编辑'] }] }
  const quote = await ask(system, provider, 'POST', '/quotes', { buyerId: buyer.userId, title: '面馆标志与招牌', terms }) as { id: string }
  return (await ask(system, buyer, 'POST', `/quotes/${quote.id}/accept`, { version: 1 }) as { orderId: string }).orderId
}

async function proposeMore({ page }: Person): Promise<void> {
  await page.getByRole('button', { name: '提出变更' }).click()
  const dialog = page.getByRole('dialog', { name: '提出变更' })
  await dialog.getByText('先改点什么').waitFor()
  await dialog.getByLabel('价格').fill('1300')
  await dialog.getByLabel('交付天数').fill('8')
  await dialog.getByLabel('验收清单').fill('源文件可编辑\n多店招牌')
  await dialog.getByText('同意后买家再付 ¥300.00 进托管，付款后才生效。').waitFor()
  await dialog.getByText('¥24').waitFor()
  await dialog.getByLabel('为什么要变更').fill('要多做一套招牌，三天才够。')
  await lookAt(page, 'change form, dark')
  await dialog.getByRole('button', { name: '发出变更' }).click()
  await page.getByRole('heading', { name: '你提出的变更' }).waitFor()
  await lookAt(page, 'change, its proposer, dark')
}

/** It comes without a reload; the money on the button is what is then paid. */
async function agreeAndPay(buyer: Person): Promise<void> {
  const { page } = buyer
  const panel = page.getByRole('region', { name: '鸿图品牌提出的变更' })
  await panel.getByText('多店招牌').waitFor()
  await panel.getByText('同意后你再付 ¥300.00 进托管').waitFor()
  await lookAt(page, 'change, who answers, phone')
  await panel.getByRole('button', { name: '同意，去付 ¥300.00' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '同意，去付 ¥300.00' }).click()
  await page.getByRole('heading', { name: '付变更差额' }).waitFor()
  await lookAt(page, 'paying a change, phone')
  await payAtCashier(buyer, { channel: 'alipay', amount: '¥300.00', fault: 'doubled' })
  await page.getByRole('heading', { name: '付款成功' }).waitFor()
  await page.getByRole('link', { name: '查看订单' }).click()
  await page.getByRole('heading', { name: '变更记录' }).waitFor()
}

async function proposeLess({ page }: Person): Promise<void> {
  await page.getByRole('button', { name: '提出变更' }).click()
  const dialog = page.getByRole('dialog', { name: '提出变更' })
  await dialog.getByLabel('价格').fill('900')
  await dialog.getByText('同意后 ¥400.00 马上从托管退回给你。').waitFor()
  await dialog.getByLabel('为什么要变更').fill('招牌先不做了。')
  await lookAt(page, 'change form, phone')
  await dialog.getByRole('button', { name: '发出变更' }).click()
  await page.getByRole('heading', { name: '你提出的变更' }).waitFor()
}

async function agreeToRefund({ page }: Person): Promise<void> {
  const panel = page.getByRole('region', { name: '林记面馆提出的变更' })
  await panel.getByRole('button', { name: '同意，退回 ¥400.00' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '同意，退回 ¥400.00' }).click()
  await panel.waitFor({ state: 'detached' })
  await page.getByRole('region', { name: '里程碑与资金' }).getByText('¥900.00').first().waitFor()
}

async function booksBalance({ page }: Person, orderId: string): Promise<void> {
  await page.goto('/staff/ledger')
  await page.getByText('借贷平衡').waitFor()
  await page.goto(`/staff/ledger?tab=trail&order=${orderId}`)
  await page.getByRole('heading', { name: '现在在哪里' }).filter({ hasText: '¥1,300.00' }).waitFor()
  await page.getByText('¥900.00').first().waitFor()
}

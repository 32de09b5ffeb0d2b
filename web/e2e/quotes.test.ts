import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser, openPerson, startSystem, type Person, type PersonOptions, type System } from './harness.ts'
import { offerServices } from './providers.ts'
import { signedIn, type SignedIn } from './signed-in.ts'
import { acceptDelivery, DAY_MS, deliver, expectPaidOut, lookAt, payAtCashier, payOut } from './steps.ts'

const PASSWORD = 'Yushan2026code'
const EMAIL = 'heji@example.com'
const TITLE = '两家茶店共用的微信点单小程序'
const FIRST = '¥3,000.00'
const SECOND = '¥4,500.00'
const TOTAL = '¥7,500.00'
const NET = '¥6,900.00'
const pdf = (name: string) => ({ name, mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n') })

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

it('a requirement is quoted, countered and agreed to; one milestone is accepted by silence, the other by hand, and all is paid out', async () => {
  const back = await people.signUp(system, { username: 'anran', displayName: '安然', staffRoles: ['moderator', 'finance'] })
  const studio = await people.signUp(system, { username: 'yushan', displayName: 'Yushan Studio', roles: ['provider'], password: PASSWORD, locale: 'en', email: 'yushan@example.com' })
  await offerServices(system, [studio], back)
  const [buyer, provider, staff] = await Promise.all([
    open('buyer', await people.signUp(system, { username: 'heji', displayName: '禾记茶铺', email: EMAIL }), { device: 'phone', theme: 'dark' }),
    open('provider', studio, { locale: 'en' }),
    open('staff', back, {}),
  ])

  await provider.page.goto('/hall')
  await provider.page.getByRole('heading', { name: 'Nothing matches' }).waitFor()
  await post(buyer)
  await provider.page.getByRole('link', { name: TITLE }).waitFor()
  await lookAt(provider.page, 'hall')
  await quote(provider)
  await counter(buyer)
  await agree(provider)
  const order = new URL(provider.page.url()).pathname

  await pay(buyer, FIRST, 'doubled')
  await provider.page.getByRole('heading', { name: 'Deliver “Prototype”' }).waitFor()
  await lookAt(provider.page, 'order, provider, in English')
  await deliver(provider, { message: 'Start with the first screen.', file: pdf('prototype.pdf') })
  await buyer.page.getByRole('heading', { name: '验收「Prototype」' }).waitFor()
  await lookAt(buyer.page, 'order, phone, dark')

  await silence(buyer)
  await provider.page.getByRole('heading', { name: /pay “Ordering and payment”/ }).waitFor()
  await pay(buyer, SECOND)
  await deliver(provider, { message: 'Both shops work.', file: pdf('handover.pdf') })
  await buyer.page.getByText('已核对 0 / 2').waitFor()
  await acceptDelivery(buyer, SECOND)
  await provider.page.getByText('2 of 2 checked').waitFor()
  await buyer.page.getByRole('heading', { name: '订单完成' }).waitFor()

  await system.clock.advance(3 * DAY_MS)
  await provider.page.reload()
  await provider.page.getByText('All the money is in your balance.').waitFor()
  await payOut(provider, { amount: NET, holder: '于山', password: PASSWORD })
  await system.clock.advance(DAY_MS)
  await expectPaidOut(provider, NET)
  await follow(staff, order.split('/').at(-1)!)
  expect((await system.mailbox.list()).filter(({ subject, text }) => /\{\w+\}/.test(subject + text))).toEqual([])
  expect([...buyer.errors, ...provider.errors, ...staff.errors]).toEqual([])
})

async function open(name: string, { cookie }: { cookie: string }, look: Pick<PersonOptions, 'device' | 'theme' | 'locale'>): Promise<Person> {
  const person = await openPerson(browser, { name, url: system.url, ...look })
  await person.context.addCookies([{ name: 'md_session', value: cookie, url: system.url }])
  return person
}

/** The tab is closed in the middle of it; the words are there in the next one. */
async function post(buyer: Person): Promise<void> {
  await buyer.page.goto('/post')
  await buyer.page.locator('[name=title]').fill(TITLE)
  await buyer.page.getByLabel('分类').click()
  await buyer.page.getByRole('option', { name: '小程序' }).first().click()
  await buyer.page.locator('textarea[name=details]').fill('扫桌码点单，自动打印小票，店员自己改菜单，两家店共用一个后台。')
  await buyer.reopen()
  const { page } = buyer
  await page.goto('/post')
  await page.getByText('已恢复上次没写完的草稿').waitFor()
  expect(await page.locator('[name=title]').inputValue()).toBe(TITLE)
  expect(await page.locator('textarea[name=details]').inputValue()).toContain('两家店共用一个后台')
  await lookAt(page, 'post, what, dark')
  await page.getByRole('button', { name: '下一步：预算与时间' }).click()
  await page.locator('[name=budgetMax]').fill('8000')
  await page.getByRole('button', { name: /四周/ }).click()
  await lookAt(page, 'post, budget, dark')
  await page.getByRole('button', { name: '下一步：怎么找人' }).click()
  await page.getByRole('radio', { name: /收报价/ }).check()
  await lookAt(page, 'post, ways, dark')
  await page.getByRole('button', { name: '发布，开始收报价' }).click()
  await page.waitForURL(/\/requirements\//)
  await page.getByText('Yushan Studio').first().waitFor()
  await lookAt(page, 'requirement, buyer, phone, dark')
}

async function quote({ page }: Person): Promise<void> {
  await page.getByRole('link', { name: TITLE }).click()
  await page.getByRole('button', { name: 'Quote', exact: true }).click()
  const part = (number: number) => page.getByRole('group', { name: `Part ${number}` })
  const fill = async (number: number, { name, price, days, lines }: { name: string, price: string, days: string, lines: string }) => {
    await part(number).getByLabel('Name').fill(name)
    await part(number).getByLabel('Price').fill(price)
    await part(number).getByLabel('Days').fill(days)
    await part(number).getByLabel('Acceptance checklist').fill(lines)
  }
  await fill(1, { name: 'Prototype', price: '3200', days: '5', lines: 'Every screen can be clicked' })
  await page.getByRole('button', { name: 'Add a part' }).click()
  await fill(2, { name: 'Ordering and payment', price: '4800', days: '12', lines: 'Order by scanning the table\nReceipts print by themselves' })
  await page.getByLabel('To the buyer').fill('A prototype first, so that you see it before we build it.')
  await page.getByText('¥8,000.00 in total, 17 days').waitFor()
  await lookAt(page, 'quote form, in English')
  await page.getByRole('button', { name: 'Send quote' }).click()
  await page.getByText('My quote · Their turn').waitFor()
}

async function counter({ page }: Person): Promise<void> {
  await page.getByText('A prototype first').waitFor()
  await lookAt(page, 'quotes, phone, dark')
  await page.getByRole('button', { name: '还价' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('价格').nth(0).fill('3000')
  await dialog.getByLabel('价格').nth(1).fill('4500')
  await dialog.getByText(`合计 ${TOTAL}，17 天`).waitFor()
  await lookAt(page, 'counter-offer')
  await dialog.getByRole('button', { name: '发出还价' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.getByText('你还了价').waitFor()
}

async function agree({ page }: Person): Promise<void> {
  await page.getByText('Their counter-offer · Your turn').waitFor()
  await lookAt(page, 'counter-offer, in English')
  await page.getByRole('button', { name: `Agree to ${TOTAL}` }).click()
  await page.getByRole('dialog').getByRole('button', { name: `Agree to ${TOTAL}` }).click()
  await page.getByRole('heading', { name: 'Waiting for 禾记茶铺 to pay' }).waitFor()
}

/** From where the order is shown over the cashier back to the order. */
async function pay(buyer: Person, amount: string, fault: 'normal' | 'doubled' = 'normal'): Promise<void> {
  const { page } = buyer
  const toOrder = page.getByRole('link', { name: '查看订单' })
  if (!new URL(page.url()).pathname.startsWith('/orders/')) await toOrder.first().click()
  await page.getByRole('link', { name: /^付款 ¥/ }).click()
  await page.getByRole('heading', { name: '付款', exact: true }).waitFor()
  const first = page.getByRole('radio', { name: '只付里程碑 1' })
  if (amount === FIRST) await first.check({ force: true })
  await lookAt(page, 'checkout, phone, dark')
  await payAtCashier(buyer, { channel: 'wechat', amount, fault })
  await page.getByRole('heading', { name: '付款成功' }).waitFor()
  await lookAt(page, 'payment result, phone, dark')
  await toOrder.click()
}

/** Seven days without a word: two letters remind the buyer, then the first milestone is accepted. */
async function silence({ page }: Person): Promise<void> {
  const reminded = (days: number) => expect.poll(async () => (await system.mailbox.list(EMAIL)).map(({ subject }) => subject), { timeout: 15_000 }).toContain(`还有 ${days} 天自动验收`)
  await system.clock.advance(4 * DAY_MS)
  await reminded(3)
  await system.clock.advance(2 * DAY_MS)
  await reminded(1)
  await system.clock.advance(DAY_MS)
  await page.getByRole('heading', { name: '付款开始「Ordering and payment」' }).waitFor()
  await page.getByText(/到期自动验收/).first().waitFor()
  await lookAt(page, 'order, accepted by silence')
}

/** Every fen of the order, and the sum over all accounts. */
async function follow({ page }: Person, orderId: string): Promise<void> {
  await page.goto('/staff/ledger')
  await page.getByText('借贷平衡').waitFor()
  await page.getByRole('button', { name: '核对全部账目' }).click()
  await page.getByText(/笔过账都对得上/).waitFor()
  await lookAt(page, 'ledger, trial balance')
  await page.getByRole('link', { name: '订单资金' }).click()
  await page.getByRole('textbox').fill(orderId)
  await page.getByRole('button', { name: '查看' }).click()
  await page.getByRole('heading', { name: '现在在哪里' }).filter({ hasText: TOTAL }).waitFor()
  await page.getByText(NET).first().waitFor()
  await lookAt(page, 'ledger, trail')
}

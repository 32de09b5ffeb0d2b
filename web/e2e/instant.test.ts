import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser, openPerson, startSystem, type Person, type PersonOptions, type System } from './harness.ts'
import { offerServices } from './providers.ts'
import { signedIn, type SignedIn } from './signed-in.ts'
import { acceptDelivery, DAY_MS, deliver, expectPaidOut, lookAt, payAtCashier, payOut } from './steps.ts'

const PASSWORD = 'Mubai2026code'
const PRICE = '¥1,200.00'
const NET = '¥1,104.00'
const TITLE = '社区奶茶店微信点单小程序'
const LATE_MS = 2_100_000

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

it('an instant requirement is funded late, taken by one of two, delivered and paid out, and the books show it', async () => {
  const moderator = await people.signUp(system, { username: 'anran', displayName: '安然', staffRoles: ['moderator', 'finance'] })
  const takers = [await people.signUp(system, { username: 'mubai', displayName: '木白小程序', roles: ['provider'], password: PASSWORD }), await people.signUp(system, { username: 'shiguang', displayName: '拾光软件', roles: ['provider'] })]
  await offerServices(system, takers, moderator)
  const [buyer, first, second, staff] = await Promise.all([
    open('buyer', await people.signUp(system, { username: 'qinghe', displayName: '青禾奶茶' }), { device: 'phone' }), open('first', takers[0]!, {}), open('second', takers[1]!, { theme: 'dark' }), open('staff', moderator, {}),
  ])
  await Promise.all([first, second].map(({ page }) => page.goto('/workbench')))

  await post(buyer)
  await payAtCashier(buyer, { channel: 'alipay', amount: PRICE, fault: 'late' })
  await lookAt(buyer.page, 'payment result, phone')
  await system.clock.advance(LATE_MS)
  await buyer.page.getByRole('heading', { name: '付款成功' }).waitFor()
  await buyer.page.getByRole('link', { name: '查看需求' }).click()

  for (const { page } of [first, second]) await page.getByRole('link', { name: TITLE }).first().click()
  await lookAt(first.page, 'requirement, provider')
  await lookAt(buyer.page, 'requirement, buyer, phone')
  await first.page.getByRole('button', { name: `接单 ${PRICE}` }).click()
  await first.page.getByRole('button', { name: '接单，开始做' }).click()
  await first.page.waitForURL(/\/orders\//)
  await second.page.getByText(/这个需求已经结束|手慢了一步|这单已有人接/).first().waitFor()

  await deliver(first, { message: '源码和部署说明都在文件里。', file: { name: '交付说明.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n') } })
  await buyer.page.goto(new URL(first.page.url()).pathname)
  // Both answers to a delivery are under the thumb, in one row.
  const [changes, accept] = await Promise.all([/^要求修改$/, `验收并放款 ${PRICE}`].map(name => buyer.page.getByRole('button', { name }).boundingBox()))
  expect(changes?.y).toBe(accept?.y)
  await acceptDelivery(buyer, PRICE)
  await lookAt(buyer.page, 'order, phone')
  await system.clock.advance(3 * DAY_MS)
  await payOut(first, { amount: NET, holder: '木白', password: PASSWORD })
  await system.clock.advance(DAY_MS)
  await expectPaidOut(first, NET)

  await staff.page.goto('/staff/ledger')
  await staff.page.getByRole('heading').first().waitFor()
  await lookAt(staff.page, 'ledger')
  expect([...buyer.errors, ...first.errors, ...second.errors, ...staff.errors]).toEqual([])
})

type Someone = { userId: string, cookie: string }
async function open(name: string, { cookie }: Someone, look: Pick<PersonOptions, 'device' | 'theme'>): Promise<Person> {
  const person = await openPerson(browser, { name, url: system.url, ...look })
  await person.context.addCookies([{ name: 'md_session', value: cookie, url: system.url }])
  return person
}

async function post({ page }: Person): Promise<void> {
  await page.goto('/post')
  await page.locator('[name=title]').fill(TITLE)
  await page.getByLabel('分类').click()
  await page.getByRole('option', { name: '小程序' }).first().click()
  await page.locator('textarea[name=details]').fill('扫桌码点单，自动打印小票，店员自己改菜单，两家店共用一个后台。')
  await page.getByRole('button', { name: '再加一条' }).click()
  await page.getByRole('textbox', { name: '第 1 条', exact: true }).fill('扫码点单')
  await lookAt(page, 'post, what')
  await page.getByRole('button', { name: '下一步：预算与时间' }).click()
  await page.locator('[name=budgetMax]').fill('6000')
  await page.getByRole('button', { name: /两周/ }).click()
  await lookAt(page, 'post, budget')
  await page.getByRole('button', { name: '下一步：怎么找人' }).click()
  await page.getByRole('radio', { name: /秒单/ }).check()
  await page.locator('[name=price]').fill('1200')
  await lookAt(page, 'post, ways')
  await page.getByRole('button', { name: `付 ${PRICE} 进托管并发布` }).click()
  await page.waitForURL(/\/requirements\//)
}

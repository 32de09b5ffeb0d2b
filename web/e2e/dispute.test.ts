import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { agreeOnOrder, expectBooksToBalance, payOrder } from './deals.ts'
import { launchBrowser, openPerson, startSystem, type Person, type PersonOptions, type System } from './harness.ts'
import { signedIn, type SignedIn } from './signed-in.ts'
import { acceptDelivery, deliver, lookAt } from './steps.ts'

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

it('a refund is refused, argued, ruled by keyboard, appealed and carried out, while the other milestone goes on', async () => {
  const someone = {
    buyer: await people.signUp(system, { username: 'lujiao', displayName: '鹿角面馆' }),
    provider: await people.signUp(system, { username: 'yunzhou', displayName: 'Yunzhou Tech', roles: ['provider'], locale: 'en' }),
  }
  const [first, second] = [await people.signUp(system, { username: 'zhiwei', displayName: '沈知微', staffRoles: ['arbitrator'] }), await people.signUp(system, { username: 'yanchuan', displayName: '顾言川', staffRoles: ['arbitrator'] })]
  const [buyer, provider, arbitrator, appellate] = await Promise.all([
    open('buyer', someone.buyer, { device: 'phone' }), open('provider', someone.provider, { locale: 'en' }), open('arbitrator', first, {}), open('appellate', second, { theme: 'dark' }),
  ])
  const id = await agreeOnOrder(system, someone, '小程序点单', [{ title: '点单与支付', yuan: 10_000, checklist: ['扫码支付', '厨房打印'] }, { title: '门店后台', yuan: 2000, checklist: ['菜单管理'] }])
  await payOrder(buyer, id, '¥12,000.00')
  await provider.page.goto(`/orders/${id}`)
  await deliver(provider, { message: 'Ordering and payment work.', file: pdf('handover.pdf') })

  await ask(buyer)
  await refuse(provider)
  await provider.page.getByRole('heading', { name: 'Deliver “门店后台”' }).waitFor()
  await lookAt(provider.page, 'order in arbitration, in English')
  await argue(buyer, provider)
  const dispute = new URL(buyer.page.url()).pathname

  await goOn(buyer, provider, id)
  await rule(arbitrator, { from: 0, percent: 40, reasons: '厨打在清单内而未交付（证 1），付款失败由证书过期引起（证 8）。', amount: '¥4,000.00', rest: '¥6,000.00' })
  await arbitrator.page.getByText('已有裁决').waitFor()

  await buyer.page.goto(dispute)
  await buyer.page.getByRole('heading', { name: '裁决：退 ¥4,000.00，放 ¥6,000.00' }).waitFor()
  await lookAt(buyer.page, 'ruling, phone')
  await appeal(provider)
  await buyer.page.getByRole('heading', { name: '上诉中，等终裁' }).waitFor()
  await arbitrator.page.getByText('上诉由另一位仲裁员裁决。').waitFor()

  // The second begins where the first ended.
  await rule(appellate, { from: 40, percent: 30, reasons: '打印机型号晚到，延后由双方造成（证 4）。', amount: '¥3,000.00', rest: '¥7,000.00' })
  await appellate.page.getByText('案件已经结束。').waitFor()
  await buyer.page.getByRole('heading', { name: '已执行：退 ¥3,000.00，放 ¥7,000.00' }).waitFor()
  await lookAt(buyer.page, 'carried out, phone')
  const pack = await buyer.context.request.get(`/api/v1${dispute}/pack`)
  expect([pack.status(), (await pack.body()).subarray(0, 5).toString()]).toEqual([200, '%PDF-'])

  await buyer.page.goto(`/orders/${id}`)
  await buyer.page.getByText(/按裁决退 ¥3,000.00/).waitFor()
  const money = buyer.page.getByRole('region', { name: '里程碑与资金' })
  await money.getByText('已退款').first().waitFor()
  await money.getByText('¥3,000.00').first().waitFor()
  await provider.page.goto('/wallet')
  await provider.page.getByText('¥6,440.00').first().waitFor()
  await provider.page.getByText('¥1,840.00').first().waitFor()
  await expectBooksToBalance(appellate)
  expect([...buyer.errors, ...provider.errors, ...arbitrator.errors, ...appellate.errors]).toEqual([])
})

async function open(name: string, { cookie }: { cookie: string }, look: Pick<PersonOptions, 'device' | 'theme' | 'locale'>): Promise<Person> {
  const person = await openPerson(browser, { name, url: system.url, ...look })
  await person.context.addCookies([{ name: 'md_session', value: cookie, url: system.url }])
  return person
}

async function ask({ page }: Person): Promise<void> {
  await page.getByRole('button', { name: /^申请退款，点单与支付/ }).click()
  const dialog = page.getByRole('dialog', { name: '申请退款' })
  await dialog.getByRole('textbox', { name: /点单与支付/ }).fill('6000')
  await dialog.getByRole('combobox').click()
  await page.getByRole('option', { name: '和约定不符' }).click()
  await dialog.getByRole('textbox', { name: '说明' }).fill('厨房打印没有做，扫码支付十次有三次失败。')
  await dialog.getByRole('button', { name: '申请退款 ¥6,000.00' }).click()
  await dialog.waitFor({ state: 'detached' })
}

async function refuse({ page }: Person): Promise<void> {
  await page.getByRole('heading', { name: 'Answer the refund 鹿角面馆 asks for' }).waitFor()
  await page.getByRole('button', { name: 'Refuse', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill('The payment certificate of the shop had expired.')
  await lookAt(page, 'refuse, in English')
  await dialog.getByRole('button', { name: 'Refuse and go to arbitration' }).click()
  await dialog.waitFor({ state: 'detached' })
}

/** Both say something more, with a file, and that they have nothing to add: the evidence closes at once. */
async function argue(buyer: Person, provider: Person): Promise<void> {
  await buyer.page.getByRole('link', { name: '查看仲裁案件' }).first().click()
  await buyer.page.getByRole('heading', { name: '补充你的说明和证据' }).waitFor()
  await lookAt(buyer.page, 'dispute, phone')
  await buyer.page.getByRole('button', { name: '补充说明' }).click()
  const statement = buyer.page.getByRole('dialog')
  await statement.getByRole('textbox', { name: '说明' }).fill('这是失败时的录屏截图。')
  await statement.locator('input[type=file]').setInputFiles(pdf('失败截图.pdf'))
  await statement.getByRole('button', { name: '移除 失败截图.pdf' }).waitFor()
  await lookAt(buyer.page, 'statement, phone')
  await statement.getByRole('button', { name: '提交并封存' }).click()
  await statement.waitFor({ state: 'detached' })
  await buyer.page.getByRole('button', { name: '没有补充了' }).click()
  await buyer.page.getByRole('button', { name: '确认没有补充' }).click()
  await buyer.page.getByRole('heading', { name: '你的举证已经结束' }).waitFor()

  const { page } = provider
  await page.goto(new URL(buyer.page.url()).pathname)
  await page.getByRole('button', { name: /这是失败时的录屏截图/ }).click()
  await page.getByRole('link', { name: '失败截图.pdf' }).first().waitFor()
  await lookAt(page, 'dispute, in English')
  await page.getByRole('button', { name: 'Nothing to add' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Nothing to add' }).click()
  await page.getByRole('heading', { name: 'The evidence is sealed; a ruling follows' }).waitFor()
}

/** One disputed milestone does not stop the other: it is delivered and released meanwhile. */
async function goOn(buyer: Person, provider: Person, id: string): Promise<void> {
  await provider.page.goto(`/orders/${id}`)
  await deliver(provider, { message: 'The back office is ready.', file: pdf('back-office.pdf') })
  await buyer.page.goto(`/orders/${id}`)
  await buyer.page.getByRole('heading', { name: '验收「门店后台」' }).waitFor()
  await lookAt(buyer.page, 'order with a dispute, phone')
  await acceptDelivery(buyer, '¥2,000.00')
}

/** From the list to the ruling without a mouse. */
async function rule({ page, name }: Person, { from, percent, reasons, amount, rest }: { from: number, percent: number, reasons: string, amount: string, rest: string }): Promise<void> {
  await page.goto('/staff/disputes')
  await page.getByText('小程序点单').first().waitFor()
  await lookAt(page, `cases of the ${name}`)
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/staff\/disputes\/./)
  const panel = page.getByRole('complementary', { name: '裁决' })
  await panel.getByText('试记账').waitFor()
  for (const key of ['t', '1', 'j', '2', 'j', '1', '2']) await page.keyboard.press(key)
  await page.getByRole('row', { name: /双方均可用/ }).waitFor()
  for (let step = Math.abs(percent - from); step > 0; step--) await page.keyboard.press(percent > from ? ']' : '[')
  await panel.getByText(rest).first().waitFor()
  await page.keyboard.press('r')
  await page.keyboard.insertText(reasons)
  await page.getByText(/草稿 .* 已自动保存/).waitFor()
  await page.keyboard.press('Escape')
  await panel.getByRole('button', { name: `裁决：退 ${percent}%，放 ${100 - percent}%` }).and(page.locator(':enabled')).waitFor()
  expect(await panel.getByText('差额').locator('xpath=..').innerText()).toMatch(/¥\s?0\.00/)
  await lookAt(page, `case of the ${name}`)
  await page.keyboard.press('Control+Enter')
  await page.getByRole('dialog').getByRole('button', { name: `裁决：退 ${amount}，放 ${rest}` }).waitFor()
  await lookAt(page, `confirmation of the ${name}`)
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

async function appeal({ page }: Person): Promise<void> {
  await page.getByRole('link', { name: 'Open the dispute' }).first().click()
  await page.getByRole('heading', { name: 'Ruling: ¥4,000.00 back, ¥6,000.00 to the provider' }).waitFor()
  await page.getByRole('button', { name: 'Appeal', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill('The printer model came late; piece 4 says so.')
  await lookAt(page, 'appeal, in English')
  await dialog.getByRole('button', { name: 'Send the appeal' }).click()
  await page.getByRole('heading', { name: 'Appealed; the final ruling follows' }).waitFor()
}

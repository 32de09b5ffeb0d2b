import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { agreeOnOrder, expectBooksToBalance, payOrder } from './deals.ts'
import { launchBrowser, openPerson, startSystem, type Person, type PersonOptions, type System } from './harness.ts'
import { signedIn, type SignedIn } from './signed-in.ts'
import { DAY_MS, deliver, lookAt, payAtCashier } from './steps.ts'

const pdf = (name: string) => ({ name, mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n') })

let system: System
let browser: Browser
let people: SignedIn
let someone: Record<'buyer' | 'provider' | 'staff', { userId: string, cookie: string }>
beforeAll(async () => {
  people = await signedIn()
  ;[system, browser] = await Promise.all([startSystem(people.environment), launchBrowser()])
  someone = {
    buyer: await people.signUp(system, { username: 'linji', displayName: '林记面馆' }),
    provider: await people.signUp(system, { username: 'yushan', displayName: 'Yushan Studio', roles: ['provider'], locale: 'en' }),
    staff: await people.signUp(system, { username: 'anran', displayName: '安然', staffRoles: ['finance'] }),
  }
})
afterAll(async () => {
  await browser?.close()
  await people?.close()
  await system?.stop()
})

async function open(name: keyof typeof someone, look: Pick<PersonOptions, 'device' | 'theme' | 'locale'>): Promise<Person> {
  const person = await openPerson(browser, { name, url: system.url, ...look })
  await person.context.addCookies([{ name: 'md_session', value: someone[name].cookie, url: system.url }])
  return person
}
const openAll = async (): Promise<[Person, Person, Person]> => Promise.all([open('buyer', { device: 'phone' }), open('provider', { locale: 'en' }), open('staff', { theme: 'dark' })])

it('half is asked back, a fifth is offered, and that is agreed to; the money is seen on both sides', async () => {
  const [buyer, provider, staff] = await openAll()
  const id = await agreeOnOrder(system, someone, '门店海报', [{ title: '海报三张', yuan: 3000, checklist: ['源文件'] }])
  await payOrder(buyer, id, '¥3,000.00')
  await provider.page.goto(`/orders/${id}`)
  await deliver(provider, { message: 'Three posters.', file: pdf('posters.pdf') })

  await buyer.page.getByRole('button', { name: /^申请退款，海报三张/ }).click()
  const dialog = buyer.page.getByRole('dialog', { name: '申请退款' })
  await dialog.getByText('¥3,000.00 全部退回给你，里程碑就此结束，不收服务费。').waitFor()
  await dialog.getByRole('button', { name: '一半' }).click()
  await dialog.getByText('¥1,500.00 退回给你；其余 ¥1,500.00 归Yushan Studio').waitFor()
  await lookAt(buyer.page, 'ask for a refund, phone')
  await dialog.getByRole('button', { name: '申请退款 ¥1,500.00' }).click()
  await dialog.getByText('有 2 处需要修改').waitFor()
  await dialog.getByRole('combobox').click()
  await buyer.page.getByRole('option', { name: '质量不行' }).click()
  await dialog.getByRole('textbox', { name: '说明' }).fill('两张的字糊了。')
  await dialog.locator('input[type=file]').setInputFiles(pdf('打样.pdf'))
  await dialog.getByRole('button', { name: '移除 打样.pdf' }).waitFor()
  await dialog.getByRole('button', { name: '申请退款 ¥1,500.00' }).click()
  await dialog.waitFor({ state: 'detached' })
  await buyer.page.getByText('争议冻结').first().waitFor()
  await lookAt(buyer.page, 'refund asked, phone')

  await provider.page.getByRole('heading', { name: 'Answer the refund 林记面馆 asks for' }).waitFor()
  await provider.page.getByRole('button', { name: 'Answer the refund' }).click()
  await lookAt(provider.page, 'refund to answer, in English')
  await provider.page.getByRole('button', { name: 'Counter-offer' }).click()
  const counter = provider.page.getByRole('dialog')
  await counter.getByRole('button', { name: 'The middle, ¥750.00' }).click()
  await counter.getByRole('textbox', { name: 'Refund' }).fill('600')
  await counter.getByRole('textbox', { name: 'Explanation' }).fill('One of them can be printed again.')
  await lookAt(provider.page, 'counter-offer, in English')
  await counter.getByRole('button', { name: 'Offer ¥600.00' }).click()
  await counter.waitFor({ state: 'detached' })

  await staff.page.goto('/staff/refunds')
  await staff.page.getByText('等林记面馆回应').waitFor()
  await lookAt(staff.page, 'refund requests')

  await buyer.page.getByRole('heading', { name: '回应Yushan Studio的退款提议' }).waitFor()
  await buyer.page.getByRole('button', { name: '同意退 ¥600.00' }).click()
  await lookAt(buyer.page, 'agree, phone')
  await buyer.page.getByRole('dialog').getByRole('button', { name: '确认同意，退 ¥600.00' }).click()
  await buyer.page.getByText(/双方商定，退 ¥600.00/).waitFor()
  await buyer.page.getByRole('heading', { name: '订单完成' }).waitFor()
  await expectMoney(buyer, '里程碑与资金', ['已放款', '¥2,400.00', '已退款', '¥600.00'])
  await lookAt(buyer.page, 'refund agreed, phone')

  await provider.page.getByText(/^Agreed .*: ¥600.00 refunded\.$/).waitFor()
  await provider.page.goto('/wallet')
  await provider.page.getByText('¥2,208.00').first().waitFor()
  await expectBooksToBalance(staff)
  expect([...buyer.errors, ...provider.errors, ...staff.errors]).toEqual([])
  await Promise.all([buyer.close(), provider.close(), staff.close()])
})

it('a provider who says nothing for three days has decided; all of it goes back', async () => {
  const [buyer, provider, staff] = await openAll()
  const id = await agreeOnOrder(system, someone, '菜单拍摄', [{ title: '二十道菜', yuan: 1800, checklist: [] }])
  await payOrder(buyer, id, '¥1,800.00')
  await buyer.page.getByRole('button', { name: /^申请退款，二十道菜/ }).click()
  const dialog = buyer.page.getByRole('dialog', { name: '申请退款' })
  await dialog.getByText(/3 天没有回应，就按你的申请退款/).waitFor()
  await dialog.getByRole('combobox').click()
  await buyer.page.getByRole('option', { name: '没有交付' }).click()
  await dialog.getByRole('textbox', { name: '说明' }).fill('约好的那天没有来。')
  await dialog.getByRole('button', { name: '申请退款 ¥1,800.00' }).click()
  await dialog.waitFor({ state: 'detached' })
  await provider.page.goto(`/orders/${id}`)
  await provider.page.getByText(/Without an answer by .*, ¥1,800.00 is refunded\./).waitFor()

  await system.clock.advance(2 * DAY_MS)
  await buyer.page.getByRole('heading', { name: '等Yushan Studio回应退款' }).waitFor()
  await system.clock.advance(DAY_MS + 60_000)
  await buyer.page.getByText(/服务商到期没有回应，退 ¥1,800.00/).waitFor()
  await buyer.page.getByRole('heading', { name: '订单已取消' }).waitFor()
  await expectMoney(buyer, '里程碑与资金', ['已退款', '¥1,800.00'])
  await provider.page.getByText(/did not answer in time; ¥1,800.00 refunded/).waitFor()
  await lookAt(provider.page, 'decided by silence, in English')

  await staff.page.goto('/staff/refunds?state=ended')
  await staff.page.getByText('到期执行').waitFor()
  await expectBooksToBalance(staff)
  expect([...buyer.errors, ...provider.errors, ...staff.errors]).toEqual([])
})

it('a code takes something off; what is refunded goes back to the buyer and to who bore the coupon', async () => {
  const [buyer, provider, staff] = await openAll()
  await startCampaign(staff)
  const id = await agreeOnOrder(system, someone, '招牌设计', [{ title: '招牌定稿', yuan: 1000, checklist: [] }])
  await buyer.page.goto(`/orders/${id}/pay`)
  await buyer.page.getByRole('button', { name: '输入优惠码' }).click()
  const picker = buyer.page.getByRole('dialog', { name: '选择优惠券' })
  await picker.getByRole('textbox', { name: '优惠码' }).fill('nosuch')
  await picker.getByRole('button', { name: '领取' }).click()
  await picker.getByText('没有这个优惠码').waitFor()
  await picker.getByRole('textbox', { name: '优惠码' }).fill('spring88')
  await picker.getByRole('button', { name: '领取' }).click()
  await picker.getByText('省 ¥100.00').waitFor()
  await lookAt(buyer.page, 'choose a coupon, phone')
  await picker.getByRole('button', { name: '使用', exact: true }).click()
  await picker.waitFor({ state: 'detached' })
  await buyer.page.getByText('春日优惠，由平台承担。').waitFor()
  await lookAt(buyer.page, 'checkout with a coupon, phone')
  await payAtCashier(buyer, { channel: 'alipay', amount: '¥900.00' })
  await buyer.page.getByText('¥1,000.00 已由秒单托管').waitFor()
  await buyer.page.getByRole('link', { name: '查看订单' }).click()

  await buyer.page.getByRole('button', { name: /^申请退款，招牌定稿/ }).click()
  const dialog = buyer.page.getByRole('dialog', { name: '申请退款' })
  await dialog.getByRole('button', { name: '一半' }).click()
  await dialog.getByText('¥450.00 退回给你，¥50.00 是优惠券抵的，退回平台').waitFor()
  await dialog.getByRole('combobox').click()
  await buyer.page.getByRole('option', { name: '没有交付' }).click()
  await dialog.getByRole('textbox', { name: '说明' }).fill('只要其中一稿。')
  await dialog.getByRole('button', { name: '申请退款 ¥500.00' }).click()
  await dialog.waitFor({ state: 'detached' })

  await provider.page.goto(`/orders/${id}`)
  await provider.page.getByRole('button', { name: 'Agree to ¥500.00' }).click()
  await provider.page.getByRole('dialog').getByText('The coupon\'s share, back to the platform').waitFor()
  await provider.page.getByRole('dialog').getByRole('button', { name: 'Agree and refund ¥500.00' }).click()
  await buyer.page.getByRole('heading', { name: '订单完成' }).waitFor()
  await buyer.page.getByText('其中 ¥50.00 已随退款退回平台。').waitFor()
  await buyer.page.getByRole('button', { name: /双方商定，退 ¥500.00/ }).click()
  for (const text of ['退回给你', '¥450.00', '优惠券部分退回平台', '¥50.00']) await buyer.page.getByText(text, { exact: true }).first().waitFor()
  await buyer.page.goto('/wallet/coupons')
  await buyer.page.getByRole('tab', { name: '已使用 1' }).click()
  await buyer.page.getByText('其中 ¥50.00 随退款退回平台').waitFor()
  await lookAt(buyer.page, 'my coupons, phone')
  await staff.page.reload()
  await staff.page.getByText('¥50.00 / ¥2,000.00').waitFor()
  await expectBooksToBalance(staff)
  expect([...buyer.errors, ...provider.errors, ...staff.errors]).toEqual([])
})

async function startCampaign({ page }: Person): Promise<void> {
  await page.goto('/staff/coupons')
  await page.getByRole('button', { name: '新建活动' }).click()
  const form = page.getByRole('dialog', { name: '新建活动' })
  for (const [field, text] of [['优惠码', 'spring88'], ['中文名', '春日优惠'], ['英文名', 'Spring'], ['减多少', '100'], ['订单满多少可用', '500'], ['总张数', '20'], ['预算', '2000']]) await form.getByRole('textbox', { name: field, exact: true }).fill(text as string)
  await form.getByText('领到第 20 张时，预算就用完。').waitFor()
  await lookAt(page, 'a campaign')
  await form.getByRole('button', { name: '创建活动' }).click()
  await form.waitFor({ state: 'detached' })
  await page.getByText('SPRING88').waitFor()
}

async function expectMoney({ page }: Person, region: string, texts: readonly string[]): Promise<void> {
  for (const text of texts) await page.getByRole('region', { name: region }).getByText(text).first().waitFor()
}

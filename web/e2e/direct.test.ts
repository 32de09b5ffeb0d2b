import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchBrowser, openPerson, startSystem, type Person, type System } from './harness.ts'
import { signedIn, type SignedIn } from './signed-in.ts'
import { acceptDelivery, DAY_MS, deliver, expectPaidOut, lookAt, payAtCashier, payOut, register, review } from './steps.ts'

const PASSWORD = 'Hongtu2026logo'
const TITLE = '餐饮品牌标志与门店视觉设计'
const TOTAL = '¥3,088.00'
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

it('a service is written, approved, found, ordered, paid, revised, accepted, paid out and reviewed', async () => {
  const [provider, buyer, staff] = await Promise.all([
    openPerson(browser, { name: 'provider', url: system.url }),
    openPerson(browser, { name: 'buyer', url: system.url }),
    openPerson(browser, { name: 'staff', url: system.url, theme: 'dark' }),
  ])
  const moderator = await people.signUp(system, { username: 'anran', displayName: '安然', staffRoles: ['moderator'] })
  await staff.context.addCookies([{ name: 'md_session', value: moderator.cookie, url: system.url }])

  await register(provider, system, { contact: '13800010001', aim: '接单赚钱', kind: '工作室', displayName: '鸿图品牌', username: 'hongtu', password: PASSWORD })
  await introduce(provider)
  await askForVerification(provider)
  await writeService(provider)
  await approve(staff)

  await register(buyer, system, { contact: 'lin@example.com', aim: '找人做事', displayName: '林记面馆', username: 'linji', password: PASSWORD })
  await findAndOrder(buyer)
  await payAtCashier(buyer, { channel: 'wechat', amount: TOTAL })
  await buyer.page.getByRole('heading', { name: '付款成功' }).waitFor()
  await lookAt(buyer.page, 'payment result')
  await buyer.page.getByRole('link', { name: '查看订单' }).click()
  await buyer.page.getByRole('heading', { name: '等鸿图品牌确认接单' }).waitFor()
  const order = new URL(buyer.page.url()).pathname

  await provider.page.goto('/workbench')
  await lookAt(provider.page, 'workbench')
  await provider.page.getByRole('link', { name: '去接单' }).first().click()
  await provider.page.getByRole('button', { name: '接单', exact: true }).click()
  await provider.page.getByRole('button', { name: '确认接单' }).click()
  await deliver(provider, { message: '三个方向，请从第一页看起。', file: pdf('标志方案.pdf') })

  await buyer.page.getByRole('button', { name: /要求修改/ }).click()
  await lookAt(buyer.page, 'order')
  await buyer.page.getByLabel('要改什么').fill('方向二的字再圆一点。')
  await buyer.page.getByRole('button', { name: '发出修改要求' }).click()
  await provider.page.getByRole('heading', { name: /修改后再交付/ }).waitFor()
  await deliver(provider, { message: '字已经改圆。', file: pdf('标志方案-改.pdf') })
  await buyer.page.getByText('标志方案-改.pdf').waitFor()
  await acceptDelivery(buyer, TOTAL)
  await buyer.page.getByRole('heading', { name: '订单完成' }).waitFor()

  await review(buyer, 5, '改得快，交付的文件很全。')
  await provider.page.getByRole('heading', { name: /结算中/ }).waitFor()
  await review(provider, 5, '需求说得清楚。')
  await buyer.page.getByText('双方的评价已经公开。').waitFor()

  await system.clock.advance(3 * DAY_MS)
  await provider.page.goto(order)
  await provider.page.getByText('款项都在你的可用余额里。').waitFor()
  const net = '¥2,840.96'
  await payOut(provider, { amount: net, holder: '沈鸿', password: PASSWORD })
  await system.clock.advance(DAY_MS)
  await expectPaidOut(provider, net)

  await buyer.page.goto('/market')
  await buyer.page.getByRole('link', { name: TITLE }).click()
  await buyer.page.getByRole('region', { name: /评价/ }).getByText('改得快，交付的文件很全。').waitFor()
  expect([...provider.errors, ...buyer.errors, ...staff.errors]).toEqual([])
})

async function introduce({ page }: Person): Promise<void> {
  await page.goto('/account/provider')
  await page.getByLabel('一句话', { exact: true }).fill('餐饮品牌从标志到门店')
  await page.getByLabel('详细介绍').fill('做了十年餐饮品牌，先看店再动笔，交付源文件和使用规范。')
  await page.getByLabel('擅长').pressSequentially('Logo 设计')
  await page.keyboard.press('Enter')
  await page.getByLabel('服务地区').click()
  await page.getByRole('option', { name: '全国' }).click()
  await page.keyboard.press('Escape')
  await lookAt(page, 'provider profile')
  await page.getByRole('button', { name: '保存主页' }).click()
  await page.getByText('主页已保存').waitFor()
}

async function askForVerification({ page }: Person): Promise<void> {
  await page.goto('/account/verification')
  await page.getByRole('radio', { name: '个人实名' }).check({ force: true })
  await page.getByLabel('姓名').fill('沈鸿')
  await page.getByLabel('身份证号').fill('11010519491231002X')
  await lookAt(page, 'verification')
  await page.getByRole('button', { name: '提交审核' }).click()
  await page.getByText('审核中').first().waitFor()
}

async function writeService({ page }: Person): Promise<void> {
  await page.goto('/workbench/services')
  await lookAt(page, 'own services')
  await page.getByRole('button', { name: '发布新服务' }).first().click()
  await page.getByRole('textbox', { name: '标题' }).fill(TITLE)
  await page.locator('[data-field=category]').click()
  await page.getByRole('option', { name: 'Logo 设计' }).click()
  // An open menu keeps the focus to itself: what is typed meanwhile goes nowhere.
  await page.getByRole('listbox').waitFor({ state: 'hidden' })
  await page.getByLabel('一句话介绍').fill('先看店再动笔，交付源文件。')
  await page.getByLabel('服务说明').fill('先聊清楚店的样子，再画三个方向，定稿后交付源文件、规范和门店应用。')

  const packages = page.getByRole('region', { name: '套餐' })
  await packages.getByRole('textbox', { name: '价格' }).fill('2600')
  await packages.getByLabel('交付天数').fill('7')
  await packages.getByRole('textbox', { name: '包含' }).fill('三个方向')
  await page.keyboard.press('Enter')
  await packages.getByRole('textbox', { name: '包含' }).fill('源文件与规范')
  await page.keyboard.press('Enter')

  const addOns = page.getByRole('region', { name: '加购项' })
  await addOns.getByRole('button', { name: '加一个加购项' }).click()
  await addOns.getByLabel('名称').fill('门头效果图')
  await addOns.getByRole('textbox', { name: '价格' }).fill('300')

  const fields = page.getByRole('region', { name: '下单问题' })
  await fields.getByRole('button', { name: '加一个问题' }).click()
  await fields.getByRole('textbox', { name: '问题', exact: true }).fill('用在几家店')
  await fields.getByLabel('回答方式').click()
  await page.getByRole('option', { name: '单选' }).click()
  await page.getByRole('listbox').waitFor({ state: 'hidden' })
  await fields.getByLabel('选项 1').fill('一家')
  await fields.getByRole('button', { name: '加一个选项' }).click()
  await fields.getByLabel('选项 2').fill('两到五家')
  await fields.getByRole('textbox', { name: '“两到五家”的加价' }).fill('188')
  await page.getByText('已自动保存').waitFor()
  await lookAt(page, 'service editor')
  await page.getByRole('button', { name: '提交审核' }).click()
  await page.getByText('正在审核').first().waitFor()
}

async function approve({ page }: Person): Promise<void> {
  await page.goto('/staff')
  await lookAt(page, 'back office')
  await page.goto('/staff/moderation')
  await page.getByRole('heading', { name: TITLE }).waitFor()
  await lookAt(page, 'moderation')
  await page.getByRole('button', { name: '通过', exact: true }).click()
  await page.getByText('已通过，买家现在能看到').first().waitFor()
  await page.goto('/staff/verification')
  await page.getByText('沈鸿').waitFor()
  await lookAt(page, 'verification queue')
  await page.getByRole('button', { name: '通过', exact: true }).click()
  await page.getByText('已通过 沈鸿 的认证').first().waitFor()
}

async function findAndOrder({ page }: Person): Promise<void> {
  const found = page.getByRole('main').getByRole('link', { name: TITLE })
  await page.goto('/')
  await page.getByRole('combobox').first().fill('门店视觉')
  await page.keyboard.press('Enter')
  await found.waitFor()
  await lookAt(page, 'market')
  const search = page.getByRole('search').getByRole('combobox').first()
  await search.fill('canyin pinpai')
  await page.keyboard.press('Enter')
  await page.waitForURL(/canyin/)
  await found.click()

  const box = page.getByRole('complementary', { name: '下单' })
  await box.getByText('¥2,600.00').first().waitFor()
  await page.getByRole('checkbox').first().check()
  await box.getByText('¥2,900.00').first().waitFor()
  await page.getByRole('radio', { name: /两到五家/ }).click()
  await box.getByText(TOTAL).first().waitFor()
  await lookAt(page, 'service')
  await box.getByRole('button', { name: /下单/ }).click()
  await page.waitForURL(/\/pay$/)
  await page.getByRole('heading', { name: '付款' }).waitFor()
  await lookAt(page, 'checkout')
}

/** What people do in more than one journey, as they do it: by what they read on the screen. Where nothing else is said, in Chinese. */
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { expectAccessible, type Person, type System } from './harness.ts'

export type Fault = 'normal' | 'late' | 'doubled'
export const DAY_MS = 86_400_000

/** For steps that people do in either language. */
const WORDS = {
  'zh-CN': {
    deliver: '交付', message: '说明', removeFile: (name: string) => `移除 ${name}`,
    payout: '提现', addAccount: '添加收款账户', account: '添加账户', bank: '开户银行', bankName: '招商银行', number: '卡号', holder: '户名', all: '全部', takeOut: (amount: string) => `提现 ${amount}`, takenOut: (amount: string) => `${amount} 已经提出`,
    usePassword: '改用登录密码', password: '登录密码', arrived: '已到账',
  },
  en: {
    deliver: 'Deliver', message: 'Message', removeFile: (name: string) => `Remove ${name}`,
    payout: 'Withdraw', addAccount: 'Add an account', account: 'Add an account', bank: 'Bank', bankName: 'China Merchants Bank', number: 'Card number', holder: 'Account name', all: 'All', takeOut: (amount: string) => `Withdraw ${amount}`, takenOut: (amount: string) => `${amount} is on its way`,
    usePassword: 'Use my password instead', password: 'Password', arrived: 'Arrived',
  },
} satisfies Record<Person['locale'], unknown>

const seen = new Set<string>()
/** Looks at a kind of page once in a journey file; what was found stands with the page's address. */
export async function lookAt(page: Page, kind: string): Promise<void> {
  if (seen.has(kind)) return
  seen.add(kind)
  await expectAccessible(page)
}

/** The six boxes of a code: the first takes all digits, as a pasted code does. */
export async function typeCode(page: Page | Locator, code: string): Promise<void> {
  await page.getByRole('textbox', { name: /pin input|验证码/i }).first().pressSequentially(code)
}

export type Newcomer = { contact: string, aim: '找人做事' | '接单赚钱', kind?: '个人' | '工作室' | '公司', displayName: string, username: string, password: string }

export async function register({ page }: Person, system: System, { contact, aim, kind, displayName, username, password }: Newcomer): Promise<void> {
  await page.goto('/register')
  await page.getByLabel('你的手机号或邮箱').fill(contact)
  await page.getByRole('button', { name: '获取验证码' }).click()
  await typeCode(page, await system.mailbox.code(contact.startsWith('1') ? `+86${contact}` : contact))
  await page.getByRole('radio', { name: aim }).check({ force: true })
  if (kind) await page.getByRole('radio', { name: kind, exact: true }).check({ force: true })
  await page.getByLabel('名称', { exact: true }).fill(displayName)
  await page.getByLabel('用户名').fill(username)
  await page.getByText('可以用').waitFor()
  await page.getByLabel('设置密码', { exact: true }).fill(password)
  await page.getByRole('checkbox', { name: /我已阅读并同意/ }).check()
  await lookAt(page, 'register')
  await page.getByRole('button', { name: '注册并登录' }).click()
  await page.waitForURL(url => !url.pathname.startsWith('/register'))
}

/** From our payment page over the cashier's site and back. `amount` as the button says it. */
export async function payAtCashier({ page }: Person, { channel, amount, fault = 'normal' }: { channel: 'alipay' | 'wechat' | 'unionpay' | 'card', amount: string, fault?: Fault }): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`${escaped(amount)}$`) }).and(page.locator('[type=submit]')).click()
  const code = page.getByTestId('code')
  await code.waitFor()
  expect(await page.getByTestId('amount').textContent()).toBe(amount)
  await page.getByTestId(`channel-${channel}`).check()
  await page.getByTestId(`fault-${fault}`).check()
  const sent = await page.getByTestId('phone').getAttribute('data-code')
  await code.fill(sent ?? '')
  await lookAt(page, 'cashier')
  await page.getByTestId('pay').click()
  await page.waitForURL(/\/payments\/[^/]+\/return/)
}

/** Writes and sends a version with one file, from the page of the order. */
export async function deliver({ page, locale }: Person, { message, file }: { message: string, file: { name: string, mimeType: string, buffer: Buffer } }): Promise<void> {
  const words = WORDS[locale]
  await page.getByRole('button', { name: words.deliver, exact: true }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(words.message).fill(message)
  await dialog.locator('input[type=file]').setInputFiles(file)
  await dialog.getByRole('button', { name: words.removeFile(file.name) }).waitFor()
  await lookAt(page, 'deliver')
  await dialog.getByRole('button', { name: words.deliver, exact: true }).click()
  await dialog.waitFor({ state: 'detached' })
}

/** Ticks what was agreed and releases, reading the amount twice: on the button and in the dialog. */
export async function acceptDelivery({ page }: Person, amount: string): Promise<void> {
  const boxes = page.getByRole('region', { name: '验收清单' }).getByRole('checkbox')
  for (const box of await boxes.all()) await box.check()
  await page.getByRole('button', { name: `验收并放款 ${amount}` }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText(amount).first().waitFor()
  await lookAt(page, 'release')
  await dialog.getByRole('button', { name: `确认放款 ${amount}` }).click()
  await dialog.waitFor({ state: 'detached' })
}

/** Adds a bank card in the wallet and pays everything out, proving twice who it is. */
export async function payOut({ page, locale }: Person, { amount, holder, password }: { amount: string, holder: string, password: string }): Promise<void> {
  const words = WORDS[locale]
  await page.goto('/wallet')
  await page.getByText(amount).first().waitFor()
  await lookAt(page, 'wallet')
  await page.getByRole('link', { name: words.payout, exact: true }).click()
  const panel = page.getByRole('dialog', { name: words.payout })
  await panel.getByRole('button', { name: words.addAccount }).click()
  const account = page.getByRole('dialog', { name: words.account })
  await account.getByLabel(words.bank, { exact: true }).click()
  await page.getByRole('option', { name: words.bankName }).click()
  await page.getByRole('listbox').waitFor({ state: 'hidden' })
  await account.getByLabel(words.number).fill('6225 8801 2345 6783')
  const name = account.getByLabel(words.holder)
  if (await name.isEnabled()) await name.fill(holder)
  await provePassword(account, words, password)
  await lookAt(page, 'payout account')
  await account.getByRole('button', { name: words.account }).click()
  await account.waitFor({ state: 'detached' })
  await panel.getByRole('button', { name: words.all, exact: true }).click()
  await provePassword(panel, words, password)
  await lookAt(page, 'payout')
  await panel.getByRole('button', { name: new RegExp(escaped(words.takeOut(amount))) }).click()
  await panel.getByText(words.takenOut(amount)).waitFor()
}

async function provePassword(form: Locator, words: { usePassword: string, password: string }, password: string): Promise<void> {
  const other = form.getByRole('button', { name: words.usePassword })
  const field = form.getByLabel(words.password, { exact: true })
  await other.or(field).first().waitFor()
  if (await other.isVisible()) await other.click()
  await field.fill(password)
}

export async function expectPaidOut({ page, locale }: Person, amount: string): Promise<void> {
  await page.goto('/wallet/payouts')
  const row = page.getByRole('listitem').filter({ hasText: amount })
  await row.getByText(WORDS[locale].arrived, { exact: true }).waitFor()
  await lookAt(page, 'payouts')
}

export async function review({ page }: Person, stars: number, text: string): Promise<void> {
  const form = page.getByTestId('review-form')
  await form.waitFor()
  for (const star of await form.getByRole('radio', { name: new RegExp(`：${stars} 星`) }).all()) await star.check({ force: true })
  await form.getByLabel('说说这次合作').fill(text)
  await lookAt(page, 'review')
  await form.getByRole('button', { name: '提交评价' }).click()
  await form.waitFor({ state: 'detached' })
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

/** A day in the back office: a fee, a suspension that ends a session live, a payout, a report, and what the log says of it all. */
import { expect, it } from 'vitest'
import { creditSuspense, post, receiveSuspense } from '../../server/src/features/ledger/index.ts'
import { addPayoutAccount } from '../../server/src/features/payments/payout-accounts.ts'
import { requestPayout } from '../../server/src/features/payments/payouts.ts'
import { newId } from '../../server/src/kernel/ids.ts'
import { expectAccessible, type Person } from './harness.ts'
import { useStage } from './stage.ts'

const PASSWORD = 'tea-gift-box-2207'
const PAYOUT = 3_000_000n

const stage = useStage()

/** Somebody with a payout above the limit. */
async function waitingPayout(userId: string): Promise<void> {
  await stage.people.inside(stage.system, async (tx, deps) => {
    const facts = { at: deps.clock.now(), paymentId: newId(), payerId: userId, channel: 'alipay', receipt: newId(), amount: PAYOUT }
    await post(tx, receiveSuspense(facts))
    await post(tx, creditSuspense(facts))
    const account = await addPayoutAccount(tx, deps, userId, { channel: 'unionpay', bank: 'CMB', holderName: '陈屿', account: '6222020000096021' })
    await requestPayout(tx, deps, userId, { accountId: account.id, amount: PAYOUT })
  })
}

const nav = ({ page }: Person): Promise<string[]> => page.getByRole('navigation', { name: '后台导航' }).getByRole('link').allTextContents().then(texts => texts.map(text => text.trim()))

it('the owner sets a fee and suspends a person, finance approves a payout, a moderator sees neither, and the log has it all', async () => {
  const [ownerOf, financeOf, moderatorOf, rogueOf, providerOf] = await Promise.all([
    stage.people.signUp(stage.system, { username: 'jiangcheng', displayName: '江澄', staffRoles: ['owner'] }), stage.people.signUp(stage.system, { username: 'zhongheng', displayName: '钟衡', staffRoles: ['finance'] }),
    stage.people.signUp(stage.system, { username: 'yezhiqiu', displayName: '叶知秋', staffRoles: ['moderator'] }),
    stage.people.signUp(stage.system, { username: 'laiwu', displayName: '来务工作室', phone: '13900010002', password: PASSWORD }), stage.people.signUp(stage.system, { username: 'chenyu', displayName: '陈屿工作室', roles: ['buyer', 'provider'] }),
  ])
  await waitingPayout(providerOf.userId)
  const [owner, finance, moderator, rogue, provider] = await Promise.all([
    stage.open('owner', ownerOf.cookie), stage.open('finance', financeOf.cookie), stage.open('moderator', moderatorOf.cookie), stage.open('rogue', rogueOf.cookie, { device: 'phone' }), stage.open('provider', providerOf.cookie),
  ])

  await owner.page.goto('/staff/fees')
  await owner.page.getByRole('button', { name: '新增规则' }).click()
  const form = owner.page.getByRole('dialog', { name: '新增规则' })
  await form.getByLabel('费率').fill('9')
  await form.getByText('¥90.00').waitFor()
  await expectAccessible(owner.page)
  await form.getByLabel('生效日期').fill(new Date(Date.now() + 2 * 86_400_000 + 8 * 3_600_000).toISOString().slice(0, 10))
  await form.getByText('这是上调，而且不到 7 天就生效').waitFor()
  await owner.page.getByRole('button', { name: '保存规则' }).click()
  await owner.page.getByRole('button', { name: '仍然保存，不等 7 天' }).click()
  await form.waitFor({ state: 'detached' })
  const rule = owner.page.getByRole('listitem').filter({ hasText: '9%' })
  await rule.getByText('将生效').waitFor()
  await owner.page.getByRole('listitem').filter({ hasText: '8%' }).getByText('生效中').waitFor()

  await rogue.page.goto('/orders')
  await rogue.page.getByRole('heading', { level: 1 }).waitFor()
  await owner.page.goto('/staff/people')
  await owner.page.getByRole('list', { name: '用户' }).getByText('来务工作室').waitFor()
  await owner.page.keyboard.press('/')
  await owner.page.keyboard.type('13900010002')
  await owner.page.getByRole('heading', { name: '资金' }).waitFor()
  await owner.page.getByText('139****0002').waitFor()
  await expectAccessible(owner.page)
  await owner.page.getByRole('button', { name: '停用', exact: true }).click()
  const dialog = owner.page.getByRole('dialog', { name: '停用 来务工作室' })
  await dialog.getByRole('button', { name: '反复引导线下交易' }).click()
  await dialog.getByRole('button', { name: '停用', exact: true }).click()
  await owner.page.getByText('起停用').waitFor()
  await rogue.page.waitForURL(/\/sign-in/)
  await rogue.page.getByLabel(/用户名/).fill('laiwu')
  await rogue.page.getByLabel('密码', { exact: true }).fill(PASSWORD)
  await rogue.page.getByRole('button', { name: '登录', exact: true }).click()
  await rogue.page.getByText('这个账号已被停用：反复引导线下交易').first().waitFor()

  await provider.page.goto('/wallet/payouts')
  await provider.page.getByText('等待审批').waitFor()
  await finance.page.goto('/staff')
  await finance.page.getByRole('link', { name: '去处理: 提现审批' }).click()
  await finance.page.getByRole('heading', { name: '提现审批', level: 1 }).waitFor()
  await finance.page.getByText('第一次提到这个账户').waitFor()
  await expectAccessible(finance.page)
  await finance.page.keyboard.press('a')
  await finance.page.getByRole('button', { name: '批准 ¥30,000.00' }).click()
  await finance.page.getByText('没有等待审批的提现').waitFor()
  await provider.page.getByText('等待审批').waitFor({ state: 'detached' })

  await moderator.page.goto('/staff')
  await moderator.page.getByRole('heading', { level: 1 }).waitFor()
  const rooms = await nav(moderator)
  expect(rooms).toEqual(expect.arrayContaining(['服务审核', '需求审核', '实名认证', '举报', '用户', '分类', '敏感词']))
  for (const room of ['提现审批', '账本', '经营数据', '审计日志', '平台服务费']) expect(rooms).not.toContain(room)
  await moderator.page.goto('/staff/payouts')
  await moderator.page.getByRole('heading', { name: '没有这个页面' }).waitFor()
  expect(await nav(finance)).toEqual(expect.arrayContaining(['提现审批', '账本', '经营数据', '平台服务费']))
  expect(await nav(finance)).not.toContain('服务审核')

  await owner.page.goto('/staff/audit')
  const log = owner.page.getByRole('list', { name: '审计日志' })
  for (const what of ['批准提现', '停用账号', '新增服务费规则']) await log.getByText(what).waitFor()
  await owner.page.keyboard.press('j')
  await owner.page.getByRole('heading', { name: '停用账号', level: 2 }).waitFor()
  await owner.page.getByText('反复引导线下交易').first().waitFor()
  await expectAccessible(owner.page)
  expect(owner.page.url()).toContain('id=')
  await owner.page.reload()
  await owner.page.getByRole('heading', { name: '停用账号', level: 2 }).waitFor()

  for (const person of [owner, finance, moderator, rogue, provider]) expect(person.errors, person.name).toEqual([])
})

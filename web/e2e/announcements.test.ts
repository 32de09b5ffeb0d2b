/** An announcement from its first word to its last reader: written in both languages, scheduled, there at its moment, read, withdrawn. */
import { expect, it } from 'vitest'
import { expectAccessible, type Person } from './harness.ts'
import { useStage } from './stage.ts'
import { DAY_MS } from './steps.ts'

const stage = useStage()

const HOUR_MS = 3_600_000
const CHINA_MS = 8 * HOUR_MS
const inChina = (ms: number): string => new Date(Date.now() + ms + CHINA_MS).toISOString()
const line = ({ page }: Person, name: string) => page.getByRole('region', { name, exact: true }).locator('strong')
/** Where what stands below the line begins. */
const below = ({ page }: Person): Promise<number> => page.evaluate<number>(`document.querySelector('header').getBoundingClientRect().top`)

it('support schedules a change of rules, a buyer and a guest find it when its time has come, and not once it is withdrawn', async () => {
  const [supportOf, buyerOf] = await Promise.all([
    stage.people.signUp(stage.system, { username: 'suhe', displayName: '苏禾', staffRoles: ['support'] }), stage.people.signUp(stage.system, { username: 'zhoumin', displayName: '周敏' }),
  ])
  const [support, buyer, guest] = await Promise.all([stage.open('support', supportOf.cookie), stage.open('buyer', buyerOf.cookie, { device: 'phone', theme: 'dark', locale: 'en' }), stage.open('guest', null)])

  await support.page.goto('/staff/announcements')
  await support.page.getByRole('button', { name: '写公告' }).click()
  const form = support.page.getByRole('dialog', { name: '写公告' })
  await form.getByRole('radio', { name: '规则变更' }).check({ force: true })
  await form.getByLabel('中文标题').fill('验收规则更新')
  await form.getByLabel('中文正文').fill('自动验收前可延长一次。\n\n- 只对之后的订单生效')
  await form.getByRole('button', { name: '保存' }).click()
  await form.getByText('请填写：英文标题').first().waitFor()
  await form.getByLabel('英文标题').fill('Acceptance rules')
  await form.getByLabel('英文正文').fill('Acceptance may be extended once.\n\n- Later orders only')
  await form.getByLabel('生效日期').fill(inChina(5 * DAY_MS).slice(0, 10))
  await form.getByRole('heading', { name: 'Acceptance rules' }).waitFor()
  await form.getByRole('listitem').filter({ hasText: 'Later orders only' }).waitFor()
  // Off the button, whose paler look under the mouse is not what is looked at.
  await support.page.mouse.move(0, 0)
  await expectAccessible(support.page)
  await form.getByRole('button', { name: '保存' }).click()
  await form.waitFor({ state: 'detached' })

  await support.page.getByRole('button', { name: '发布：验收规则更新' }).click()
  const publish = support.page.getByRole('dialog', { name: '发布“验收规则更新”' })
  await publish.getByRole('button', { name: '现在发布' }).click()
  await publish.getByText('规则变更要至少提前 7 天公告').waitFor()
  await publish.getByRole('button', { name: '取消' }).click()
  await publish.waitFor({ state: 'detached' })
  await support.page.getByRole('button', { name: '修改：验收规则更新' }).click()
  const change = support.page.getByRole('dialog', { name: '修改公告' })
  await change.getByLabel('生效日期').fill(inChina(10 * DAY_MS).slice(0, 10))
  await change.getByRole('button', { name: '保存' }).click()
  await change.waitFor({ state: 'detached' })
  await support.page.getByRole('button', { name: '发布：验收规则更新' }).click()
  await publish.getByRole('radio', { name: '定时' }).check({ force: true })
  await publish.getByLabel('发布时间').fill(inChina(3 * HOUR_MS).slice(0, 16))
  await expectAccessible(support.page)
  await publish.getByRole('button', { name: /^定在 .* 发布$/ }).click()
  await support.page.getByText('待发布').waitFor()

  await buyer.page.goto('/market')
  const bell = buyer.page.getByRole('button', { name: 'Notices', exact: true })
  await bell.waitFor()
  await guest.page.goto('/announcements')
  await guest.page.getByText('还没有公告').waitFor()
  await stage.system.clock.advance(3 * HOUR_MS)
  // The open page is told, and nothing on it moves.
  await buyer.page.getByRole('button', { name: 'Notices, 1 unread' }).waitFor()
  expect([await below(buyer), await line(buyer, 'Announcements').count()]).toEqual([0, 0])
  await support.page.getByText('已发布').waitFor()

  await buyer.page.getByRole('link', { name: 'Messages', exact: true }).last().click()
  await line(buyer, 'Announcements').getByText('Acceptance rules').waitFor()
  await buyer.page.getByRole('link', { name: /Announcements.*Acceptance rules/s }).waitFor()
  await expectAccessible(buyer.page)
  await buyer.page.reload()
  // Its room is there before it is.
  await line(buyer, 'Announcements').waitFor()
  await buyer.page.getByRole('link', { name: /Announcements.*Acceptance rules/s }).click()
  await buyer.page.getByRole('link', { name: /Unread.*Acceptance rules/s }).click()
  await buyer.page.getByRole('heading', { name: 'Acceptance rules', level: 1 }).waitFor()
  await buyer.page.getByText('Takes effect').waitFor()
  await expectAccessible(buyer.page)
  await bell.waitFor()
  await buyer.page.goBack()
  await buyer.page.getByRole('link', { name: /Acceptance rules/ }).first().waitFor()
  expect(await line(buyer, 'Announcements').count()).toBe(0)

  await guest.page.reload()
  await guest.page.getByRole('link', { name: /验收规则更新/ }).waitFor()
  await guest.page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '服务市场' }).click()
  await line(guest, '公告').getByText('验收规则更新').waitFor()
  await expectAccessible(guest.page)
  await guest.page.getByRole('button', { name: '收起这条公告' }).focus()
  await guest.page.keyboard.press('Enter')
  await line(guest, '公告').waitFor({ state: 'detached' })
  await guest.page.getByRole('contentinfo').getByRole('link', { name: '公告' }).click()
  await guest.page.getByRole('link', { name: /验收规则更新/ }).click()
  await guest.page.getByRole('heading', { name: '验收规则更新', level: 1 }).waitFor()
  expect(await line(guest, '公告').count()).toBe(0)

  await support.page.getByRole('button', { name: '撤回：验收规则更新' }).click()
  const withdraw = support.page.getByRole('dialog', { name: '撤回“验收规则更新”' })
  await withdraw.getByLabel('原因').fill('日期写错了')
  await withdraw.getByRole('button', { name: '撤回', exact: true }).click()
  await support.page.getByText('已撤回', { exact: true }).waitFor()
  await guest.page.reload()
  await guest.page.getByRole('heading', { name: '没有这条公告' }).waitFor()
  expect([support, buyer, guest].flatMap(({ errors }) => errors)).toEqual([])
}, 120_000)

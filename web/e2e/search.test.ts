/** Finding what one means, however it is written, and going on when the search server dies; what a provider is told of without looking. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startStub, type Stub } from '../../server/test/meilisearch-stub.ts'
import { launchBrowser, openPerson, startSystem, type Person, type PersonOptions, type System } from './harness.ts'
import { ask, offerServices } from './providers.ts'
import { signedIn, type SignedIn } from './signed-in.ts'
import { lookAt } from './steps.ts'

const POSTER = '活动海报设计'
const SHOP = '小程序商城开发'
const WANTED = '咖啡店开业海报'
const WAVES_MS = 600_000

let system: System
let browser: Browser
let people: SignedIn
let searchServer: Stub
let posters: Someone
let coder: Someone
beforeAll(async () => {
  [people, searchServer] = await Promise.all([signedIn(), startStub()])
  ;[system, browser] = await Promise.all([startSystem({ ...people.environment, MEILI_URL: searchServer.url, MEILI_KEY: 'a master key of the test' }), launchBrowser()])
  const moderator = await people.signUp(system, { username: 'anran', staffRoles: ['moderator'] })
  posters = await people.signUp(system, { username: 'mubai', displayName: '木白海报', roles: ['provider'] })
  coder = await people.signUp(system, { username: 'shiguang', displayName: '拾光软件', roles: ['provider'] })
  await offerServices(system, [posters], moderator, { title: POSTER, summary: '开业、促销、展会海报，两天出稿。', description: '先给两版草图，定稿后连同印刷文件一起交付，附电子屏尺寸。', category: 'print', skills: ['海报设计', 'Photoshop'] })
  await offerServices(system, [coder], moderator)
})
afterAll(async () => {
  await browser?.close()
  await people?.close()
  await system?.stop()
  await searchServer?.close()
})

it('the same service is found in every writing, and the search server dying in between is noticed by nobody', async () => {
  const { page, errors } = await openPerson(browser, { name: 'visitor', url: system.url })
  await page.goto('/market')
  expect(await search(page, '海报')).toBe('meilisearch')
  await page.getByRole('heading', { level: 2, name: POSTER }).waitFor()

  await searchServer.close()
  for (const written of ['海报设计', '海報設計', 'haibao', 'hb', 'poster', 'photoshp', 'ＰＨＯＴＯＳＨＯＰ']) {
    expect(await search(page, written), written).toBe('postgres')
    await page.getByRole('heading', { level: 2, name: POSTER }).waitFor()
    expect(await page.getByRole('heading', { level: 2, name: SHOP }).count(), written).toBe(0)
  }
  await lookAt(page, 'market')

  const box = page.getByRole('combobox', { name: '搜索' })
  await box.fill('haib')
  await page.getByRole('option', { name: /海报/ }).first().waitFor()
  await box.press('ArrowDown')
  await box.press('Enter')
  await page.waitForURL(/\/market\?/)
  await page.getByRole('heading', { level: 2, name: POSTER }).waitFor()
  expect(errors).toEqual([])
})

it('facets narrow, say what each would leave, and are taken back one by one', async () => {
  const { page, errors } = await openPerson(browser, { name: 'visitor', url: system.url })
  await page.goto('/market')
  await page.getByText('2 个服务', { exact: true }).waitFor()
  await page.getByRole('checkbox', { name: /小程序与网站\s*1/ }).click()
  await page.getByText('1 个服务', { exact: true }).waitFor()
  expect(await page.getByRole('heading', { level: 2, name: POSTER }).count()).toBe(0)
  expect(new URL(page.url()).searchParams.get('category')).toBe('web')
  await page.getByRole('button', { name: '去掉 小程序与网站' }).click()
  await page.getByText('2 个服务', { exact: true }).waitFor()
  await page.goto('/market?q=海报&category=web')
  await page.getByRole('heading', { name: /没有/ }).waitFor()
  await page.getByRole('button', { name: /去掉“小程序与网站”/ }).click()
  await page.getByRole('heading', { level: 2, name: POSTER }).waitFor()
  expect(errors).toEqual([])
})

it('a provider sees what fits in the feed, and one who keeps a search is told when the hall opens', async () => {
  const [designer, watcher] = await Promise.all([open('designer', posters, { device: 'phone', theme: 'dark' }), open('watcher', coder, {})])
  await watcher.page.goto('/hall?q=海报')
  await watcher.page.getByRole('button', { name: '保存并提醒我' }).click()
  await watcher.page.getByRole('button', { name: '关掉「海报」的提醒' }).waitFor()
  await designer.page.goto('/workbench')

  const shop = await people.signUp(system, { username: 'qinghe', displayName: '青禾咖啡' })
  const wanted = {
    way: 'quotes', category: 'print', title: WANTED, background: '街角咖啡店，下月开业，路过的人多。', details: '一张门口用的海报，竖版，要能直接拿去印刷。', checklist: ['印刷文件'],
    budgetMin: { amount: '50000', currency: 'CNY' }, budgetMax: { amount: '200000', currency: 'CNY' }, deadline: new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10), skills: ['海报设计'], area: 'all',
  }
  const { id } = await ask(system, shop, 'POST', '/requirements', wanted) as { id: string }
  await ask(system, shop, 'POST', `/requirements/${id}/submit`)
  await designer.page.getByRole('link', { name: WANTED }).first().waitFor()
  await lookAt(designer.page, 'feed, phone, dark')

  await system.clock.advance(WAVES_MS)
  await system.clock.advance(WAVES_MS)
  await watcher.page.getByRole('button', { name: '通知，1 条未读' }).click()
  const notice = watcher.page.getByText('你保存的搜索有新需求')
  await notice.waitFor()
  await lookAt(watcher.page, 'hall with a kept search')
  await notice.click()
  await watcher.page.getByRole('heading', { level: 1, name: WANTED }).waitFor()
  expect([...designer.errors, ...watcher.errors]).toEqual([])
})

type Someone = { userId: string, cookie: string }
async function open(name: string, { cookie }: Someone, look: Pick<PersonOptions, 'device' | 'theme'>): Promise<Person> {
  const person = await openPerson(browser, { name, url: system.url, ...look })
  await person.context.addCookies([{ name: 'md_session', value: cookie, url: system.url }])
  return person
}

/** Types it into the header and goes; answers which engine found what is shown. */
async function search(page: Page, text: string): Promise<string | undefined> {
  const answered = page.waitForResponse(response => new URL(response.url()).pathname === '/api/v1/services' && new URL(response.url()).searchParams.get('q') === text)
  const box = page.getByRole('combobox', { name: '搜索' })
  await box.fill(text)
  await box.press('Enter')
  return (await answered).headers()['x-search-engine']
}

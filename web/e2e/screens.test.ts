/** Every page there is, once as a Chinese reader at a desk and once as an English one on a phone at night. */
import { readdirSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { expectAccessible, launchBrowser, openPerson, startSystem, type Person, type PersonOptions, type System } from './harness.ts'
import { readPage, settle, watchContent } from './looking.ts'
import { everyScreen, type Screen, type Viewer } from './screens.ts'

const PASSWORD = 'Miaodan2026'
/** Only nets under what hangs: a machine with much else to do takes its time. */
const DEMO_TIMEOUT_MS = 600_000
const TEST_TIMEOUT_MS = 600_000
const features = readdirSync(new URL('../src/i18n/en/', import.meta.url)).map(file => file.replace(/\.ts$/, '')).join('|')
const RAW_KEY = new RegExp(String.raw`(?:^|\s)(?:${features})(?:\.[a-z]\w*)+(?:\s|$)`)

let browser: Browser
let system: System
let screens: Screen[]
const cookies = new Map<Viewer, Promise<string>>()

beforeAll(async () => {
  [browser, system] = await Promise.all([launchBrowser(), startSystem({}, { demo: true })])
  screens = await everyScreen(async (viewer, path) => (await fetch(`${system.url}/api/v1${path}`, { headers: { cookie: await cookieOf(viewer) } })).json())
}, DEMO_TIMEOUT_MS)
afterAll(async () => {
  await browser?.close()
  await system?.stop()
})

it('every page is whole in Chinese on a desktop', { timeout: TEST_TIMEOUT_MS }, () => lookAtAll({ device: 'desktop', theme: 'light', locale: 'zh-CN' }))
it('every page is whole in English on a phone at night', { timeout: TEST_TIMEOUT_MS }, () => lookAtAll({ device: 'phone', theme: 'dark', locale: 'en' }))

async function lookAtAll(options: Pick<PersonOptions, 'device' | 'theme' | 'locale'>): Promise<void> {
  const viewers = [...new Set(screens.map(({ viewer }) => viewer))]
  const faults: string[] = []
  // Two people at a time: while one page is asked for, another is looked at.
  await Promise.all([0, 1].map(async () => {
    for (let viewer = viewers.shift(); viewer; viewer = viewers.shift()) faults.push(...await lookAs(viewer, options))
  }))
  expect(faults).toEqual([])
}

async function lookAs(viewer: Viewer, options: Pick<PersonOptions, 'device' | 'theme' | 'locale'>): Promise<string[]> {
  const person = await openPerson(browser, { name: viewer, url: system.url, ...options })
  const [name, value] = (await cookieOf(viewer)).split('=', 2)
  if (name && value) await person.context.addCookies([{ name, value, url: system.url }])
  const faults: string[] = []
  for (const screen of screens.filter(one => one.viewer === viewer)) faults.push(...await faultsOf(person, screen, options.locale === 'en'))
  await person.close()
  return faults
}

async function faultsOf({ page, errors }: Person, { name, path, bilingual }: Screen, english: boolean): Promise<string[]> {
  const watched = watchContent(page, bilingual)
  await settle(page, path)
  const { title, headings, overflow, texts } = await readPage(page)
  const content = await watched.end()
  const faults = [
    ...(title.includes(' · ') ? [] : [`has the title "${title}"`]),
    ...(headings === 1 ? [] : [`has ${headings} h1`]),
    ...(overflow > 0 ? [`scrolls sideways by ${overflow} px`] : []),
    ...texts.filter(text => RAW_KEY.test(text) && !content.has(RAW_KEY.exec(text)![0].trim())).map(key => `shows a key: ${key}`),
    ...(english ? content.foreign(texts) : []).map(text => `says to an English reader: ${text}`),
    ...errors.splice(0).map(error => `logs ${error}`),
    ...await accessibilityOf(page),
  ]
  return faults.map(fault => `${name} (${path}) ${fault}`)
}

async function accessibilityOf(page: Page): Promise<string[]> {
  try {
    await expectAccessible(page)
    return []
  } catch (error) {
    return [`is not accessible: ${JSON.stringify((error as { actual?: unknown }).actual ?? String(error))}`]
  }
}

function cookieOf(viewer: Viewer): Promise<string> {
  const made = cookies.get(viewer) ?? (viewer === 'guest' ? Promise.resolve('') : signIn(viewer))
  cookies.set(viewer, made)
  return made
}

async function signIn(account: string): Promise<string> {
  const answer = await fetch(`${system.url}/api/v1/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ account, password: PASSWORD }) })
  return answer.headers.getSetCookie()[0]!.split(';')[0]!
}

/** What journeys are written with: a browser, people in contexts of their own, pictures of failures, accessibility. */
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { afterEach, expect } from 'vitest'
import { findBrowser } from '../../scripts/browser.mjs'

export { startSystem, type System } from './system.ts'

export type PersonOptions = {
  /** Names the person in pictures of failures. */
  name: string
  url: string
  device?: keyof typeof devices
  theme?: 'light' | 'dark'
  locale?: 'zh-CN' | 'en'
}

export type Person = {
  name: string
  locale: 'zh-CN' | 'en'
  page: Page
  context: BrowserContext
  /** What the page threw or logged as an error. A journey ends by expecting it to be empty. */
  errors: string[]
  /** Closes the tab, as it stands, and opens an empty one. */
  reopen(): Promise<void>
  screenshot(name: string): Promise<void>
  close(): Promise<void>
}

const devices = {
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
  tablet: { viewport: { width: 768, height: 1024 } },
  desktop: { viewport: { width: 1440, height: 900 } },
}

const PICTURES = fileURLToPath(new URL('../../test-results/', import.meta.url))
const ACTION_TIMEOUT_MS = 15_000
const ARGUMENTS = `
  --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
  --disable-component-update --disable-sync --disable-dev-shm-usage`.trim().split(/\s+/)
const people = new Set<Person>()

/** Call it once a file, in beforeAll, and close it in afterAll. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = findBrowser()
  if (!executablePath) throw new Error('No Chromium was found: run `npm test`, which gets one, or set CHROMIUM_PATH.')
  return chromium.launch({ executablePath, args: ARGUMENTS })
}

export async function openPerson(browser: Browser, { name, url, device = 'desktop', theme = 'light', locale = 'zh-CN' }: PersonOptions): Promise<Person> {
  const context = await browser.newContext({ ...devices[device], baseURL: url, colorScheme: theme, locale, timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce' })
  context.setDefaultTimeout(ACTION_TIMEOUT_MS)
  const errors: string[] = []
  context.on('weberror', (event) => errors.push(event.error().stack ?? event.error().message))
  context.on('console', (message) => {
    // An answer with a problem document is logged by the browser itself; the page shows what it means.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) errors.push(message.text())
  })
  const person: Person = {
    name,
    locale,
    page: await context.newPage(),
    context,
    errors,
    async reopen() {
      await person.page.close()
      person.page = await context.newPage()
    },
    screenshot: (picture) => savePicture(person.page, picture),
    async close() {
      people.delete(person)
      await context.close()
    },
  }
  people.add(person)
  return person
}

/** Fails with what is wrong and where, when axe finds a serious or critical fault on the page as it stands. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const grave = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => ({ id, help, where: nodes.slice(0, 5).map((node) => node.html) }))
  expect(grave, `accessibility of ${page.url()}`).toEqual([])
}

afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return
  for (const { name, page } of people) await savePicture(page, `${task.name} ${name}`).catch(() => undefined)
})

async function savePicture(page: Page, name: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true })
  await page.screenshot({ path: `${PICTURES}${name.replaceAll(/[^\p{L}\p{N}]+/gu, '-')}.png`, fullPage: true })
}

/** What a page shows, once it has come to rest. */
import { setTimeout as delay } from 'node:timers/promises'
import type { Page, Request, Response } from 'playwright-core'

const QUIET_MS = 120
const QUIET_TIMEOUT_MS = 15_000
const LOAD_TIMEOUT_MS = 60_000
/** Ours and Chinese in every language: the name of the other language. */
const SAME_IN_BOTH = ['简体中文']

/** Opens it and waits until nothing has been asked for a while. */
export async function settle(page: Page, path: string): Promise<void> {
  const open = new Set<Request>()
  let last = Date.now()
  const begin = (request: Request): void => void open.add(request)
  const end = (request: Request): void => {
    open.delete(request)
    last = Date.now()
  }
  page.on('request', begin).on('requestfinished', end).on('requestfailed', end)
  await page.goto(path, { waitUntil: 'load', timeout: LOAD_TIMEOUT_MS })
  // Every page has one, also for what it cannot show. Without it the page is looked at as it is.
  await page.locator('h1').first().waitFor({ state: 'attached', timeout: QUIET_TIMEOUT_MS }).catch(() => undefined)
  for (const deadline = Date.now() + QUIET_TIMEOUT_MS; Date.now() < deadline && (open.size > 0 || Date.now() - last < QUIET_MS);) await delay(QUIET_MS / 4)
  page.off('request', begin).off('requestfinished', end).off('requestfailed', end)
}

const OVERFLOW = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'
const ATTRIBUTES = `['aria-label', 'placeholder', 'title', 'alt']
  .flatMap(name => Array.from(document.querySelectorAll('[' + name + ']'), element => element.getAttribute(name)))`

export async function readPage(page: Page): Promise<{ title: string, headings: number, overflow: number, texts: string[] }> {
  const [title, headings, overflow, text, names] = await Promise.all([
    page.title(),
    page.locator('h1').count(),
    page.evaluate<number>(OVERFLOW),
    page.locator('body').innerText(),
    page.evaluate<string[]>(ATTRIBUTES),
  ])
  return { title, headings, overflow, texts: [...new Set([...text.split('\n'), ...names])].flatMap(line => line.trim() || []) }
}

export type Content = {
  /** Of these texts those with something Chinese that nobody has written. */
  foreign(texts: string[]): string[]
  has(text: string): boolean
}

/** What people have written comes by the API; whatever else is Chinese on the screen is our own text. `bilingual`: what is there in both languages is shown in both. */
export function watchContent(page: Page, bilingual: boolean): { end(): Promise<Content> } {
  const answers: Promise<string>[] = []
  const read = (response: Response): void => {
    if (response.url().includes('/api/')) answers.push(response.json().then((body: unknown) => stringsOf(body, bilingual).join('\n'), () => ''))
  }
  page.on('response', read)
  return {
    async end() {
      page.off('response', read)
      const content = [...await Promise.all(answers), ...SAME_IN_BOTH].join('\n')
      const pieces = (text: string): string[] => [...text.match(/\p{Script=Han}+/gu) ?? [], ...text.match(/.?[，。、；：！？]/gu) ?? []]
      return {
        foreign: texts => texts.filter(text => pieces(text).some(piece => !content.includes(piece))),
        has: text => content.includes(text),
      }
    },
  }
}

/** Of what is there in both languages only the English one, unless both are wanted. */
function stringsOf(value: unknown, bilingual: boolean): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).filter(([key]) => bilingual || key !== 'zh' || !('en' in value)).flatMap(([, part]) => stringsOf(part, bilingual))
}

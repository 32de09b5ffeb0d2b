/** Finds a Chromium and Chinese fonts for the journeys, and gets what is missing where it can. For any Node >= 20. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { installFirst, succeeds } from './debian.mjs'

const NAMES = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
const FONTS = ['fonts-noto-cjk', 'fonts-wqy-microhei']
const MAC_CHROME = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
const PROBE_TIMEOUT_MS = 30_000

/**
 * Makes sure of both. Answers with the browser's path.
 * @throws {Error} when there is no browser and none can be had.
 * @returns {Promise<string>}
 */
export async function prepareBrowser() {
  if (!hasChineseFont() && !installFirst(FONTS, ['fontconfig'])) {
    process.stdout.write('  缺少中文字体，截图中的汉字会显示为方框：请安装 fonts-noto-cjk · No Chinese font: characters in screenshots will be boxes; install fonts-noto-cjk\n')
  }
  const path = findBrowser() ?? (installFirst(['chromium-headless-shell', 'chromium'], ['fontconfig']) ? findBrowser() : undefined) ?? (await unpackFromPackage())
  if (path) return path
  throw new Error('没有可用的 Chromium：请安装 chromium，或用 CHROMIUM_PATH 指定它的位置。 No Chromium can be used here: install chromium, or say where it is with CHROMIUM_PATH.')
}

/** @returns {string | undefined} the path of a browser that really runs */
export function findBrowser() {
  const given = process.env['CHROMIUM_PATH']
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const candidates = given ? [given] : [...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))), MAC_CHROME]
  // Ubuntu's package is a stub that asks for a snap: only one that answers counts.
  return candidates.find((path) => existsSync(path) && succeeds(path, ['--version'], PROBE_TIMEOUT_MS))
}

function hasChineseFont() {
  if (process.platform === 'darwin') return true
  const list = spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' })
  return list.status === 0 && list.stdout.trim() !== ''
}

/** The npm package carries a compressed Chromium for x86-64 Linux. */
async function unpackFromPackage() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  try {
    const web = createRequire(fileURLToPath(new URL('../web/package.json', import.meta.url)))
    const { default: chromium } = await import(pathToFileURL(web.resolve('@sparticuz/chromium')).href)
    /** @type {string} */
    const path = await chromium.executablePath()
    return succeeds(path, ['--version'], PROBE_TIMEOUT_MS) ? path : undefined
  } catch {
    return undefined
  }
}

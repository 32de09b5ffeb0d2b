/**
 * What the first visit of the home page loads, gzipped: the entry, the home page, and the Chinese messages, with all they import.
 * Fails above the limit. Run after `vite build`: `node web/scripts/size.mjs`.
 */
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const LIMIT_BYTES = 200_000
const dist = new URL('../dist/', import.meta.url)
/** @type {Record<string, { file: string, imports?: string[], css?: string[] }>} */
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'))

const starts = [/^index\.html$/, /^src\/pages\/Home\/HomePage\.vue$/, /^src\/i18n\/core\/zh-CN\.ts$/, /^src\/i18n\/zh-CN\/home\.ts$/]
/** @type {Set<string>} */
const loaded = new Set()
/** @param {string} key */
function load(key) {
  if (loaded.has(key)) return
  loaded.add(key)
  manifest[key]?.imports?.forEach(load)
}
Object.keys(manifest).filter(key => starts.some(start => start.test(key))).forEach(load)

const sizes = [...loaded].map(key => ({ file: manifest[key]?.file ?? key, bytes: gzipSync(readFileSync(new URL(manifest[key]?.file ?? key, dist))).length }))
const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0)
const line = (/** @type {string} */ name, /** @type {number} */ bytes) => `${(bytes / 1000).toFixed(1).padStart(8)} kB  ${name}\n`
for (const { file, bytes } of sizes.sort((a, b) => b.bytes - a.bytes)) process.stdout.write(line(file, bytes))
process.stdout.write(line(`first load of the home page, limit ${LIMIT_BYTES / 1000} kB`, total))
if (total > LIMIT_BYTES) process.exitCode = 1

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createI18n } from 'vue-i18n'
import type { MessageTree } from './messages.ts'

const folder = import.meta.dirname
const files = (locale: string) => readdirSync(join(folder, locale)).filter(file => file.endsWith('.ts')).sort()

function flatten(tree: MessageTree, path: string): [key: string, text: string][] {
  return Object.entries(tree).flatMap(([key, value]) => (typeof value === 'string' ? [[`${path}.${key}`, value] as [string, string]] : flatten(value, `${path}.${key}`)))
}
async function read(locale: string): Promise<Map<string, string>> {
  const all = await Promise.all(files(locale).map(async (file) => {
    const { default: tree } = await import(/* @vite-ignore */ `./${locale}/${file}`) as { default: MessageTree }
    return flatten(tree, file.slice(0, -3))
  }))
  return new Map(all.flat())
}
const zh = await read('zh-CN')
const en = await read('en')
const placeholders = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort()

function sources(path: string): string[] {
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter(file => /\.(vue|ts)$/.test(file) && !file.includes('.test.') && !file.startsWith('i18n'))
    .map(file => readFileSync(join(path, file), 'utf8'))
}

describe('messages', () => {
  test('both languages have the same files', () => {
    expect(files('en')).toEqual(files('zh-CN'))
  })

  test('both languages have the same keys', () => {
    expect([...en.keys()].sort()).toEqual([...zh.keys()].sort())
  })

  test('a sentence has the same placeholders in both languages', () => {
    const different = [...zh].filter(([key, text]) => String(placeholders(text)) !== String(placeholders(en.get(key) ?? '')))
    expect(different.map(([key]) => key)).toEqual([])
  })

  test('no message is empty', () => {
    expect([...zh, ...en].filter(([, text]) => text.trim() === '').map(([key]) => key)).toEqual([])
  })

  test('every message can be read: @ and { are written as {\'@\'} and {\'{\'}', () => {
    const broken: string[] = []
    for (const [locale, messages] of [['zh-CN', zh], ['en', en]] as const) {
      for (const [key, text] of messages) {
        const { global } = createI18n({ legacy: false, locale, messages: { [locale]: { it: text } }, missingWarn: false, fallbackWarn: false })
        try {
          global.t('it', Object.fromEntries(placeholders(text).map(name => [name.slice(1, -1), 1])))
          // A linked message (@:key) and a lone @ are read as such; neither is in use.
          if (/@(?!'\})/.test(text)) broken.push(`${locale} ${key}`)
        } catch {
          broken.push(`${locale} ${key}`)
        }
      }
    }
    expect(broken).toEqual([])
  })

  test('every key written out in the sources exists', () => {
    const used = sources(join(folder, '..')).flatMap(source => [
      ...source.matchAll(/(?:\bt|\$t|\btranslate)\(\s*'([\w.]+)'/g),
      ...source.matchAll(/keypath="([\w.]+)"/g),
      ...source.matchAll(/\btitle: '([a-zA-Z]\w*(?:\.\w+)+)'/g),
    ].map(match => match[1]!))
    expect([...new Set(used)].filter(key => !zh.has(key)).sort()).toEqual([])
  })
})

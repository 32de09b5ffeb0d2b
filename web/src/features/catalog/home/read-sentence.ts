/**
 * Reads a requirement said in one sentence: what it is about, what it may cost, until when. Only what is really there is
 * understood; the rest stays a question. The server and the author decide, this only saves them typing.
 */
import type { Category } from '../types.ts'

export type Understood = {
  category: string | null
  /** Fen. */
  budget: bigint | null
  /** ISO day. */
  by: string | null
}

const DIGITS: Record<string, number> = { 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9, 半: 0.5 }
const UNITS: Record<string, number> = { 百: 100, 千: 1000, k: 1000, 万: 10_000, w: 10_000 }
const DAY_MS = 86_400_000
const CHINA_OFFSET_MS = 8 * 3_600_000

const numberOf = (text: string): number => (/^[\d.]+$/.test(text) ? Number(text) : DIGITS[text] ?? Number.NaN)

/** "8000 元", "预算八千", "1.2 万", "两千五", "¥500", "$" is not read. */
export function readBudget(sentence: string): bigint | null {
  const text = sentence.normalize('NFKC').toLowerCase().replace(/[,，](?=\d{3})/g, '')
  for (const match of text.matchAll(/(预算|[¥￥]|budget\D{0,12}?|最多|不超过|under )?\s*(\d+(?:\.\d+)?|[一二两三四五六七八九])\s*([百千万kw])?([一二三四五六七八九])?(?![个天日周月号点年页条张家]|\d)\s*(元|块|块钱|rmb|yuan|cny)?/g)) {
    const [, marked, digits = '', unit, rest, coin] = match
    // A bare small number is a count of something, not money.
    if (!marked && !coin && !unit) continue
    const value = numberOf(digits) * (unit ? UNITS[unit] ?? 1 : 1) + (unit && rest ? (DIGITS[rest] ?? 0) * ((UNITS[unit] ?? 10) / 10) : 0)
    if (value >= 10 && value <= 10_000_000) return BigInt(Math.round(value * 100))
  }
  return null
}

const isoDay = (at: number): string => new Date(at + CHINA_OFFSET_MS).toISOString().slice(0, 10)

/** "月底前", "下周五", "三天内", "11月30日", "明天", "within 5 days", "next week". */
export function readDay(sentence: string, now: Date): string | null {
  const text = sentence.normalize('NFKC').toLowerCase()
  const today = now.getTime()
  const local = new Date(today + CHINA_OFFSET_MS)
  const [year, month] = [local.getUTCFullYear(), local.getUTCMonth()]
  const dated = /(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?/.exec(text)
  if (dated) {
    const at = Date.UTC(year, Number(dated[1]) - 1, Number(dated[2]))
    const day = new Date(at)
    if (day.getUTCMonth() !== Number(dated[1]) - 1) return null
    return day.toISOString().slice(0, 10) < isoDay(today) ? new Date(Date.UTC(year + 1, Number(dated[1]) - 1, Number(dated[2]))).toISOString().slice(0, 10) : day.toISOString().slice(0, 10)
  }
  const within = /(\d+|[一二两三四五六七八九半])\s*(个)?\s*(天|日|周|星期|月|days?|weeks?|months?)\s*(之?内|以内|左右)?/.exec(text)
  if (within) {
    const unit = within[3] ?? ''
    const days = numberOf(within[1] ?? '') * (/周|星期|week/.test(unit) ? 7 : /月|month/.test(unit) ? 30 : 1)
    if (days >= 1 && days <= 365) return isoDay(today + Math.round(days) * DAY_MS)
  }
  if (/月底|end of (the )?month/.test(text)) return new Date(Date.UTC(year, month + 1, 0)).toISOString().slice(0, 10)
  if (/后天/.test(text)) return isoDay(today + 2 * DAY_MS)
  if (/明天|tomorrow/.test(text)) return isoDay(today + DAY_MS)
  if (/今天|今晚|today|tonight/.test(text)) return isoDay(today)
  if (/下周|next week/.test(text)) return isoDay(today + (14 - (local.getUTCDay() + 6) % 7 - 3) * DAY_MS)
  if (/这周|本周|周末|this week/.test(text)) return isoDay(today + (6 - (local.getUTCDay() + 6) % 7) * DAY_MS)
  return null
}

/** Words that are in a name but say nothing about what it is. */
const COMMON = new Set(['设计', '制作', '开发', '服务', '代', '与', '和'])
/** What people call things whose category has another name. */
const CALLED: Record<string, string[]> = {
  'mini-program': ['小程序', '点单'], website: ['官网', '网站'], logo: ['logo', '标志', '商标图形'], packaging: ['包装', '礼盒'], signage: ['招牌', '门头', '灯箱'], mascot: ['吉祥物', 'ip 形象', '表情包'],
  'detail-page': ['详情页'], 'short-video': ['短视频', '探店'], 'promo-video': ['宣传片'], translation: ['翻译', '译'], slides: ['ppt', '路演', '幻灯'], finance: ['记账', '报税'], data: ['看板', '数据', '表格'],
}

export function readCategory(sentence: string, categories: readonly Category[]): string | null {
  const text = sentence.normalize('NFKC').toLowerCase()
  let best: { slug: string, length: number } | null = null
  const consider = (slug: string, word: string) => {
    const plain = word.toLowerCase().trim()
    if (plain.length > 1 && !COMMON.has(plain) && text.includes(plain) && plain.length > (best?.length ?? 0)) best = { slug, length: plain.length }
  }
  for (const category of categories) {
    for (const { slug, name } of [...category.children, category]) {
      for (const word of [name.zh, name.en, ...name.zh.split(/与|和|、| /).map(part => part.replace(/设计|开发|制作/g, '')), ...CALLED[slug] ?? []]) consider(slug, word)
    }
  }
  return (best as { slug: string } | null)?.slug ?? null
}

export function readSentence(sentence: string, categories: readonly Category[], now: Date): Understood {
  return { category: readCategory(sentence, categories), budget: readBudget(sentence), by: readDay(sentence, now) }
}

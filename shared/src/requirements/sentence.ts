/**
 * Reads a requirement said in one sentence: what it is about, what it may cost, until when. Only what is really there is
 * understood; the rest stays a question. Pure and without a schema, so that the home page reads while a person types.
 */
import { durationMs } from '../kernel/time.ts'

const DIGITS: Record<string, number> = { 〇: 0, 零: 0, 一: 1, 二: 2, 两: 2, 俩: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 }
const UNITS: Record<string, number> = { 十: 10, 百: 100, 千: 1000, 万: 10_000 }
const LETTER_UNITS: Record<string, number> = { k: 1000, w: 10_000, 百: 100, 千: 1000, 万: 10_000 }
const HAN = '〇零一二两三四五六七八九十百千万半'

/** "一万二千" → 12000, "两千五" → 2500, "十五" → 15, "一万零五百" → 10500. NaN when it is no number. */
export function readHanNumber(text: string): number {
  let total = 0
  let section = 0
  let digit = Number.NaN
  let lastUnit = 0
  for (const character of text.replace(/半$/, '')) {
    if (character in DIGITS) {
      if (!Number.isNaN(digit) && digit !== 0) return Number.NaN
      digit = DIGITS[character] as number
      if (digit === 0) lastUnit = 0
    } else {
      const unit = UNITS[character]
      if (unit === undefined) return Number.NaN
      if (unit === 10_000) {
        total += (section + (Number.isNaN(digit) ? 0 : digit)) * unit
        section = 0
      } else {
        section += (Number.isNaN(digit) ? 1 : digit) * unit
      }
      digit = Number.NaN
      lastUnit = unit
    }
  }
  // "两千五" leaves out the unit below: five hundred.
  if (!Number.isNaN(digit)) section += lastUnit >= 100 ? digit * (lastUnit / 10) : digit
  if (text.endsWith('半') && lastUnit > 0) section += lastUnit / 2
  const value = total + section
  return value > 0 ? value : Number.NaN
}

export type BudgetRange = { min: bigint | null, max: bigint | null }
const NO_BUDGET: BudgetRange = { min: null, max: null }
const MIN_YUAN = 10
const MAX_YUAN = 10_000_000

const NUMBER = `(?:\\d+(?:\\.\\d+)?|[${HAN}]+)`
const AMOUNT = new RegExp(
  `(预算|[¥￥]|花|出价|一口价|价格|费用|budget\\D{0,12}?|最多|不超过|under |up to )?\\s*(${NUMBER})\\s*([百千万kw])?([一二三四五六七八九])?`
  + `(?:\\s*(元|块钱?|rmb|yuan|cny))?(?:\\s*(?:-|~|—|到|至|to)\\s*[¥￥]?\\s*(${NUMBER})\\s*([百千万kw])?)?\\s*(?![个天日周月号点年页条张家店份次秒分人款套]|\\d)\\s*(元|块钱?|rmb|yuan|cny|以内|以下|左右|上下|之间)?`, 'g')

function yuanOf(digits: string, unit: string | undefined, rest: string | undefined): number {
  const value = /^\d/.test(digits) ? Number(digits) : readHanNumber(digits)
  const times = unit ? LETTER_UNITS[unit] ?? 1 : 1
  return value * times + (unit && rest ? (DIGITS[rest] ?? 0) * (times / 10) : 0)
}

const sensible = (yuan: number): boolean => yuan >= MIN_YUAN && yuan <= MAX_YUAN
const fenOf = (yuan: number): bigint => BigInt(Math.round(yuan * 100))

/** "8000 元", "预算八千", "1.2 万", "六千到八千", "6k-8k", "¥500". One amount is the upper limit. */
export function readBudget(sentence: string): BudgetRange {
  const text = sentence.normalize('NFKC').toLowerCase().replace(/,(?=\d{3})/g, '')
  for (const match of text.matchAll(AMOUNT)) {
    const [, marked, digits = '', unit, rest, coin, until, untilUnit, tail] = match
    const isHan = !/^\d/.test(digits)
    // A bare small number is a count of something, not money.
    if (!marked && !coin && !unit && !untilUnit && !tail && !(isHan && /[百千万]/.test(digits))) continue
    const low = yuanOf(digits, unit ?? (until && !isHan ? untilUnit : undefined), rest)
    const high = until ? yuanOf(until, untilUnit ?? (isHan ? undefined : unit), undefined) : Number.NaN
    if (sensible(low) && sensible(high) && high >= low) return { min: fenOf(low), max: fenOf(high) }
    if (sensible(low)) return { min: null, max: fenOf(low) }
  }
  return NO_BUDGET
}

const DAY_MS = durationMs({ days: 1 })
const CHINA_MS = durationMs({ hours: 8 })
const isoDay = (at: number): string => new Date(at + CHINA_MS).toISOString().slice(0, 10)
const dayOf = (year: number, month: number, day: number): string => new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10)
const countOf = (text: string): number => (/^\d/.test(text) ? Number(text) : text === '半' ? 0.5 : readHanNumber(text))
const MAX_DAYS = 365

/** "月底前", "下周五", "三天内", "十五天", "11月30日", "12/5", "明天", "within 5 days", "next week". */
export function readDay(sentence: string, now: Date): string | null {
  const text = sentence.normalize('NFKC').toLowerCase()
  const today = now.getTime()
  const local = new Date(today + CHINA_MS)
  const [year, month] = [local.getUTCFullYear(), local.getUTCMonth()]
  const dated = new RegExp(`(\\d{1,2}|[${HAN}]{1,3})\\s*月\\s*(\\d{1,2}|[${HAN}]{1,3})\\s*[日号]?`).exec(text) ?? /(?<![\d/])(\d{1,2})\/(\d{1,2})(?![\d/])/.exec(text)
  if (dated) {
    const [monthNumber, dayNumber] = [countOf(dated[1] ?? ''), countOf(dated[2] ?? '')]
    if (Number.isInteger(monthNumber) && Number.isInteger(dayNumber) && monthNumber >= 1 && monthNumber <= 12) {
      const day = dayOf(year, monthNumber - 1, dayNumber)
      if (Number(day.slice(8)) !== dayNumber) return null
      return day < isoDay(today) ? dayOf(year + 1, monthNumber - 1, dayNumber) : day
    }
  }
  const within = new RegExp(`(\\d+|[${HAN}]+)\\s*(?:个)?\\s*(天|日|周|星期|礼拜|月|days?|weeks?|months?)(?!底)\\s*(?:之?内|以内|左右)?`).exec(text)
  if (within) {
    const unit = within[2] ?? ''
    const days = countOf(within[1] ?? '') * (/周|星期|礼拜|week/.test(unit) ? 7 : /月|month/.test(unit) ? 30 : 1)
    if (days >= 1 && days <= MAX_DAYS) return isoDay(today + Math.round(days) * DAY_MS)
  }
  return nearDay(text, today, local, year, month)
}

function nearDay(text: string, today: number, local: Date, year: number, month: number): string | null {
  const monday = today - ((local.getUTCDay() + 6) % 7) * DAY_MS
  const weekday = /(下|这|本)?(?:周|星期|礼拜)([一二三四五六日天])/.exec(text)
  if (weekday) {
    const offset = '一二三四五六日'.indexOf((weekday[2] ?? '').replace('天', '日'))
    const at = monday + (offset + (weekday[1] === '下' ? 7 : 0)) * DAY_MS
    return isoDay(at > today || weekday[1] === '下' ? at : at + 7 * DAY_MS)
  }
  if (/下个?月底/.test(text)) return dayOf(year, month + 2, 0)
  if (/月底|end of (?:the |this )?month/.test(text)) return dayOf(year, month + 1, 0)
  if (/年底|end of (?:the |this )?year/.test(text)) return dayOf(year, 11, 31)
  if (/大后天/.test(text)) return isoDay(today + 3 * DAY_MS)
  if (/后天/.test(text)) return isoDay(today + 2 * DAY_MS)
  if (/明天|明晚|tomorrow/.test(text)) return isoDay(today + DAY_MS)
  if (/今天|今晚|today|tonight/.test(text)) return isoDay(today)
  if (/下周|next week/.test(text)) return isoDay(monday + 11 * DAY_MS)
  if (/这周|本周|周末|this week|weekend/.test(text)) return isoDay(monday + 6 * DAY_MS)
  return null
}

/** A category with its names; the web's tree and the server's rows both fit. */
export type NamedCategory = { slug: string, name: { zh: string, en: string }, skills?: readonly string[], children?: readonly NamedCategory[] }

/** Words that are in a name but say nothing about what it is. */
const COMMON = new Set(['设计', '制作', '开发', '服务', '代', '与', '和', '维护', '模板', '变更', '总结', '规范', '后期', '界面', '印刷物料'])
/** What people call things whose category has another name. */
const CALLED: Record<string, readonly string[]> = {
  'mini-program': ['小程序', '点单'], website: ['官网', '网站', '建站'], 'campaign-page': ['h5', '活动页'], interface: ['ui', '界面设计'], logo: ['logo', '标志', '商标图形', '徽标'], packaging: ['包装', '礼盒', '瓶贴'],
  signage: ['招牌', '门头', '灯箱', '导视'], mascot: ['吉祥物', 'ip 形象', 'ip形象', '表情包', '插画'], print: ['海报', '菜单', '折页', '传单', '名片', '宣传册'], vi: ['vi', '品牌手册', '品牌规范'],
  'detail-page': ['详情页'], 'main-image': ['主图', '精修', '白底图'], storefront: ['店铺装修'], campaign: ['直播间', '大促', '贴片'],
  'short-video': ['短视频', '探店', '抖音视频'], 'promo-video': ['宣传片', '企业片'], 'product-photo': ['产品拍摄', '产品摄影'], 'scene-photo': ['菜品', '空间拍摄', '民宿拍照'], 'post-production': ['剪辑', '调色', '字幕'],
  translation: ['翻译', '中译英', '英译中', '译成'], naming: ['起名', '取名', '口号', 'slogan'], 'social-content': ['小红书', '公众号', '笔记', '推文'], copywriting: ['文案'],
  'pitch-deck': ['路演', '招商', '融资 ppt'], 'work-report': ['汇报', '述职', '年终总结'], 'slide-template': ['课件', 'ppt', '幻灯', '模板'], 'document-layout': ['排版', '标书'],
  bookkeeping: ['记账', '报税', '做账'], registration: ['注册公司', '工商', '变更地址'], contract: ['合同', '协议', '规章'], trademark: ['商标注册', '商标', '专利'],
  dashboard: ['看板', '报表'], spreadsheet: ['表格', 'excel', '进销存'], automation: ['自动化', '爬取', '机器人'], 'data-cleaning': ['清洗', '去重', '数据整理'],
}
/** A word of the author's own list is a better sign than a piece of a name. */
const CALLED_BONUS = 1

/** The slug of the category the sentence speaks of: the longest of its names, their parts and its skills that stands in it. */
export function readCategory(sentence: string, categories: readonly NamedCategory[]): string | null {
  const text = sentence.normalize('NFKC').toLowerCase()
  let best: { slug: string, weight: number } | undefined
  const consider = (slug: string, word: string, bonus: number) => {
    const plain = word.normalize('NFKC').toLowerCase().trim()
    const weight = plain.length + bonus
    if (plain.length < 2 || COMMON.has(plain) || weight <= (best?.weight ?? 0)) return
    if (/^[\x20-\x7e]+$/.test(plain) ? new RegExp(`(?<![a-z])${plain.replace(/[^\w\s]/g, '\\$&')}(?![a-z])`).test(text) : text.includes(plain)) best = { slug, weight }
  }
  for (const category of categories) {
    for (const child of category.children ?? []) {
      for (const word of namesOf(child)) consider(child.slug, word, 0)
      for (const word of CALLED[child.slug] ?? []) consider(child.slug, word, CALLED_BONUS)
    }
    for (const word of [...namesOf(category), ...category.skills ?? []]) consider(category.slug, word, -1)
  }
  return best?.slug ?? null
}

const namesOf = ({ name }: NamedCategory): string[] => [name.zh, name.en, ...name.zh.split(/与|和|、| /).map(part => part.replace(/设计|开发|制作/g, ''))]

export type ReadSentence = { title: string, category: string | null, budgetMin: bigint | null, budgetMax: bigint | null, deadline: string | null }
const MAX_TITLE = 60

export function readSentence(sentence: string, categories: readonly NamedCategory[], now: Date): ReadSentence {
  const { min, max } = readBudget(sentence)
  return { title: titleOf(sentence), category: readCategory(sentence, categories), budgetMin: min, budgetMax: max, deadline: readDay(sentence, now) }
}

/** The clauses that say what it is about, without those that only say how much and until when. */
function titleOf(sentence: string): string {
  const clauses = sentence.trim().split(/[，。；,;\n]+/).map(clause => clause.trim()).filter(Boolean)
  const [first = '', ...others] = clauses
  const kept = [first, ...others.filter(clause => readBudget(clause).max === null && !/前|之?内|上线|交付|要用|deadline|before|within/.test(clause))]
  return [...kept.join('，')].slice(0, MAX_TITLE).join('')
}

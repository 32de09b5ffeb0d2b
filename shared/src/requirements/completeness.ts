/**
 * How complete a requirement is. Pure and without a schema, so that the web scores while a person types and the server
 * scores the same. Every key has its label, the reason why it is asked and an example in the web's texts.
 */
import { durationMs } from '../kernel/time.ts'

const BASE = ['title', 'category', 'background', 'details', 'checklist', 'budget', 'deadline', 'files', 'skills', 'area'] as const
const TOPICS = [
  'brand.existing', 'brand.use', 'web.system', 'web.upkeep', 'ecommerce.platform', 'ecommerce.material', 'video.length', 'video.place', 'writing.length', 'writing.reader',
  'slides.pages', 'slides.occasion', 'finance.taxpayer', 'finance.volume', 'data.source', 'data.volume',
] as const
export const COACH_KEYS = [...BASE, ...TOPICS] as const
export type CoachKey = typeof COACH_KEYS[number]
type Topic = typeof TOPICS[number]

/** What the score looks at. Amounts and files only have to be there. */
export type Written = {
  title: string
  category: string | null
  background: string
  details: string
  checklist: readonly string[]
  budgetMax: unknown
  price: unknown
  deadline: string | null
  files: readonly unknown[]
  skills: readonly string[]
  area: string | null
}

export type Completeness = { score: number, done: CoachKey[], missing: { key: CoachKey, gain: number }[] }

/** Points by key; with the two topics of a category they add up to a hundred. */
const POINTS: Record<typeof BASE[number], number> = { title: 10, category: 8, background: 14, details: 16, checklist: 14, budget: 10, deadline: 8, files: 5, skills: 4, area: 3 }
const TOPIC_POINTS = 4
/** Characters at which a text counts as full, and lines of the checklist. */
const FULL = { title: 8, background: 30, details: 60, checklist: 3 } as const
/** A part that is this full is not asked for again. */
const ENOUGH = 0.99

/** What shows that a topic was spoken of. */
const SPOKEN: Record<Topic, RegExp> = {
  'brand.existing': /现有|已有|原来|旧|没有(标志|logo)|规范|从零|existing|current|from scratch|guideline/i,
  'brand.use': /印|尺寸|门头|线上|线下|名片|包装|社交|毫米|mm|cm|print|size|online|signage/i,
  'web.system': /收银|系统|现在用|已有|源码|后台|接口|从零|新做|pos|erp|api|existing|current|from scratch/i,
  'web.upkeep': /维护|域名|服务器|上线后|备案|自己改|培训|maint|host|domain|server|training/i,
  'ecommerce.platform': /淘宝|天猫|京东|拼多多|抖音|小红书|亚马逊|独立站|微店|快手|有赞|taobao|tmall|amazon|shopify|tiktok|jd\b/i,
  'ecommerce.material': /白底|照片|素材|图片|拍摄|样品|photo|image|sample|material/i,
  'video.length': /秒|分钟|条|时长|second|minute|clip/i,
  'video.place': /地点|现场|门店|工厂|棚|外景|店里|城市|location|on site|studio|shop|factory/i,
  'writing.length': /字|页|篇|中译英|英译中|双语|中文|英文|word|page|chinese|english/i,
  'writing.reader': /给谁|读者|客户|客人|消费者|语气|风格|海外|投资人|reader|customer|tone|style|audience/i,
  'slides.pages': /\d+\s*页|[一二三四五六七八九十百]+页|页数|课时|page|slide/i,
  'slides.occasion': /路演|汇报|上课|招商|融资|会议|培训|领导|投资|pitch|meeting|lesson|talk|investor/i,
  'finance.taxpayer': /一般纳税人|小规模|个体|公司|有限|合伙|taxpayer|company|sole/i,
  'finance.volume': /人|员工|票|发票|份|个月|每月|店|staff|employee|invoice|monthly|contract/i,
  'data.source': /excel|表格|导出|数据库|erp|csv|接口|系统|sheet|export|database|api/i,
  'data.volume': /每天|每周|每月|每日|行|条|规格|家店|daily|weekly|monthly|rows|records/i,
}

const lengthOf = (text: string): number => [...text.trim()].length
const share = (amount: number, full: number): number => Math.min(1, amount / full)
const has = (present: unknown): number => (present === null || present === undefined || present === '' ? 0 : 1)

/** `parent` is the first-level category, whose topics are asked for; unknown until a category is chosen. */
export function completenessOf(written: Written, parent: string | null): Completeness {
  const lines = written.checklist.filter(line => line.trim() !== '')
  const fullness: [CoachKey, number, number][] = [
    ['title', POINTS.title, share(lengthOf(written.title), FULL.title)],
    ['category', POINTS.category, has(written.category)],
    ['background', POINTS.background, share(lengthOf(written.background), FULL.background)],
    ['details', POINTS.details, share(lengthOf(written.details), FULL.details)],
    ['checklist', POINTS.checklist, share(lines.length, FULL.checklist)],
    ['budget', POINTS.budget, Math.max(has(written.budgetMax), has(written.price))],
    ['deadline', POINTS.deadline, has(written.deadline)],
    ...topicsOf(parent).map((topic): [CoachKey, number, number] => [topic, TOPIC_POINTS, SPOKEN[topic].test([written.title, written.background, written.details, ...lines].join('\n')) ? 1 : 0]),
    ['files', POINTS.files, share(written.files.length, 1)],
    ['skills', POINTS.skills, share(written.skills.length, 1)],
    ['area', POINTS.area, has(written.area)],
  ]
  const score = fullness.reduce((sum, [, points, value]) => sum + points * value, 0)
  return {
    score: Math.min(100, Math.round(score)),
    done: fullness.filter(([, , value]) => value >= ENOUGH).map(([key]) => key),
    missing: fullness.filter(([, , value]) => value < ENOUGH).map(([key, points, value]) => ({ key, gain: Math.max(1, Math.round(points * (1 - value))) })).sort((a, b) => b.gain - a.gain),
  }
}

const topicsOf = (parent: string | null): Topic[] => (parent === null ? [] : TOPICS.filter(topic => topic.startsWith(`${parent}.`)))

/** Whole days from today to the day it is needed, in China. */
export const daysUntil = (deadline: string, today: string): number => Math.round((Date.parse(deadline) - Date.parse(today)) / durationMs({ days: 1 }))
/** Today in China, which has one time zone. */
export const dayInChina = (now: Date): string => new Date(now.getTime() + durationMs({ hours: 8 })).toISOString().slice(0, 10)

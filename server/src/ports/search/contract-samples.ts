/** The documents and the hostile strings of the contract suite. */
import { defineIndex, type SearchDocument } from './port.ts'

export const sampleIndex = defineIndex({
  name: 'contract_services',
  version: 1,
  fields: { title: 'A', skills: 'B', provider: 'C', description: 'D' },
  filters: { category: 'keyword', skills: 'keywords', price: 'integer', rating: 'number', online: 'boolean', publishedAt: 'timestamp' },
  sorts: { price: 'integer', publishedAt: 'timestamp' },
})

export type Sample = SearchDocument<typeof sampleIndex>

type SampleText = { title: string; category: string; price: bigint | null; skills?: string[]; description?: string }

const texts: Record<string, SampleText> = {
  logo: { title: '企业 LOGO设计 原创标志', category: 'brand', price: 128_000n, skills: ['LOGO设计', 'Illustrator'], description: '三版初稿，源文件交付。' },
  poster: { title: '活动海报设计', category: 'brand', price: 30_000n, skills: ['海报', 'Photoshop'], description: '展会与节日宣传，当天出图。' },
  englishPoster: { title: 'Concert poster illustration', category: 'brand', price: 45_000n, skills: ['Photoshop'], description: 'Hand-drawn artwork for concerts.' },
  miniProgram: { title: '微信小程序商城开发', category: 'web', price: 900_000n, skills: ['小程序', 'Node.js'], description: '前后端一体，支持微信支付，提供海报分享。' },
  miniProgramDesign: { title: '小程序UI设计', category: 'web', price: 300_000n, skills: ['小程序', 'Figma'], description: '界面与交互，附设计规范。' },
  video: { title: '短视频剪辑与字幕', category: 'video', price: 20_000n, skills: ['剪辑', 'Premiere'], description: '抖音、小红书竖屏成片。' },
  translation: { title: '英译中技术文档翻译', category: 'writing', price: null, skills: ['翻译', '英语'], description: '软件说明书与合同。' },
  slides: { title: '路演PPT美化', category: 'slides', price: 80_000n, skills: ['PPT', '排版'], description: '融资路演与年终汇报。' },
}

/** A day apart each, so that sorting by time is the order written here. */
const firstDay = Date.UTC(2026, 0, 1)
const dayMs = 86_400_000

export const samples: readonly Sample[] = Object.entries(texts).map(([id, text], index) => sample(id, text, index))

function sample(id: string, { title, category, price, skills = [], description = '' }: SampleText, index: number): Sample {
  const publishedAt = new Date(firstDay + index * dayMs)
  return {
    id,
    fields: { title, skills, provider: '山海工作室', description },
    filters: { category, skills, price, rating: 4 + index / 10, online: index % 2 === 0, publishedAt },
    sorts: { price, publishedAt },
    quality: 0.5,
    suggestions: [{ text: title, kind: 'title' }, ...skills.map((skill) => ({ text: skill, kind: 'skill' }))],
  }
}

/** Many alike, for paging. */
export const manySamples = (count: number, title = '批量修图'): Sample[] =>
  Array.from({ length: count }, (_, index) =>
    sample(`many-${String(index).padStart(4, '0')}`, { title, category: 'ecommerce', price: BigInt((index % 7) * 1_000) }, index % 5))

export const hostileTexts: readonly string[] = [
  '', ' ', '"', "'", '"未闭合', "' or 1=1 --", '\\', '\\\'', '%', '_', '*', ':*', '& | ! ( )', '<->', 'a:b', '海报 & !设计', '(((((', '!!!???。。。',
  '\0', 'a\0b', '\ud800', '😀👩‍👩‍👧‍👦', '👾🙇', '\u202eabc', '\ufeff', '田中さんにあげて下さい', 'Ω≈ç√∫˜µ≤≥÷', '()()', '{{7*7}}', '${7*7}', '<script>alert(1)</script>',
  'NULL', 'undefined', '-1', '1e999', '../../etc/passwd', '%s%n', 'x'.repeat(2_000), '设计'.repeat(1_000), 'sheji'.repeat(400), '！'.repeat(2_000), 'a b '.repeat(500),
]

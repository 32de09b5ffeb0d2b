/** Made-up bilingual services with the shapes of real marketplaces: the same ones from the same seed. */
import { defineIndex, type SearchDocument } from '../../server/src/ports/search/port.ts'

export const benchIndex = defineIndex({
  name: 'bench_services',
  version: 1,
  fields: { title: 'A', skills: 'B', category: 'B', provider: 'C', description: 'D' },
  filters: { category: 'keyword', skills: 'keywords', price: 'integer', days: 'integer', level: 'keyword', online: 'boolean' },
  sorts: { price: 'integer', publishedAt: 'timestamp' },
})

export type BenchDocument = SearchDocument<typeof benchIndex>

type Trade = { readonly name: string; readonly tasks: readonly string[]; readonly skills: readonly string[] }

const trades: readonly Trade[] = [
  { name: '品牌设计', tasks: ['LOGO设计', '品牌VI全案', '活动海报设计', '画册排版', '包装设计', '吉祥物设计', '名片设计', 'Brand identity', 'Logo design', 'Poster design'], skills: ['Illustrator', 'Photoshop', '字体设计', '插画', 'Graphic Design', 'Logo Design'] },
  { name: '小程序与网站', tasks: ['微信小程序开发', '企业官网建设', '商城系统开发', 'UI界面设计', '落地页制作', '后台管理系统', 'WordPress website', 'React web app', 'API integration'], skills: ['JavaScript', 'Vue', 'Node.js', 'PHP', 'HTML', 'CSS', 'MySQL', 'Web Development', '小程序'] },
  { name: '电商视觉', tasks: ['详情页设计', '商品主图精修', '店铺装修', '产品白底图拍摄', '直播间背景', '亚马逊A+页面', 'Product photography', 'Shopify store design'], skills: ['修图', '摄影', 'Photoshop', 'Shopify', '美工', '渲染'] },
  { name: '视频与摄影', tasks: ['短视频剪辑', '企业宣传片', 'MG动画制作', '字幕与配音', '活动跟拍', '航拍服务', 'Video editing', 'Motion graphics'], skills: ['Premiere', 'After Effects', '剪辑', '调色', '分镜', 'Video Editing'] },
  { name: '文案与翻译', tasks: ['品牌文案策划', '英译中翻译', '公众号推文', '产品说明书', '演讲稿撰写', 'Article writing', 'Chinese English translation', 'Copywriting'], skills: ['翻译', '英语', '写作', 'SEO', 'Content Writing', '校对'] },
  { name: 'PPT与汇报', tasks: ['路演PPT设计', '年终总结美化', '商业计划书', '课件制作', '图表设计', 'Pitch deck design', 'PowerPoint presentation'], skills: ['PowerPoint', 'Keynote', '排版', '数据图表', 'Excel'] },
  { name: '财税与法务', tasks: ['公司注册代办', '代理记账报税', '商标注册', '合同审查', '股权方案设计', 'Tax filing', 'Contract review'], skills: ['会计', '税务', '法律', '审计', 'Accounting', '知识产权'] },
  { name: '数据与自动化', tasks: ['数据分析报表', '网页爬虫采集', 'Excel自动化', '机器学习建模', '大模型知识库', 'Web scraping', 'Data visualization', 'Python automation'], skills: ['Python', 'SQL', 'Excel', 'Tableau', 'Data Entry', '机器学习', '爬虫'] },
]

const styles = ['资深', '高端', '原创', '快速', '一对一', '极简', '国潮', '商务', '加急', '专业', '定制', '大厂', 'Professional', 'Modern', 'Fast', 'Creative']
const industries = ['餐饮', '教育', '医疗', '科技', '金融', '房产', '母婴', '美妆', '茶饮', '汽车', '旅游', '农业', '服装', '宠物', '健身', 'startup', 'restaurant', 'fashion', 'fintech', 'health']
const sentences = [
  '八年设计经验，服务过两百多家中小企业', '先出方案再付款，不满意免费修改', '提供源文件与商用授权', '三个工作日内交付初稿', '支持加急，当天响应', '团队协作，项目经理全程跟进',
  '熟悉行业规范，案例丰富', '可签合同，可开发票', '沟通顺畅，按里程碑验收', '交付后三十天内免费维护', 'I deliver source files and unlimited revisions', 'Clear communication and on-time delivery',
  'Over ten years of experience with small businesses', 'Please send a message before placing an order', '适合初创公司与个体商户', '长期合作价格从优', '保密协议可先行签署', '多端适配，浏览器兼容',
]
const levels = ['入门', '进阶', '专家']
const cities = ['山海', '云杉', '北辰', '青禾', '远山', '一纸', '拾光', '白泽', '知行', '望舒']
/** Chinese listing prices in CNY at the quantiles 0, .1, .25, .5, .75, .9, .99 and 1. */
const prices = [5, 100, 1_000, 3_000, 9_000, 20_000, 50_000, 70_000] as const
const quantiles = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 1] as const

const firstDay = Date.UTC(2025, 0, 1)
const hourMs = 3_600_000
const fenPerYuan = 100

export function* benchDocuments(count: number, seed = 1): Generator<BenchDocument> {
  const random = mulberry32(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  for (let index = 0; index < count; index++) {
    const trade = pick(trades)
    const task = pick(trade.tasks)
    const title = `${pick(styles)}${task} ${pick(industries)}${random() < 0.5 ? `${pick(styles)}风格` : ''}`
    const skills = [...new Set([pick(trade.skills), pick(trade.skills), pick(trade.skills), pick(trade.skills)])]
    const length = 3 + Math.floor(random() * 10)
    const told = Array.from({ length }, () => (random() < 0.3 ? `擅长${pick(pick(trades).tasks)}` : pick(sentences)))
    const price = BigInt(Math.round(priceAt(random())) * fenPerYuan)
    const publishedAt = new Date(firstDay + Math.floor(random() * 12_000) * hourMs)
    yield {
      id: `service-${String(index).padStart(7, '0')}`,
      fields: { title, skills, category: trade.name, provider: `${pick(cities)}工作室${Math.floor(random() * 3_000)}`, description: `${told.join('。')}。编号${Math.floor(random() * count)}` },
      filters: { category: trade.name, skills, price, days: 1 + Math.floor(random() * 30), level: pick(levels), online: random() < 0.3 },
      sorts: { price, publishedAt },
      quality: random() < 0.44 ? 0.3 : 0.6 + random() * 0.4,
      suggestions: [{ text: title, kind: 'title' }, { text: trade.name, kind: 'category' }, ...skills.map((text) => ({ text, kind: 'skill' }))],
    }
  }
}

/** What is typed, in the ways people type it. */
export const benchTexts: readonly string[] = [
  'logo设计', '微信小程序', '详情页', '短视频剪辑', '翻译', '路演ppt', '公司注册', '数据分析', '海报', '餐饮 品牌vi', 'logo design', 'web scraping', 'mini program', 'pitch deck',
  'haibao', 'sheji', 'xiaochengxu', 'xcx', 'logosheji', '海報設計', '短視頻', 'potser', 'phtoshop', '教育行业官网建设', '加急 名片', 'Python 爬虫', '合同', '专业设计', '国潮包装设计', '代理记账报税 科技',
  'hbsj', 'lgoo', 'dspjj',
]

export const benchPrefixes: readonly string[] = ['l', 'lo', 'logo', '小', '小程', '设计', 's', 'sh', 'shej', 'xcx', 'dsp', '海报', 'pho', 'video', 'excel', '品牌', 'gs', '翻', 'web d', 'haib', 'hbsj', 'lgoo', 'pozter']

export const benchCategories: readonly string[] = trades.map(({ name }) => name)

function priceAt(share: number): number {
  const upper = Math.max(1, quantiles.findIndex((quantile) => quantile >= share))
  const [low = 0, high = 1] = [quantiles[upper - 1], quantiles[upper]]
  const [from = 0, to = 0] = [prices[upper - 1], prices[upper]]
  return from + ((to - from) * (share - low)) / (high - low)
}

/** A small seeded generator, Mulberry32 by Tommy Ettinger (public domain). */
export function mulberry32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

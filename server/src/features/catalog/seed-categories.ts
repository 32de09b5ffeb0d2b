/**
 * The categories a new installation starts with. The operator may rename, add and retire them afterwards; slugs are
 * part of addresses and stay as they are.
 */
export interface SubcategorySeed { slug: string, zh: string, en: string }

export interface CategorySeed extends SubcategorySeed {
  /** Name of a lucide icon. */
  icon: string
  summary: { zh: string, en: string }
  /** Skills that services of the category usually name; offered while typing. */
  skills: string[]
  children: SubcategorySeed[]
}

const sub = (slug: string, zh: string, en: string): SubcategorySeed => ({ slug, zh, en })

export const seedCategories: CategorySeed[] = [
  {
    slug: 'brand', zh: '品牌设计', en: 'Brand design', icon: 'stamp',
    summary: { zh: '标志、视觉规范、包装与印刷物料', en: 'Logos, visual identity, packaging and print' },
    skills: ['Logo 设计', 'VI 设计', '包装设计', '字体设计', '插画', '印前制作', '导视设计'],
    children: [
      sub('logo', 'Logo 设计', 'Logo design'), sub('vi', 'VI 与品牌手册', 'Visual identity'), sub('packaging', '包装设计', 'Packaging'),
      sub('print', '海报与印刷物料', 'Posters and print'), sub('mascot', '吉祥物与插画', 'Mascots and illustration'), sub('signage', '招牌与导视', 'Signs and wayfinding'),
    ],
  },
  {
    slug: 'web', zh: '小程序与网站', en: 'Apps and websites', icon: 'app-window',
    summary: { zh: '小程序、官网、活动页与界面设计', en: 'Mini programs, websites, campaign pages and interfaces' },
    skills: ['微信小程序', '前端开发', '后端开发', 'UI 设计', 'WordPress', '支付对接', '服务器运维'],
    children: [
      sub('mini-program', '小程序开发', 'Mini programs'), sub('website', '企业官网', 'Websites'), sub('campaign-page', 'H5 与活动页', 'Campaign pages'),
      sub('interface', '界面设计', 'Interface design'), sub('maintenance', '维护与迁移', 'Maintenance and migration'),
    ],
  },
  {
    slug: 'ecommerce', zh: '电商视觉', en: 'E-commerce visuals', icon: 'shopping-bag',
    summary: { zh: '详情页、主图、店铺装修与大促活动', en: 'Product pages, main images, storefronts and campaigns' },
    skills: ['详情页设计', '主图设计', '店铺装修', '产品精修', 'C4D 建模', '直播间设计'],
    children: [
      sub('detail-page', '详情页', 'Product pages'), sub('main-image', '主图与车图', 'Main images'), sub('storefront', '店铺装修', 'Storefronts'),
      sub('campaign', '大促与直播', 'Campaigns and live rooms'),
    ],
  },
  {
    slug: 'video', zh: '视频与摄影', en: 'Video and photography', icon: 'clapperboard',
    summary: { zh: '宣传片、短视频、产品与空间摄影', en: 'Films, short videos, product and interior photography' },
    skills: ['短视频拍摄', '剪辑', '脚本策划', '产品摄影', '菜品摄影', '航拍', '调色', '动画制作'],
    children: [
      sub('promo-video', '宣传片', 'Promotional films'), sub('short-video', '短视频', 'Short videos'), sub('product-photo', '产品摄影', 'Product photography'),
      sub('scene-photo', '菜品与空间摄影', 'Food and interiors'), sub('post-production', '剪辑与后期', 'Editing and post'),
    ],
  },
  {
    slug: 'writing', zh: '文案与翻译', en: 'Writing and translation', icon: 'pen-line',
    summary: { zh: '品牌文案、起名、内容代笔与多语翻译', en: 'Copy, naming, ghost-writing and translation' },
    skills: ['品牌文案', '中英翻译', '起名', '公众号写作', '小红书笔记', '本地化', '校对'],
    children: [
      sub('copywriting', '品牌与产品文案', 'Copywriting'), sub('translation', '翻译与本地化', 'Translation'), sub('naming', '起名与口号', 'Naming and slogans'),
      sub('social-content', '新媒体内容', 'Social content'),
    ],
  },
  {
    slug: 'slides', zh: 'PPT 与汇报', en: 'Slides and reports', icon: 'presentation',
    summary: { zh: '路演、汇报、课件与企业模板', en: 'Pitches, reports, courseware and templates' },
    skills: ['PPT 设计', '故事线梳理', '数据图表', '企业模板', '动画演示', '排版'],
    children: [
      sub('pitch-deck', '路演与招商', 'Pitch decks'), sub('work-report', '汇报与总结', 'Work reports'), sub('slide-template', '模板与规范', 'Templates'),
      sub('document-layout', '文档排版', 'Document layout'),
    ],
  },
  {
    slug: 'finance', zh: '财税与法务', en: 'Finance and law', icon: 'scale',
    summary: { zh: '代理记账、注册变更、合同与商标', en: 'Bookkeeping, registration, contracts and trademarks' },
    skills: ['代理记账', '纳税申报', '工商注册', '合同审查', '商标注册', '股权协议', '劳动合同'],
    children: [
      sub('bookkeeping', '记账与报税', 'Bookkeeping and tax'), sub('registration', '注册与变更', 'Company registration'), sub('tax-advice', '财税咨询', 'Tax advice'),
      sub('contract', '合同与法律文书', 'Contracts'), sub('trademark', '商标与知识产权', 'Trademarks'),
    ],
  },
  {
    slug: 'data', zh: '数据与自动化', en: 'Data and automation', icon: 'chart-column',
    summary: { zh: '看板、表格、数据整理与流程自动化', en: 'Dashboards, spreadsheets, clean-up and automation' },
    skills: ['数据看板', 'Excel', 'Python', '数据清洗', '流程自动化', '接口对接', 'SQL'],
    children: [
      sub('dashboard', '数据看板', 'Dashboards'), sub('spreadsheet', 'Excel 与表格', 'Spreadsheets'), sub('automation', '流程自动化', 'Automation'),
      sub('data-cleaning', '数据整理', 'Data clean-up'),
    ],
  },
]

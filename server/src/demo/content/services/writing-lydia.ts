import { addOn, choice, choices, count, cover, date, files, longText, optional, pack, servicesOf, text } from '../authoring.ts'

const source = files('source', '原文', 'Word、PDF、Excel、InDesign', 5)
const direction = choice('direction', '语言方向', '中译英|英译中|中译德 +300|中译日 +300')
const reader = text('reader', '给谁看', '例如：北美的安装工人')

export const lydiaServices = servicesOf('lydia', [
  {
    id: 'lydia-manual', title: '产品说明书中译英，附术语表与疑问清单', en: 'Product manuals into English with a glossary', category: 'translation',
    summary: '机械、小家电、户外用品，安全警告按国际写法。',
    about: ['说明书译错一个“不得”就可能伤人。我按安全信息分级：危险、警告、注意，逐条核对。', '译前先定术语表给您过目；译中发现原文矛盾会列在疑问清单里，不替您做主。', '- 保留原排版，Word 与 PDF 都交\n- 单位换算写两种'],
    packages: [pack(600, 3, 1, '3,000 字以内|术语表'), pack(1600, 6, 2, '8,000 字以内|术语表|排版'), pack(3600, 12, 2, '20,000 字以内|术语表|排版|二审')],
    addOns: [addOn('加急，提前 2 天', 300, -2), addOn('母语者终审', 500, 2)],
    form: [direction, reader, count('thousands', '原文千字数', '千字', { included: 3, max: 60, eachYuan: 180 }), source],
    cover: cover('words', 'sea', 1), skills: '技术翻译|中英翻译|术语管理', faqs: [['用机器翻译吗？', '术语核对会用工具，句子我自己写。'], ['能签保密协议吗？', '可以，用您的版本。']],
  },
  {
    id: 'lydia-brand', title: '英文品牌手册与公司介绍，不像翻译的翻译', en: 'Brand books and company profiles in natural English', category: 'translation',
    summary: '茶、食品、手作品牌，把故事讲给外国人听。',
    about: ['品牌文字直译往往没人看得懂。我会给每段两种译法：贴着原文的和更自然的，您选。', '像“回甘”“明前”这样的词，第一次出现会解释，之后统一。', '- 附译者说明，写清取舍\n- 排版后我会再校一遍'],
    packages: [pack(880, 4, 2, '2,000 字以内|两种译法'), pack(1980, 8, 3, '5,000 字以内|术语表|排版后校对')],
    addOns: [addOn('英文标语 5 条', 400, 1), addOn('排版后二次校对', 200, 1)],
    form: [text('brand', '品牌名称'), reader, source, optional(longText('tone', '希望读起来像什么'))],
    cover: cover('words', 'leaf', 0), skills: '中英翻译|品牌文案|本地化', faqs: [['能帮忙起英文名吗？', '可以加购标语时一起，给三个并查重。']],
  },
  {
    id: 'lydia-contract', title: '商务合同与协议中英对照，条款编号一致', en: 'Bilingual contracts with matching clauses', category: 'translation',
    summary: '左右对照排好，编号、定义、附件都对得上。',
    about: ['采购、代理、保密、加工合同都常译。定义词首次出现加粗，全文一致。', '我只负责语言，不提供法律意见；有歧义的条款会标出来请律师看。', '- 双栏对照 Word\n- 附定义词表'],
    packages: [pack(780, 3, 1, '3,000 字以内'), pack(1880, 6, 2, '8,000 字以内|定义词表')],
    addOns: [addOn('盖章翻译件', 200, 1), addOn('当天交付', 500, -2)],
    form: [direction, source, count('thousands', '原文千字数', '千字', { included: 3, max: 40, eachYuan: 240 }), date('sign', '签约日期')],
    cover: cover('ledger', 'sea', 0), skills: '合同翻译|中英翻译', faqs: [['以哪个语言为准？', '这要在合同里写明，我会提醒您。']],
  },
  {
    id: 'lydia-listing', title: '跨境店铺商品标题与五点描述，英文重写', en: 'Rewritten English titles and bullet points', category: 'translation',
    summary: '按买家搜的词写，不堆词。',
    about: ['先看同类前三十名怎么写，列出买家真的在搜的词，再写标题和五点。', '每条不超过 200 字符，读得通顺，避开平台禁用词。', '- 后台搜索词另列一行\n- 尺寸公英制都写'],
    packages: [pack(260, 2, 1, '3 个商品'), pack(780, 4, 2, '10 个商品|搜索词'), pack(1980, 8, 2, '30 个商品|搜索词|图片文字')],
    addOns: [addOn('图片上的文字翻译', 150, 1)],
    form: [count('items', '商品数量', '个', { included: 3, max: 80, eachYuan: 70 }), choice('market', '市场', '北美|英国|澳洲'), longText('links', '商品资料')],
    cover: cover('words', 'fog', 0), skills: '本地化|商品文案', faqs: [['能写德语吗？', '固定搭档写，单独报价。']],
  },
  {
    id: 'lydia-proof', title: '英文稿件校对润色，改动留痕并写明理由', en: 'English proofreading with tracked changes', category: 'translation',
    summary: '您写我改，每处改动都看得到为什么。',
    about: ['适合自己写好、怕不地道的邮件、网站、演讲稿。', '用修订模式改，语法错直接改，表达问题写批注给两种说法。', '- 末尾给三条您常犯的错'],
    packages: [pack(180, 1, 1, '1,000 词以内'), pack(480, 2, 1, '3,000 词以内|常错小结')],
    addOns: [addOn('6 小时内交', 120)],
    form: [reader, count('words', '千词数', '千词', { included: 1, max: 20, eachYuan: 150 }), source],
    cover: cover('words', 'pine', 1), skills: '校对|润色', faqs: [['论文改吗？', '改语言，不改观点，不代写。']],
  },
  {
    id: 'lydia-subtitle', title: '短片中英字幕，听写、翻译、打轴一次完成', en: 'Chinese–English subtitles, timed', category: 'translation',
    summary: '工厂片、产地片、采访，方言也能听。',
    about: ['先听写中文给您核对，再译英文，最后打轴。一行不超过 42 个字母，读得完。', '四川、陕西、江浙口音听得懂，闽南话需要您帮忙听一遍。', '- 交 SRT 与双语表'],
    packages: [pack(200, 2, 1, '3 分钟以内'), pack(560, 4, 1, '10 分钟以内|双语表')],
    addOns: [addOn('压进视频', 80)],
    form: [count('minutes', '片长', '分钟', { included: 3, max: 90, eachYuan: 50 }), choices('speech', '语言情况', '普通话|方言 +100|英文'), files('video', '视频或链接')],
    cover: cover('video', 'sand', 0), skills: '字幕|中英翻译', faqs: [['能顺便翻片头文字吗？', '能，不另收。']],
  },
  {
    id: 'lydia-interpret', title: '线上会议陪同口译，提前一天对资料', en: 'Online consecutive interpreting', category: 'translation', state: 'draft',
    summary: '验厂、询价、技术讨论，两小时起。',
    about: ['口译前一天要资料和术语，当天提前二十分钟试音。', '会后两小时内给一页双方说定的事项。', '- 交替传译，不接同传'],
    packages: [pack(900, 1, 1, '2 小时|会后纪要'), pack(1600, 1, 1, '4 小时|会后纪要')],
    form: [text('topic', '会议主题'), date('day', '会议日期'), source],
    cover: cover('words', 'clay', 0), skills: '口译|中英翻译',
  },
])

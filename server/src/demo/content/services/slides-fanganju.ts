import { addOn, choice, choices, count, cover, date, files, longText, pack, servicesOf, text } from '../authoring.ts'

const material = files('material', '现有材料', 'PPT、Word、Excel、PDF', 20)
const audience = text('audience', '讲给谁听，讲多久')
const day = date('day', '用在哪天')
const pages = (included: number, eachYuan: number) => count('pages', '页数', '页', { included, max: 120, eachYuan })

export const fanganjuServices = servicesOf('fanganju', [
  {
    id: 'fanganju-pitch', title: '融资路演 PPT，梳理故事线与数据图表', en: 'Fund-raising deck with storyline and charts', category: 'pitch-deck',
    summary: '先交一页故事线，点头再画，16 页讲完。',
    about: ['投资人平均三分钟翻完一份材料。我们帮您删到 16 页：问题、方案、为什么是现在、账怎么算、要多少钱做什么。', '数字必须有出处，算不清的地方我们会问到您能答上来为止。', '- 含 8 到 12 页问答备用页\n- 全部可编辑，图表连着数据\n- 保密协议可先签', '我们不做虚假数据，也不代写商业计划里的财务承诺。'],
    packages: [pack(1500, 3, 2, '10 页美化|图表重画'), pack(4200, 7, 3, '16 页|故事线|图表|备用页 8 页'), pack(8800, 12, 4, '20 页|故事线|备用页 12 页|两次试讲陪练')],
    addOns: [addOn('英文版', 1600, 3), addOn('隔夜加急', 800, -2), addOn('一页纸摘要', 480, 1)],
    form: [text('project', '项目名称'), audience, pages(10, 120), choice('stage', '轮次', '种子|天使|A 轮|招商'), day, material],
    cover: cover('slides', 'sea', 0), skills: 'PPT 设计|故事线梳理|数据图表', faqs: [['能推荐投资人吗？', '不能，我们只管讲清楚。']],
  },
  {
    id: 'fanganju-franchise', title: '连锁品牌招商手册，把单店账算明白', en: 'Franchise brochure with honest unit economics', category: 'pitch-deck',
    summary: '加盟商关心的十二个问题，一页一个。',
    about: ['加盟商只关心：投多少、多久回、总部管什么。我们按这个顺序排。', '收益测算写清假设和最差情况，避免夸大宣传的风险。', '- PPT 与印刷 PDF 两版\n- 附招商会 20 分钟讲稿'],
    packages: [pack(2600, 6, 2, '16 页|单店模型一页'), pack(4800, 10, 3, '28 页|单店模型|讲稿|印刷版')],
    addOns: [addOn('招商长图', 480, 1)],
    form: [text('brand', '品牌名称'), count('stores', '现有门店', '家', { included: 10, max: 300, eachYuan: 10 }), material],
    cover: cover('slides', 'clay', 1), skills: 'PPT 设计|招商策划', faqs: [['没开过加盟可以做吗？', '可以做，但请先确认具备“两店一年”的条件。']],
  },
  {
    id: 'fanganju-report', title: '年终述职与部门汇报，数据讲成三句话', en: 'Year-end review in three sentences', category: 'work-report',
    summary: '一年的事压成十二页，老板看得进去。',
    about: ['把您的流水账给我们，两天回一页故事线：做成了什么、没做成什么、明年要什么。', '图表只留能推出结论的，一页一个结论，标题就是那句话。', '- 附逐页讲稿\n- 公司模板优先'],
    packages: [pack(680, 2, 2, '12 页美化'), pack(1480, 4, 3, '12 页|故事线|讲稿'), pack(2600, 6, 3, '24 页|故事线|讲稿|动画')],
    addOns: [addOn('今晚就要', 500, -1)],
    form: [text('position', '岗位与部门'), audience, pages(12, 60), day, material],
    cover: cover('slides', 'ink', 0), skills: 'PPT 设计|数据图表|讲稿', faqs: [['数据涉密怎么办？', '可用代号，交付后立即删除并回执。']],
  },
  {
    id: 'fanganju-template', title: '企业 PPT 模板与母版，同事用不坏', en: 'Company slide template that survives colleagues', category: 'slide-template',
    summary: '40 个版式，颜色字体锁在母版里。',
    about: ['好模板的标准是三个月后还整齐。颜色、字体、页脚都锁在母版，占位符对齐网格。', '含 40 个常用版式、60 个图标、8 种图表样式。', '- 附一小时线上培训和录屏\n- WPS 与 PowerPoint 都测过'],
    packages: [pack(1800, 6, 2, '20 个版式|母版'), pack(3600, 10, 3, '40 个版式|图标|图表样式|培训')],
    addOns: [addOn('同风格 Word 模板', 600, 2)],
    form: [text('company', '公司名称'), files('logo', '标志与品牌规范'), choices('need', '最常做的材料', '汇报|方案|培训|标书')],
    cover: cover('slides', 'fog', 1), skills: '企业模板|PPT 设计', faqs: [['没有品牌规范呢？', '我们先定三个颜色两款字，够用。']],
  },
  {
    id: 'fanganju-proposal', title: '投标方案演示稿，按评分表排页', en: 'Tender presentation ordered by the scoring sheet', category: 'pitch-deck',
    summary: '评委按表打分，我们按表排页。',
    about: ['先拆评分表，每个得分点对应哪一页、哪一句，做成对照表给您。', '15 分钟能讲完，重点页停留时间标好。', '- 附答疑十问\n- 开标前一天可改数字'],
    packages: [pack(1980, 4, 2, '20 页|得分点对照'), pack(3600, 7, 3, '35 页|对照表|讲稿|答疑十问')],
    addOns: [addOn('流程动画 3 段', 600, 1)],
    form: [text('tender', '项目名称'), pages(20, 70), day, material],
    cover: cover('slides', 'pine', 0), skills: 'PPT 设计|方案策划', faqs: [['标书正文写吗？', '不写技术标，只做演示。']],
  },
  {
    id: 'fanganju-chart', title: '复杂图表重画，一张图一个结论', en: 'Complex charts redrawn, one message each', category: 'work-report',
    summary: '流程、架构、对比、地图，画成能看懂的样子。',
    about: ['发来您觉得最难看的那张，我们先问“想让人看出什么”，再决定用什么图。', '矢量可编辑，配色按色弱友好来。', '- 单张也接'],
    packages: [pack(160, 1, 1, '2 张'), pack(560, 3, 2, '8 张'), pack(1200, 5, 2, '20 张|统一图例')],
    form: [count('charts', '图表数量', '张', { included: 2, max: 40, eachYuan: 70 }), longText('message', '每张想说明什么'), material],
    cover: cover('chart', 'sand', 0), skills: '数据图表|信息设计', faqs: [['能做动态的吗？', '可以逐步出现，不做花哨转场。']],
  },
  {
    id: 'fanganju-launch', title: '新品发布会主屏 PPT，超宽屏与倒计时', en: 'Launch event screens in ultra-wide format', category: 'pitch-deck',
    summary: '按现场屏幕点位做，提前一天到场试屏。',
    about: ['先要屏幕尺寸和点间距，字号按最后一排来。', '主屏、侧屏、倒计时、暖场循环一起做，现场有人控。', '- 北京现场支持，其他城市差旅按票据'],
    packages: [pack(5800, 10, 2, '主屏 40 页|暖场循环'), pack(9800, 15, 3, '主屏与侧屏|视频串联|现场控屏')],
    addOns: [addOn('多一次彩排', 800)],
    form: [text('event', '发布会名称'), text('screen', '屏幕尺寸'), day, material],
    cover: cover('slides', 'rose', 1), skills: 'PPT 设计|动画演示', faqs: [['视频也做吗？', '剪接串联可以，拍摄请另找。']],
  },
  {
    id: 'fanganju-english', title: '中文 PPT 改英文版，版面跟着字长重排', en: 'English edition of a Chinese deck', category: 'work-report',
    summary: '译文与排版一起做，不出现挤成一团的页。',
    about: ['英文比中文长六成，直接替换必乱。我们译完重排，每页字数控制在原来的感觉。', '专有名词先给对照表。', '- 讲者备注一起译'],
    packages: [pack(900, 3, 2, '12 页'), pack(2200, 6, 2, '30 页|对照表|讲者备注')],
    form: [pages(12, 75), audience, material],
    cover: cover('slides', 'leaf', 1), skills: 'PPT 设计|中英翻译', faqs: [['译者是谁？', '固定合作的笔译，理工和商务各一位。']],
  },
])

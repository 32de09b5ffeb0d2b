import { addOn, choice, choices, count, cover, files, longText, optional, pack, servicesOf, text } from '../authoring.ts'

const name = text('name', '标志上的名字', '中文、英文或两者')
const story = longText('story', '这个名字是怎么来的')
const likes = optional(longText('likes', '喜欢和不喜欢的标志各举一个'))

export const linyuServices = servicesOf('linyu', [
  {
    id: 'linyu-logo', title: '原创 Logo 设计，手绘起稿，附商标近似检索', en: 'Original logo, sketched by hand, with a trademark check', category: 'logo',
    summary: '先看铅笔草图再上电脑，三个方向，各有道理。',
    about: ['我先花半天了解您卖什么、谁来买，再画二三十张草图，挑三个给您看，并写清每个为什么。', '定下方向后细化曲线，做横版、竖版、单色、反白，缩到 16 像素和放到门头都检查一遍。', '- 附公开商标库的近似检索，列出风险，不代表一定能注册\n- 不用图库素材，不用生成图片直接交稿'],
    packages: [pack(980, 5, 2, '2 个方向草图|1 个定稿|矢量源文件'), pack(1980, 8, 3, '3 个方向草图|横竖与单色版本|商标近似检索'), pack(3600, 12, 4, '3 个方向|完整版本|检索报告|8 页使用说明')],
    addOns: [addOn('名片一款', 200, 1), addOn('动态标志 3 秒', 680, 3)],
    form: [name, choice('class', '主要经营类别', '餐饮|食品|零售|教育|科技|手工'), story, likes],
    cover: cover('brand', 'pine', 0), skills: 'Logo 设计|字体设计', faqs: [['不满意怎么办？', '草图阶段三个方向都不对，我会再画一轮，不算修改。'], ['能直接注册商标吗？', '我只做近似提示，注册请找商标代理人。']],
  },
  {
    id: 'linyu-calligraphy', title: '手写书法字标，茶、酒、民宿与国风品牌', en: 'Brush-written wordmarks', category: 'logo',
    summary: '真笔真纸写出来，扫描后修成矢量，不是字库字。',
    about: ['每个名字我会写四十张左右，行、楷、隶各试，选六张给您挑。', '选定后高精度扫描，修掉飞白里的脏点，保留笔意，再配一款安静的小字。', '- 原稿可寄给您装裱\n- 四字以内为一份，更多按字加'],
    packages: [pack(720, 3, 1, '6 张备选|1 个矢量字标'), pack(1480, 6, 2, '12 张备选|横竖两版|配套英文字体建议')],
    addOns: [addOn('原稿顺丰寄出', 60), addOn('朱文印章一枚（设计稿）', 280, 1)],
    form: [text('words', '要写的字'), choice('style', '偏好的书体', '行书|楷书|隶书|听您的'), count('characters', '字数', '字', { included: 4, max: 12, eachYuan: 120 })],
    cover: cover('words', 'sand', 0), skills: '书法字标|字体设计', faqs: [['可以写得像某位名家吗？', '不模仿具体的人，可以说感觉：厚一点、松一点。']],
  },
  {
    id: 'linyu-redraw', title: 'Logo 矢量重绘与修正，当天交源文件', en: 'Same-day vector redraw', category: 'logo',
    summary: '只有图片没有源文件？照原样描成矢量，歪的地方顺手扶正。',
    about: ['把位图标志描成干净的矢量，节点不多不少，厂家能直接用。', '如果原图两边不对称、间距不匀，我会给一个修正版供您选择，原样版也一起交。', '- 交付 AI、SVG、PDF、透明 PNG\n- 文字会尽量找到原字体并告知授权情况'],
    packages: [pack(120, 1, 1, '原样重绘|四种格式'), pack(280, 2, 2, '原样与修正版|单色与反白|配色值')],
    addOns: [addOn('2 小时加急', 100)],
    form: [files('image', '现有标志图片'), optional(text('use', '用在哪里'))],
    cover: cover('brand', 'fog', 0), skills: 'Logo 设计|矢量绘制', faqs: [['截图能描吗？', '能，但请尽量找大一点的。']],
  },
  {
    id: 'linyu-mascot', title: '店铺吉祥物：三视图加 12 个聊天表情', en: 'Shop mascot with three views and 12 stickers', category: 'mascot',
    summary: '一个能贴在杯子上、也能发在群里的小家伙。',
    about: ['先定性格再画样子：它会说什么话，绝不会说什么话。', '三视图给做玩偶、做充气模型的厂家用；表情按聊天平台的规格出静态和动态。', '- 含一页“怎么用、别怎么用”\n- 表情文案一起写'],
    packages: [pack(1800, 8, 2, '形象定稿|三视图|4 个动作'), pack(3200, 14, 3, '三视图|12 个静态表情|6 个动作'), pack(5200, 20, 3, '三视图|16 个动态表情|节日装扮 4 套')],
    addOns: [addOn('玩偶打样图', 480, 3)],
    form: [text('shop', '店名或品牌'), longText('character', '它是什么性格'), choice('base', '原型', '动物|食物|人物|还没想好')],
    cover: cover('scene', 'leaf', 1), skills: '插画|吉祥物设计', faqs: [['表情上架您负责吗？', '文件按规格给齐，上架用您的账号，我录屏教。']],
  },
  {
    id: 'linyu-illustration', title: '产品故事插画，一幅到一组，可商用', en: 'Product story illustrations', category: 'mascot',
    summary: '水彩线描，画茶园、渔港、老街，用在包装和墙面。',
    about: ['先看一张黑白构图，认可后上色，免得上完色再改大结构。', '默认尺寸 A3、350 dpi；上墙请说明，我按比例画。', '- 商用授权写进交付说明：用途、期限、独家与否'],
    packages: [pack(800, 5, 1, '1 幅 A3|非独家商用'), pack(2100, 10, 2, '3 幅成组|独家商用'), pack(3900, 18, 2, '6 幅成组|独家商用|拆分元素')],
    addOns: [addOn('上墙大幅 2 米以上', 900, 4)],
    form: [longText('scene', '画面里要有什么'), choice('use', '用途', '包装|墙面 +200|推文|礼品'), files('photos', '实景照片')],
    cover: cover('scene', 'sand', 0), skills: '插画|水彩', faqs: [['能按照片画人吗？', '可以，请先得到本人同意。']],
  },
  {
    id: 'linyu-cards', title: '名片、信封、工牌：小公司办公应用 8 件', en: 'Eight office items from card to badge', category: 'print',
    summary: '拿着现有标志来，两三天把纸面上的东西做齐。',
    about: ['名片、信纸、信封、工牌、便签、文件袋、邮件签名、开票信息卡，一次做齐。', '纸张给两档建议：好看的和划算的，各写大概单价。', '- 姓名职务做成表格合并，添人不用再改稿'],
    packages: [pack(460, 3, 2, '4 件|印刷文件'), pack(860, 5, 2, '8 件|合并模板|纸张建议')],
    addOns: [addOn('英文版', 200, 1)],
    form: [text('company', '公司名称'), files('logo', '标志源文件'), choices('items', '优先要的', '名片|信封|工牌|文件袋|邮件签名')],
    cover: cover('brand', 'sea', 1), skills: '排版|印刷物料', faqs: [['没有标志源文件呢？', '先做一份矢量重绘，一百来块钱。']],
  },
  {
    id: 'linyu-font', title: '品牌专用数字与价签字体，含 40 个字符', en: 'A 40-glyph numeral font for price tags', category: 'logo',
    summary: '价签上的数字也能认出是您家。',
    about: ['小店最常出现的字其实是数字。做一套自己的价签数字：0–9、¥、元、折、斤、两、份等 40 个字符。', '字体文件安装即用，表格和标签打印机都能识别。', '- 等宽数字，价签对得齐\n- 授权给您一家使用，永久'],
    packages: [pack(2400, 12, 2, '40 个字符|OTF 与 WOFF2'), pack(4200, 20, 3, '两种字重|80 个字符|价签模板')],
    form: [text('brand', '品牌名称'), choice('weight', '粗细', '常规|粗黑|圆体'), files('tag', '现在的价签照片')],
    cover: cover('words', 'ink', 1), skills: '字体设计', state: 'in_review',
  },
])

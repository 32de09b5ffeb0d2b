import { addOn, choice, choices, count, cover, date, files, longText, optional, pack, servicesOf, text } from '../authoring.ts'

const brandName = text('brand', '品牌名称')
const product = text('product', '产品与规格', '例如：明前龙井 100 g 罐装')
const references = files('references', '参考与现有资料')

export const shiguangServices = servicesOf('shiguang', [
  {
    id: 'shiguang-vi', title: '餐饮品牌 Logo 与门店 VI 设计，含落地物料', en: 'Restaurant logo and store identity with print-ready items', category: 'vi',
    summary: '从标志到招牌、菜单、外带包装，一家店开业要用的一次做齐。',
    about: ['适合新开或准备翻新的餐饮小店。我们先用 20 分钟语音了解菜单、客群和门头条件，再出方向草图，确认后才细化。', '所有文件可直接交给招牌厂和印厂：含尺寸、材质建议、四色与专色值。', '- 交付：AI、PDF、PNG 与字体授权说明\n- 版权：付清后归您\n- 不含：招牌制作与安装、菜品拍摄', '门头有物业规定的，请把规定一起发来，我们按规定出图，免得返工。'],
    packages: [pack(1280, 3, 2, '2 套 Logo 方案|标准色与字体|AI、PDF 源文件'), pack(3680, 7, 4, '3 套 Logo 方案|门店招牌效果图|物料 8 项|标准色与字体|源文件'), pack(6800, 14, 6, '4 套 Logo 方案|完整 VI 手册|物料 20 项|菜单与价目表|两次线上评审')],
    addOns: [addOn('加急，提前 2 天', 600, -2), addOn('商标近似检索，第 30、43 类', 300), addOn('单页菜单设计', 480, 1)],
    form: [brandName, choice('trade', '所属行业', '中餐|面馆|烘焙甜品|茶饮咖啡|火锅烧烤'), choices('items', '要落地的物料', '门头招牌|菜单 +200|外卖包装 +300|员工服 +180|会员卡 +80'), count('stores', '门店数量', '家', { included: 1, max: 10, eachYuan: 200 }), references],
    cover: cover('brand', 'clay', 3), skills: 'VI 设计|Logo 设计|印前制作', faqs: [['只有一间 12 平的小店，做标准套餐会不会浪费？', '小店用得最多的是招牌、菜单和外卖贴纸，标准套餐正好覆盖。只换招牌，选基础就够。'], ['能开专票吗？', '可以开 1% 或 3% 的票，下单时写明抬头。']],
  },
  {
    id: 'shiguang-box', title: '茶叶与节令礼盒包装设计，三款成套出刀版', en: 'Gift box series for tea and seasonal food, with die lines', category: 'packaging',
    summary: '大中小一套，结构、平面、效果图到印厂文件，打样时我们跟。',
    about: ['礼盒最容易坏在结构上：内托松、开合卡、运输压角。我们先做白样，再画图案。', '一套通常分三段：风格提案、结构与平面、印刷文件与打样跟进。每段单独付款和验收。', '- 每款含结构图、平面展开、两张效果图\n- 烫金、击凸、专色分版标清楚\n- 打样阶段看两次样，写修正意见', '印刷和打样的费用由您直接付给印厂，我们可以推荐，也可以用您自己的。'],
    packages: [pack(2600, 8, 2, '单款礼盒|结构图与刀版|平面展开|2 张效果图'), pack(6800, 15, 2, '两款成套|共用内托方案|刀版与分版|4 张效果图'), pack(12800, 25, 3, '三款成套与手提袋|白样确认|分版与打样跟进|8 张效果图')],
    addOns: [addOn('手提袋一款', 600, 2), addOn('到印厂现场看样一次（江浙沪）', 800), addOn('封套或腰封', 360, 1)],
    form: [brandName, product, optional(count('sizes', '套餐之外另加礼盒', '款', { included: 0, max: 6, eachYuan: 1800 })), choices('craft', '想用的工艺', '烫金|击凸|局部 UV|特种纸|磁吸', 3), date('print', '计划下印日期'), references],
    cover: cover('shop', 'pine', 1), skills: '包装设计|印前制作|结构设计', faqs: [['起印量多少合适？', '精装盒一般 500 个起比较划算，更少建议用卡盒加腰封。'], ['能保证和屏幕颜色一样吗？', '不能，所以一定要打样，我们会在合同样上签字。']],
  },
  {
    id: 'shiguang-label', title: '瓶标、罐贴与不干胶标签，一底多味套版', en: 'Bottle labels: one master, many flavours', category: 'packaging',
    summary: '果酱、辣酱、蜂蜜、精酿，同一底标换一块色就是新口味。',
    about: ['小批量最怕每个口味单独做版。我们把公共部分放在一块底版上，口味只换一块色和一行字。', '国标要的配料、净含量、执行标准、生产许可位置都会留好，字号按规定来，文字由您提供并核对。', '- 圆瓶、锥瓶会做展开校正\n- 给不干胶厂的模切线单独一层'],
    packages: [pack(680, 3, 2, '1 个口味|模切线|效果图 1 张'), pack(1680, 5, 3, '4 个口味套版|效果图 4 张|源文件'), pack(2980, 8, 3, '8 个口味套版|封口贴与外箱唛头|源文件')],
    addOns: [addOn('锥形瓶展开校正', 180), addOn('外箱唛头', 220, 1)],
    form: [brandName, product, optional(count('flavours', '套餐之外另加口味', '个', { included: 0, max: 16, eachYuan: 160 })), choice('bottle', '瓶型', '直筒圆瓶|锥形瓶 +120|方瓶|罐'), references],
    cover: cover('shop', 'rose', 0), skills: '包装设计|标签设计|印前制作', faqs: [['营养成分表您们算吗？', '不算，需要检测机构的数据，我们负责排版。']],
  },
  {
    id: 'shiguang-refresh', title: '老招牌翻新：沿用旧标重绘，补一本 12 页规范', en: 'Redraw an old mark and write a 12-page guide', category: 'vi',
    summary: '不推倒重来，把用了多年的标志修清楚、定下规矩。',
    about: ['很多老店的标志只剩一张照片。我们把它重描成矢量，修正歪斜和粗细，老客人仍认得出来。', '规范只写用得上的：留白、最小尺寸、深浅底、单色、错误用法。', '- 先交一页新旧对比给您看\n- 门头、名片、包装各示范一例'],
    packages: [pack(1600, 5, 2, '标志矢量重绘|黑白反白版本|新旧对比页'), pack(2900, 9, 3, '12 页规范|3 个应用示范|源文件')],
    addOns: [addOn('门头改造效果图', 420, 1), addOn('多一个副品牌锁定版本', 380, 1)],
    form: [brandName, files('oldmark', '现有标志或照片'), longText('keep', '一定要留下的是什么', '例如：麦穗、红色、老板写的字')],
    cover: cover('brand', 'sea', 2), skills: 'VI 设计|Logo 设计', faqs: [['只有一张模糊的门头照行吗？', '行，正面拍清楚就能描。']],
  },
  {
    id: 'shiguang-menu', title: '菜单与价目表重排，点得快、看得清', en: 'Menu redesign that reads quickly', category: 'print',
    summary: '按点单习惯重排品类，字号够大，后厨名称统一。',
    about: ['菜单不是画册。我们先问您三件事：最想卖的、毛利最高的、出餐最慢的，然后才排版。', '可做墙面灯箱、桌面折页、手机长图三种尺寸，同一套内容，改价一次全改。', '- 交付可编辑文件，改价不用再找我们'],
    packages: [pack(480, 3, 2, '单面菜单|改价模板'), pack(980, 5, 3, '折页加墙面菜单|手机长图|改价模板')],
    addOns: [addOn('菜名英文', 260, 1), addOn('手绘小插图 6 个', 540, 2)],
    form: [text('shop', '店名'), count('dishes', '菜品数量', '道', { included: 40, max: 160, eachYuan: 5 }), choice('form', '主要形式', '墙面灯箱|桌面折页 +120|台卡'), files('menu', '现有菜单或菜品清单')],
    cover: cover('brand', 'sand', 0), skills: '排版|印刷物料', faqs: [['菜品照片包含吗？', '不含，可以用现有照片，我们会统一调色。']],
  },
  {
    id: 'shiguang-poster', title: '新品上市海报三件套：门店、朋友圈、外卖店头', en: 'Launch posters in three sizes', category: 'print',
    summary: '一个主画面三种尺寸，两天出稿。',
    about: ['新品上市只要三张图：门口的易拉宝、朋友圈的竖图、外卖平台的店头。', '文案您给要点，我们压到一句主话加三条事实。', '- 含一次改字，改字不算修改次数'],
    packages: [pack(360, 2, 1, '3 个尺寸|JPG 与印刷 PDF'), pack(880, 4, 2, '3 张不同主画面|9 个尺寸|源文件')],
    addOns: [addOn('当天交付', 300, -1), addOn('动态海报 6 秒', 380, 1)],
    form: [text('product', '新品名称'), longText('facts', '价格、时间、卖点各是什么'), files('photo', '产品照片')],
    cover: cover('scene', 'pine', 0), skills: '海报设计|排版', faqs: [['没有产品照片怎么办？', '可以用插画，或先在平台上约一位摄影师。']],
  },
  {
    id: 'shiguang-sign', title: '门头招牌与灯箱设计，按物业规定出施工图', en: 'Shopfront sign with construction drawing', category: 'signage',
    summary: '发三张照片和一个宽度，出白天夜晚效果和施工图。',
    about: ['请您站在街对面拍一张正面、左右各一张侧面，再量一下可装宽度和高度。', '我们给白天、夜晚两张效果图，确认后出施工图：字高、出挑、发光方式、走线位置。', '- 可与您的招牌厂直接对图一次\n- 不含现场测量，需要请选加购'],
    packages: [pack(580, 3, 2, '日夜效果图|尺寸图'), pack(1280, 5, 3, '门头与侧招|施工图|与工厂对图')],
    addOns: [addOn('杭州主城现场测量', 300, 1), addOn('橱窗贴与营业时间牌', 260, 1)],
    form: [text('shop', '店名'), count('width', '门头宽度', '米', { included: 6, max: 20, eachYuan: 60 }), choice('light', '发光方式', '背发光字|灯箱|不发光|听建议'), files('photos', '门头照片')],
    cover: cover('space', 'clay', 0), skills: '导视设计|施工图', faqs: [['城管审批需要的图能出吗？', '能，按当地要求的比例出一张报审图。']],
  },
  {
    id: 'shiguang-takeaway', title: '外卖包装一整套：餐盒腰封、打包袋、封口贴', en: 'Takeaway packaging set', category: 'packaging',
    summary: '不换餐盒也能认出是您家，用得起的外卖包装。',
    about: ['外卖包装要便宜、好套、耐油。我们优先做腰封和封口贴，打包袋只印单色。', '先报一页单价估算：每单包装成本增加多少，您觉得值再往下做。', '- 各件按常用餐盒尺寸出刀版\n- 油渍位置避开文字'],
    packages: [pack(980, 4, 2, '腰封与封口贴|刀版'), pack(1980, 7, 3, '腰封、封口贴、打包袋|单价估算|效果图')],
    addOns: [addOn('筷套与湿巾', 220, 1), addOn('感谢卡一张', 160)],
    form: [brandName, choices('pieces', '需要的件', '腰封|封口贴|打包袋 +200|杯套 +150'), text('container', '现用餐盒尺寸'), optional(references)],
    cover: cover('shop', 'sand', 1), skills: '包装设计|印前制作', faqs: [['可以直接帮忙下单印刷吗？', '印刷合同请您与印厂签，我们给文件并对色。']],
  },
  {
    id: 'shiguang-handbook', title: '连锁店开店物料手册，新店照着做就行', en: 'Opening manual for chain stores', category: 'vi',
    summary: '把招牌、物料、陈列、活动写成一本手册，加盟和直营共用。',
    about: ['从第二家店开始，最费神的是“按上次那样做”。我们把上次那样写下来。', '手册按开店顺序排：签约后第一周做什么、装修进场前交什么图、开业前三天贴什么。', '- 每页都有文件下载名，和文件夹一一对应\n- 预留您自己补充的空白页'],
    packages: [pack(4800, 12, 2, '40 页以内手册|文件夹整理'), pack(8600, 20, 3, '80 页以内手册|20 项物料母版|一次培训')],
    addOns: [addOn('印刷 5 本样书', 600, 5)],
    form: [brandName, count('stores', '现有门店', '家', { included: 5, max: 60, eachYuan: 80 }), longText('pain', '开新店最常出的错')],
    cover: cover('brand', 'ink', 1), skills: 'VI 设计|排版', state: 'draft',
  },
])

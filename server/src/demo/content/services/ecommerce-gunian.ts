import { addOn, choice, choices, count, cover, date, files, longText, optional, pack, servicesOf, text } from '../authoring.ts'

const item = text('item', '产品名称与型号')
const platform = choice('platform', '主要平台', '天猫淘宝|京东|抖店|拼多多|跨境独立站')
const photos = files('photos', '产品照片', 'JPG、PNG、RAW、ZIP', 20)
const points = longText('points', '三个最重要的卖点', '有检测报告或数据请一起写')

export const gunianServices = servicesOf('gunian', [
  {
    id: 'gunian-detail', title: '日用百货详情页 7 屏起，卖点画成看得见的样子', en: 'Product page of seven screens for household goods', category: 'detail-page',
    summary: '先定每一屏回答哪个问题，再动手画，48 小时见初稿。',
    about: ['我们把客服最近一百条咨询看一遍，排出买家真正问的七个问题，一屏答一个。', '初稿 48 小时内给；文案由我们起草，您核对参数。', '- 违禁词、极限词上线前过一遍\n- 手机端字号不小于 24 像素\n- 不含拍摄，照片不够会提前说'],
    packages: [pack(480, 2, 2, '7 屏详情|文案起草'), pack(880, 3, 3, '12 屏详情|5 张主图|文案起草'), pack(1680, 5, 4, '16 屏详情|5 张主图|建模渲染 1 个|SKU 图')],
    addOns: [addOn('24 小时加急', 200, -1), addOn('SKU 图 10 张', 150), addOn('卖点小动画 2 个', 260, 1)],
    form: [item, platform, points, count('screens', '详情屏数', '屏', { included: 7, max: 25, eachYuan: 45 }), photos],
    cover: cover('shop', 'rose', 2), skills: '详情页设计|文案|产品精修', faqs: [['只有手机拍的照片可以吗？', '可以先发来看，清楚、光线平就行，不行我们直说。'], ['改版以后还能找您们改字吗？', '三十天内改字免费，换图按屏算。']],
  },
  {
    id: 'gunian-food-detail', title: '食品详情页：配料、产地、吃法一次讲清', en: 'Food product pages that explain origin and use', category: 'detail-page',
    summary: '不夸大、合广告法，让人看完知道怎么吃、值不值。',
    about: ['食品的详情最怕说过头。我们不写功效，只写看得见的：产地、工艺、克重、保存、吃法。', '每一个数字都要您给出处，页脚列检测报告编号。', '- 含营养成分表和配料表排版\n- 吃法步骤用插画或实拍二选一'],
    packages: [pack(680, 3, 2, '9 屏详情|配料表排版'), pack(1280, 5, 3, '14 屏详情|5 张主图|吃法插画')],
    addOns: [addOn('产地地图插画', 240, 1), addOn('礼盒装组合图 4 张', 180)],
    form: [item, platform, longText('origin', '产地与做法'), files('reports', '检测报告与证照'), photos],
    cover: cover('shop', 'clay', 0), skills: '详情页设计|食品文案', faqs: [['“有机”可以写吗？', '有有效证书才写，并附证书编号。']],
  },
  {
    id: 'gunian-main', title: '点击测试用主图 5 张一组，两种构图', en: 'Five main images in two layouts for testing', category: 'main-image',
    summary: '同一产品出两种构图，方便您自己比点击。',
    about: ['一组 5 张：首图、功能、尺寸、场景、包装。首图出两种构图，您上架各跑几天。', '我们看同类前 40 名的主图，告诉您哪些已经用滥了。', '- 白底图单独给一张\n- 800 与 1440 两种尺寸'],
    packages: [pack(200, 1, 1, '5 张主图|白底图'), pack(360, 2, 2, '5 张主图|首图两种构图|同类观察一页')],
    addOns: [addOn('首图再加一种构图', 60), addOn('3:4 竖图', 90)],
    form: [item, platform, text('first', '首图最想说的一句话'), photos],
    cover: cover('photo', 'sea', 0), skills: '主图设计|产品精修', faqs: [['点击率能保证吗？', '不能，能保证的是两种构图差别够大，测得出结果。']],
  },
  {
    id: 'gunian-store', title: '店铺首页与分类页装修，按场景带路', en: 'Storefront home and category pages', category: 'storefront',
    summary: '手机三屏到底，按用在哪里分，不按品名分。',
    about: ['首页不是海报墙。我们按“厨房、浴室、出门”这样的场景排，让人两下点到想要的。', '装修模块都用平台自带的，换季您自己能换图。', '- 含手机端首页、3 个分类页、店招\n- 上传装修好，不是只给图'],
    packages: [pack(980, 4, 2, '手机首页|店招|上传装修'), pack(1980, 7, 3, '首页|5 个分类页|会员页|上传装修')],
    addOns: [addOn('电脑端同步', 400, 2), addOn('季节换肤一套', 500, 2)],
    form: [text('shop', '店铺名称'), platform, count('pages', '分类页数量', '个', { included: 3, max: 12, eachYuan: 150 }), optional(longText('lead', '想主推的三个产品'))],
    cover: cover('space', 'sand', 0), skills: '店铺装修|界面设计', faqs: [['需要给子账号吗？', '需要，只开装修权限，做完您收回。']],
  },
  {
    id: 'gunian-campaign', title: '大促会场整套：首页、海报、优惠券与倒计时', en: 'Campaign set for sale season', category: 'campaign',
    summary: '年货节、618、双 11，一个主视觉铺到每个位置。',
    about: ['先定一张主视觉，再铺到首页、详情关联、优惠券、直播间、推送图。', '活动规则容易写错，我们做一张规则表请您逐条签字。', '- 时间轴排好：预热、开门、返场各换哪些图\n- 活动期间改价 2 小时内出图'],
    packages: [pack(1600, 4, 2, '主视觉|首页|优惠券'), pack(3200, 7, 3, '主视觉|预热、开门、返场三套|详情关联|直播间背景')],
    addOns: [addOn('活动期间值守 3 天', 900), addOn('短信与推送图文案', 200)],
    form: [text('shop', '店铺名称'), text('event', '哪个活动'), date('open', '开门日期'), longText('rules', '优惠规则')],
    cover: cover('shop', 'ink', 2), skills: '店铺装修|活动策划|海报设计', faqs: [['提前多久找您们？', '最好三周，最晚十天。']],
  },
  {
    id: 'gunian-live', title: '直播间背景、贴片与价格手牌', en: 'Live room background, overlays and price boards', category: 'campaign',
    summary: '绿幕或实景都能用，价格手牌可以自己改数字。',
    about: ['直播间背景要让出人和货的位置，我们按您机位的截图来画。', '贴片含正在讲解、下一个、满减、问答四种；手牌给可改数字的模板。', '- 绿幕背景给 1080 与 4K\n- 试播时在线调一次颜色'],
    packages: [pack(320, 2, 2, '背景 1 张|贴片 4 个'), pack(720, 3, 3, '背景 3 张|贴片 8 个|手牌模板')],
    addOns: [addOn('动态背景循环 10 秒', 360, 2)],
    form: [text('room', '直播间名称'), choice('mode', '背景方式', '绿幕|实景喷绘 +80|电视屏'), files('shot', '机位截图')],
    cover: cover('video', 'leaf', 1), skills: '直播间设计', faqs: [['喷绘你们印吗？', '给印刷文件，找本地喷绘店更快更便宜。']],
  },
  {
    id: 'gunian-retouch', title: '产品精修：去尘、校色、补光影，按张计', en: 'Product retouching by the image', category: 'main-image',
    summary: '金属、玻璃、织物各有修法，先试修一张。',
    about: ['第一张免费试修，您觉得可以再下单。', '校色以您寄来的色卡或实物照片为准；织物只理平，不改纹理。', '- 交分层 PSD 与透明 PNG\n- 一天能修 30 张'],
    packages: [pack(150, 1, 1, '10 张普通精修'), pack(390, 2, 2, '30 张普通精修'), pack(900, 4, 2, '30 张金属或玻璃精修|补光影')],
    addOns: [addOn('加投影与倒影', 80), addOn('换 5 个颜色', 100)],
    form: [choice('material', '材质', '塑料|织物|金属 +60|玻璃 +60|食品'), count('images', '张数', '张', { included: 10, max: 300, eachYuan: 13 }), photos],
    cover: cover('photo', 'fog', 1), skills: '产品精修|校色', faqs: [['能把旧款修成新款吗？', '改颜色可以，改结构建议重拍。']],
  },
  {
    id: 'gunian-render', title: '家居小物建模渲染，没有样品也能出图', en: '3D rendering from drawings', category: 'main-image',
    summary: '凭图纸或样机照片建模，白底、场景、爆炸图都可以。',
    about: ['新品还在开模，图先要上。给我们三视图或结构文件，五天出白底图。', '材质先出一张小样给您认，确认后批量渲染，改角度不加钱。', '- 模型文件归您\n- 爆炸图可以标零件名'],
    packages: [pack(900, 5, 2, '1 个产品建模|3 个角度'), pack(1900, 8, 3, '1 个产品|8 个角度|2 个场景'), pack(3600, 14, 3, '3 个产品|12 个角度|爆炸图|旋转动画')],
    addOns: [addOn('爆炸图', 380, 1), addOn('旋转动画 8 秒', 520, 2)],
    form: [item, choice('source', '能提供的资料', '三维文件|三视图 +200|只有照片 +500'), choices('surface', '表面材质', '磨砂|亮面|金属|木纹|布艺'), files('drawings', '图纸', 'STEP、PDF、图片')],
    cover: cover('shop', 'pine', 1), skills: 'C4D 建模|渲染', faqs: [['渲染图能当实物图用吗？', '请在页面注明效果图，我们会留位置。']],
  },
  {
    id: 'gunian-crossborder', title: '跨境店铺英文图文改版，按海外习惯重排', en: 'English listings redone for overseas buyers', category: 'detail-page', state: 'paused',
    summary: '不是把中文换成英文，是把顺序换过来。',
    about: ['海外买家先看尺寸、材质、保修，再看氛围。我们按这个顺序重排。', '英文由合作译者写，单位换成英寸和磅，附公制。', '- 主图 7 张、图文 5 屏\n- 文件名按上传要求整理'],
    packages: [pack(980, 5, 2, '7 张主图|英文文案'), pack(1780, 8, 3, '7 张主图|5 屏图文|对比表')],
    addOns: [addOn('德文或日文一版', 480, 3)],
    form: [item, choice('market', '目标市场', '北美|欧洲|日本|东南亚'), photos],
    cover: cover('shop', 'sea', 0), skills: '详情页设计|本地化',
  },
])

import { addOn, choice, choices, count, cover, date, longText, optional, pack, servicesOf, text } from '../authoring.ts'

const product = text('product', '产品名称')
const send = choice('send', '样品怎么来', '快递寄棚|自己送到东莞|上门拍 +600')
const background = choices('background', '背景', '白底|浅灰|场景布置 +200|黑底', 2)

export const mubaiServices = servicesOf('mubai', [
  {
    id: 'mubai-white', title: '产品白底图寄拍，24 张一组，金属反光专修', en: 'White-background set of 24, metal reflections handled', category: 'product-photo',
    summary: '收到样品三天出图，每个产品六个角度。',
    about: ['样品到棚当天拍照登记，您在订单里能看到。每个产品六个角度，统一裁切。', '金属和亮面反光会单独布光，不靠后期硬抹。', '- 交 3000 像素 JPG 与分层文件\n- 拍完按原样打包寄回，运费到付'],
    packages: [pack(880, 3, 1, '8 张|1 到 2 个产品'), pack(2160, 5, 2, '24 张|4 个产品|精修'), pack(3960, 8, 2, '48 张|8 个产品|精修|细节特写')],
    addOns: [addOn('加急 48 小时', 400, -2), addOn('透明底 PNG', 120), addOn('细节特写 6 张', 300, 1)],
    form: [product, count('items', '产品数量', '个', { included: 2, max: 40, eachYuan: 180 }), send, optional(longText('angle', '一定要有的角度'))],
    cover: cover('photo', 'ink', 0), skills: '产品摄影|产品精修|布光', faqs: [['样品弄坏了怎么办？', '到棚有登记，拍摄中损坏照价赔。']],
  },
  {
    id: 'mubai-scene', title: '生活场景图，自建布景，一次拍四种季节', en: 'Lifestyle scenes built in the studio', category: 'product-photo',
    summary: '木桌、窗光、绿植都有，四季道具随您挑。',
    about: ['棚里常备三十多套台面和布，四季道具成箱。先给您一张情绪板，勾选后布景。', '同机位换道具拍四季，换季只换图。', '- 布景道具不另收\n- 有特殊食材或鲜花按票据结'],
    packages: [pack(1200, 4, 1, '6 张|1 个场景'), pack(2680, 6, 2, '16 张|3 个场景'), pack(4600, 9, 2, '32 张|四季 4 套')],
    addOns: [addOn('手模一位', 300), addOn('竖版短视频 2 条', 600, 2)],
    form: [product, choice('mood', '感觉', '干净明亮|温暖日常|深色质感|新中式'), count('items', '产品数量', '个', { included: 2, max: 20, eachYuan: 220 }), send],
    cover: cover('photo', 'sand', 1), skills: '产品摄影|布光', faqs: [['可以线上看拍摄吗？', '可以，约好时间开视频，现场调整。']],
  },
  {
    id: 'mubai-glass', title: '透明瓶与饮料拍摄，水珠气泡都是真的', en: 'Bottles and drinks with real droplets', category: 'product-photo',
    summary: '酒、气泡水、蜂蜜，通透有冰感。',
    about: ['玻璃难在边缘。我们用明场、暗场各拍一遍再合成，边线清楚又通透。', '水珠是喷的，气泡是现开的，冰块是亚克力的，不会化。', '- 瓶标皱了会先换新标\n- 请多寄两瓶备用'],
    packages: [pack(1080, 4, 1, '4 张|1 种瓶型'), pack(2380, 6, 2, '12 张|3 种口味|飞溅 2 张')],
    addOns: [addOn('飞溅特写', 480, 1)],
    form: [product, count('bottles', '瓶型数量', '种', { included: 1, max: 8, eachYuan: 320 }), background, send],
    cover: cover('photo', 'sea', 0), skills: '产品摄影|布光|产品精修', faqs: [['空瓶能拍吗？', '能，颜色后期加，但灌满更自然。']],
  },
  {
    id: 'mubai-dish', title: '菜品拍摄半天二十道，外卖与菜单通用', en: 'Twenty dishes in half a day', category: 'scene-photo',
    summary: '跟着后厨节奏拍，出锅三分钟内按快门。',
    about: ['您排好出菜顺序，我们架两组光，热菜一组冷菜一组，不等菜凉。', '每道菜一张 45 度、一张俯拍，外卖平台的裁切留好。', '- 半天约二十道\n- 不用胶水和假油，拍完能吃'],
    packages: [pack(1680, 3, 1, '20 道|40 张'), pack(2980, 5, 2, '40 道|80 张|门店环境 6 张')],
    addOns: [addOn('菜单排版', 480, 2), addOn('动图 6 个', 360, 1)],
    form: [text('shop', '店名'), text('address', '门店所在城市'), count('dishes', '菜品数量', '道', { included: 20, max: 80, eachYuan: 60 }), date('day', '希望哪天')],
    cover: cover('photo', 'clay', 1), skills: '菜品摄影|布光', faqs: [['需要关店吗？', '不用，下午两点到五点最好。']],
  },
  {
    id: 'mubai-space', title: '门店与民宿空间摄影，横平竖直不变形', en: 'Interior photography without distortion', category: 'scene-photo',
    summary: '移轴镜头拍，房间看着多大就是多大。',
    about: ['不用超广角骗人。每个空间三张：全景、半景、细部。', '窗外和室内一起看得清，靠多次曝光，不是贴天空。', '- 物品归位我们一起收拾，请留一小时'],
    packages: [pack(1480, 4, 1, '12 张|半天'), pack(2880, 6, 2, '30 张|一天|夜景')],
    addOns: [addOn('航拍外景 6 张', 500, 1)],
    form: [text('place', '空间名称'), text('city', '所在城市'), count('rooms', '房间或区域', '个', { included: 4, max: 30, eachYuan: 160 }), date('day', '希望哪天')],
    cover: cover('space', 'leaf', 0), skills: '空间摄影|修图', faqs: [['外地去吗？', '广东、福建常去，差旅按票据。']],
  },
  {
    id: 'mubai-portrait', title: '团队形象照，到公司拍，一小时八个人', en: 'Team portraits at your office', category: 'scene-photo',
    summary: '搭一面灰布两盏灯，自然不油腻。',
    about: ['每个人六分钟，先聊两句再拍，当场选一张。', '同一背景同一光，以后新同事补拍也对得上。', '- 轻修：去痘印、理头发，不改脸型'],
    packages: [pack(980, 3, 1, '8 人以内|每人 1 张精修'), pack(1880, 4, 1, '20 人以内|每人 2 张|合影')],
    addOns: [addOn('化妆师半天', 600)],
    form: [text('company', '公司名称'), count('people', '人数', '位', { included: 8, max: 80, eachYuan: 80 }), text('city', '所在城市')],
    cover: cover('photo', 'fog', 1), skills: '人像摄影|修图', faqs: [['补拍一个人怎么收费？', '来棚里拍每位 120 元。']],
  },
  {
    id: 'mubai-spin', title: '产品 360° 旋转图，36 帧一圈', en: '360° product spins in 36 frames', category: 'product-photo', state: 'in_review',
    summary: '转盘自动拍，网页可拖动查看。',
    about: ['转盘每 10 度拍一张，36 张统一曝光和抠图。', '交图片序列和一段网页代码，贴进官网就能拖。', '- 适合 2 到 40 厘米的产品'],
    packages: [pack(580, 3, 1, '1 个产品|36 帧'), pack(1980, 6, 1, '4 个产品|网页组件')],
    form: [product, count('items', '产品数量', '个', { included: 1, max: 20, eachYuan: 460 }), send],
    cover: cover('photo', 'pine', 0), skills: '产品摄影|抠图',
  },
])

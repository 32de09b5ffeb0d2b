import { addOn, choice, choices, count, cover, files, longText, optional, pack, servicesOf, text } from '../authoring.ts'

const account = choice('account', '小程序主体是否已注册', '已注册并认证|已注册未认证|还没有 +200')
const goal = longText('goal', '上线后最想解决的一件事')
const deviceNote = optional(text('device', '收银机或打印机型号'))

export const yunzhouServices = servicesOf('yunzhou', [
  {
    id: 'yunzhou-order', title: '微信点单小程序，含后台与小票打印，可对接收银', en: 'Ordering mini program with back office and kitchen printing', category: 'mini-program',
    summary: '扫码点单、后厨出票、会员储值，三周上线。',
    about: ['给 1 到 10 家店的小餐饮用。扫桌码点单，付款后厨房自动出票，老板手机看当天流水。', '分三段做：点单与后台、支付与打印、上线陪跑。每段单独验收，不满意可以停在那一段。', '- 源码、部署文档、数据库说明一起交\n- 微信支付商户号用您自己的，钱不经过我们\n- 不含打印机和服务器费用', '上线后 30 天内的问题免费修，之后可按月维护。'],
    packages: [pack(6800, 14, 2, '扫码点单|菜品后台|单店'), pack(12600, 21, 3, '点单与外带|厨房打印|会员储值|3 家店'), pack(23800, 35, 3, '点单、外带、排队|多店后台|收银对接|数据日报')],
    addOns: [addOn('厨房打印机对接一个型号', 800, 2), addOn('会员积分', 1800, 4), addOn('现场培训半天（成都）', 600)],
    form: [text('shop', '店名'), account, count('stores', '门店数', '家', { included: 1, max: 20, eachYuan: 600 }), choices('modules', '需要的功能', '扫码点单|外带自取 +600|排队叫号 +900|储值 +1200'), deviceNote, goal],
    cover: cover('screen', 'pine', 0), skills: '微信小程序|支付对接|后端开发', faqs: [['抽成吗？', '不抽。除微信支付的费率外，没有按单费用。'], ['老收银系统能留着吗？', '有开放接口的能接，先把型号发来我们查。']],
  },
  {
    id: 'yunzhou-booking', title: '民宿订房小程序，房态日历与押金管理', en: 'Room booking mini program with calendar', category: 'mini-program',
    summary: '直订客人自己选房付款，前台不再手抄。',
    about: ['房态日历、不同日期不同价、押金退还、早餐和接站加项，都在一个后台。', '各平台的房态没有统一接口，我们做一个“占房”页面，前台十秒锁一间。', '- 支持连住优惠和最短住几晚\n- 入住前一天自动发路线短信'],
    packages: [pack(8800, 18, 2, '订房与支付|房态日历|10 间房'), pack(14800, 28, 3, '订房|加项与押金|30 间房|保洁任务')],
    addOns: [addOn('自助入住密码锁对接', 2200, 5), addOn('英文界面', 1500, 3)],
    form: [text('inn', '民宿名称'), count('rooms', '房间数', '间', { included: 10, max: 80, eachYuan: 100 }), account, goal],
    cover: cover('screen', 'sea', 1), skills: '微信小程序|支付对接', faqs: [['能和别的平台房态同步吗？', '有日历链接的可以半小时同步一次，没有的用占房页。']],
  },
  {
    id: 'yunzhou-member', title: '小程序会员积分与储值功能开发', en: 'Membership points and stored value module', category: 'mini-program',
    summary: '在现有小程序上加会员，不推倒重来。',
    about: ['已经有小程序、源码在手的，我们在上面加：注册、积分、等级、储值、优惠券。', '先用一天看源码，能做就报准数，做不了直接说。', '- 储值流水可导出给财务\n- 积分规则改动有记录'],
    packages: [pack(5800, 12, 2, '会员与积分|后台'), pack(9800, 18, 3, '积分、等级、储值|优惠券|数据导出')],
    addOns: [addOn('旧会员表导入', 600, 1), addOn('生日提醒', 400, 1)],
    form: [text('program', '小程序名称'), choice('code', '源码情况', '源码在手|原开发商可配合 +800|不清楚'), goal],
    cover: cover('screen', 'clay', 2), skills: '微信小程序|后端开发', faqs: [['储值需要资质吗？', '单店自用储值和跨法人通用的规定不同，请先问清当地要求。']],
  },
  {
    id: 'yunzhou-course', title: '培训机构约课小程序，扣课、请假、补课', en: 'Class booking mini program', category: 'mini-program',
    summary: '家长自己约，老师自己点名，课时余额大家都看得见。',
    about: ['约课、请假、补课、扣课都有规则，我们把您墙上的那张规则纸变成设置项。', '老师端只有两个按钮：点名、写课评。', '- 课时流水不可改，只能冲正\n- 到期前自动提醒续费'],
    packages: [pack(7600, 16, 2, '约课与扣课|老师端|1 个校区'), pack(12800, 25, 3, '约课、请假、补课|课评|3 个校区')],
    addOns: [addOn('旧课时导入', 800, 2)],
    form: [text('school', '机构名称'), count('teachers', '老师人数', '位', { included: 10, max: 80, eachYuan: 60 }), account, longText('rules', '现在的请假与扣课规则')],
    cover: cover('screen', 'leaf', 1), skills: '微信小程序|后端开发', faqs: [['预收学费监管怎么办？', '我们不碰学费，只记课时。']],
  },
  {
    id: 'yunzhou-shop', title: '品牌小商城，二十个商品以内，不交年费', en: 'Small brand shop without annual fees', category: 'mini-program',
    summary: '商品不多、想自己攒客人的，用一个干净的小商城。',
    about: ['只做必要的：商品、购物车、下单、快递单号、售后。后台一页能看完当天要发的货。', '部署在您自己的云账号下，以后只有服务器钱。', '- 支持礼盒、定制留言、预售\n- 订单可导出给快递打单'],
    packages: [pack(6200, 14, 2, '20 个商品|下单与发货'), pack(9600, 20, 3, '50 个商品|预售与礼盒|优惠券')],
    addOns: [addOn('快递单号自动查询', 600, 1), addOn('分享海报', 400, 1)],
    form: [text('brand', '品牌名称'), account, count('goods', '商品数量', '个', { included: 20, max: 200, eachYuan: 20 }), choices('extras', '特殊玩法', '预售 +500|礼盒留言|团购 +900')],
    cover: cover('shop', 'leaf', 2), skills: '微信小程序|支付对接', faqs: [['以后商品多了怎么办？', '后台没有数量限制，只是录入费用按个算。']],
  },
  {
    id: 'yunzhou-queue', title: '排队取号与叫号屏，一台旧平板就能用', en: 'Queue tickets and a calling screen', category: 'mini-program',
    summary: '客人扫码取号，到号前三桌提醒，店里电视叫号。',
    about: ['不用买专门的取号机。门口贴一张码，客人扫码选人数取号。', '叫号屏是一个网页，旧电视、旧平板打开就行；断网后恢复号码不乱。', '- 过号三次自动顺延\n- 每天自动清零'],
    packages: [pack(2800, 7, 2, '取号与叫号|单店'), pack(4600, 10, 2, '多桌型|提醒|3 家店')],
    addOns: [addOn('语音叫号方言版', 500, 2)],
    form: [text('shop', '店名'), choice('screen', '叫号设备', '旧平板|电视|都没有'), count('tables', '桌型数量', '种', { included: 3, max: 8, eachYuan: 100 })],
    cover: cover('screen', 'rose', 0), skills: '微信小程序|前端开发', faqs: [['没有服务器可以吗？', '可以用云开发，每月几十块。']],
  },
  {
    id: 'yunzhou-care', title: '小程序月度维护：改字、换图、盯告警', en: 'Monthly care for a mini program', category: 'maintenance',
    summary: '每月 8 小时以内的小改动，故障 2 小时内响应。',
    about: ['适合已经上线、没有技术人员的店。每月 8 小时改动额度，用不完不结转。', '我们装好告警：打不开、付不了款、证书快到期，都会先知道。', '- 每月一页报告：访问、订单、出过什么问题\n- 不是我们做的也能接，先体检'],
    packages: [pack(600, 30, 1, '8 小时改动|告警|月报'), pack(1500, 90, 3, '一个季度|共 28 小时|告警|月报')],
    addOns: [addOn('接手体检', 500, 2)],
    form: [text('program', '小程序名称'), choice('maker', '原来是谁做的', '云舟做的|别人做的 +300'), optional(longText('todo', '最近想改的地方'))],
    cover: cover('screen', 'ink', 1), skills: '服务器运维|微信小程序', faqs: [['夜里出问题呢？', '付款类故障夜里也处理，改字等到早上。']],
  },
  {
    id: 'yunzhou-prototype', title: '做之前先画清楚：点单流程原型与报价清单', en: 'Clickable prototype and scope list before coding', category: 'interface',
    summary: '五天把想法变成能点的原型和一份别家也能报价的清单。',
    about: ['很多项目吵架是因为没画清楚。我们先做可点击原型和功能清单，您拿去问三家都行。', '如果之后在我们这里开发，原型费全额抵扣。', '- 清单写到“点这里会怎样”\n- 标出必须做和以后再做'],
    packages: [pack(1800, 5, 2, '20 页以内原型|功能清单'), pack(3200, 9, 3, '40 页原型|清单|两轮访谈')],
    form: [longText('idea', '用一段话说您的想法'), optional(files('sketch', '草图或参考')), choice('stage', '现在到哪一步', '只有想法|有草图|有旧系统')],
    cover: cover('screen', 'fog', 2), skills: 'UI 设计|需求梳理', faqs: [['原型能直接上线吗？', '不能，它是图纸，但开发照着做会快很多。']],
  },
  {
    id: 'yunzhou-deploy', title: '服务器体检与搬家，停机不超过十分钟', en: 'Server check-up and migration', category: 'maintenance', state: 'in_review',
    summary: '把旧主机上的小程序后台搬到您自己的云账号。',
    about: ['先做体检：账号归谁、证书何时到期、备份有没有真的能恢复。', '搬家在凌晨做，先同步再切换，失败可以当场退回。', '- 交一份账号密码交接表\n- 演练一次从备份恢复'],
    packages: [pack(1200, 4, 1, '体检报告|一台主机搬家'), pack(2600, 7, 1, '体检|数据库与文件搬家|恢复演练')],
    form: [text('system', '系统名称'), choice('host', '现在放在哪里', '云服务器|虚拟主机|原开发商那里 +500'), goal],
    cover: cover('screen', 'sand', 0), skills: '服务器运维',
  },
])

import type { DemoRequirement } from '../types.ts'
import { ago, milestone, on } from '../authoring.ts'
import { requirement } from './requirement.ts'

/** What visitors find in the hall, and what still waits for its buyer or for a moderator. */
export const openRequirements: DemoRequirement[] = [
  requirement({
    id: 'r-spring-film', buyerId: 'zhoumin', way: 'quotes', state: 'open', category: 'promo-video', title: '明前茶采摘短片，一条横版六条竖版',
    background: '我们在龙坞有 80 亩茶园，每年三月下旬开采，今年想把做茶的人拍下来。', details: '跟着炒茶师傅老陆拍一天，从凌晨上山到夜里起锅。不要航拍大片感，要听得到锅里的声音。竖版给店铺短视频用，每条二十秒左右。',
    wants: '横版 90 秒一条|竖版 20 秒六条，单独构图|中文字幕，无夸张音效|原始素材一份', skills: '短视频拍摄|剪辑|调色', budget: [6000, 9000], deadlineDays: 40, files: '去年的工作照.zip', posted: on(-2, '20:50'),
    quotes: [{ providerId: 'banshan', at: on(-2, '21:40'), state: 'offered', terms: { message: '我们去年拍过一座茶山，懂那口锅什么时候最响。建议住一晚，凌晨四点跟上山。', revisions: 2, milestones: [milestone('踩点与分镜', 1600, 7, '分镜表签字|踩点照片'), milestone('拍摄与成片', 5800, 20, '横版 90 秒|竖版六条|字幕与调色')] } }],
  }),
  requirement({
    id: 'r-noodle-app', buyerId: 'heyuan', way: 'quotes', state: 'open', category: 'mini-program', title: '四家面馆统一点单和会员，旧收银想留着',
    background: '四家店现在用两种收银，会员卡还是纸的，月底对账要三天。', details: '客人扫码点单，后厨出票，会员一卡四店通用。收银机是三年前买的，希望能接，接不了要告诉我为什么。打印机型号已附。',
    wants: '四家店同一后台|扫码点单与厨房打印|会员储值与积分|旧会员 2,300 人导入|源码与部署文档', skills: '微信小程序|支付对接', budget: [15000, 25000], deadlineDays: 45, files: '打印机与收银机型号.xlsx|现有菜单.pdf', posted: on(-1, '09:52'),
    quotes: [{ providerId: 'yunzhou', at: on(-1, '10:30'), state: 'offered', terms: { message: '看了型号，打印机能接；收银机没有开放接口，建议用日终导出对账。分三段做，每段都能停。', revisions: 3, milestones: [milestone('点单与后台', 8800, 14, '四店扫码点单|菜品后台'), milestone('支付与厨房打印', 7200, 12, '微信支付|厨房打印'), milestone('会员与上线', 5600, 10, '储值积分|旧会员导入|源码文档')] } }],
  }),
  requirement({
    id: 'r-inn-photo', buyerId: 'bailu', way: 'quotes', state: 'open', category: 'scene-photo', title: '民宿八间房重新拍照，不要超广角',
    background: '现在的照片是五年前的，客人来了说比照片小。', details: '八间房加公共客厅和露台，想拍得老实一点：房间多大就多大，窗外的海能看清。12 月淡季哪天都行，可以住一晚。',
    wants: '每间房 3 张：全景、半景、细部|露台日落 2 张|横竖两种裁切|商用授权', skills: '空间摄影|修图', budget: [2500, 4000], deadlineDays: 25, posted: on(-1, '16:12'),
  }),
  requirement({
    id: 'r-lure-manual', buyerId: 'zhenghang', way: 'quotes', state: 'open', category: 'translation', title: '渔线轮说明书中译英，两款约九千字',
    background: '开始给澳洲的渔具店供货，对方要英文说明书和安全提示。', details: '两款渔线轮，有装配图，词要用钓鱼的人用的词。图上的文字也要换。排版是 Word，PDF 由我们厂里出。',
    wants: '术语表先确认|图上文字一并翻译|安全警告按国际写法|Word 可编辑', skills: '技术翻译|术语管理', budget: [1500, 2400], deadlineDays: 14, files: 'NY-3000 说明书.docx|NY-4000 说明书.docx', posted: on(-1, '13:02'),
    quotes: [{ providerId: 'lydia', at: on(-1, '13:20'), state: 'offered', terms: { message: '渔具做过两家。先出 120 条术语给您看，再译正文；卸力、导环这些词澳洲和美国叫法不同，我按澳洲的来。', revisions: 2, milestones: [milestone('术语表与译文', 1900, 9, '术语表|两本译文|图上文字')] } }],
  }),
  requirement({
    id: 'r-cafe-menu', buyerId: 'wenqiao', way: 'instant', state: 'open', category: 'print', title: '冬季菜单单页，三天内要印，文字都齐了',
    background: '半勺咖啡三家店，下周一换冬季菜单。', details: '十四款饮品四款甜品，文字和价格都定稿了，照片有。要一张 A4 双面，另出一张手机长图。',
    wants: 'A4 双面印刷文件|手机长图|价格可自己改', skills: '排版|印刷物料', budget: [600, 600], deadlineDays: 3, files: '冬季菜单文字.docx|饮品照片.zip', posted: ago({ minutes: 12 }),
  }),
  requirement({
    id: 'r-course-deck', buyerId: 'wangke', way: 'instant', state: 'open', category: 'slide-template', title: '考研政治 6 课时课件，照着讲义排',
    background: '自习室周末加了小班课，老师只有 Word 讲义。', details: '六课时，每课约 20 页。只要清楚，不要动画，字大一点，后排看得见。讲义已经分好节。',
    wants: '6 课时可编辑 PPT|每页不超过 80 字|A4 讲义同步版', skills: '课件制作|排版', budget: [900, 900], deadlineDays: 6, files: '讲义.zip', posted: ago({ minutes: 47 }),
  }),
  requirement({
    id: 'r-stock-alert', buyerId: 'zhenghang', way: 'quotes', state: 'open', category: 'spreadsheet', title: '渔具仓库补货表，九百个规格，想知道每周补什么',
    background: '九百个规格，靠仓管记忆补货，上个月断了 41 个。', details: '有 ERP 导出的库存和销量，两年数据。希望每周一打开就知道补什么、补多少，旺季要自动调整。',
    wants: '按商品给建议补货量|旺季可调参数|断货周剔除|三分钟录屏教程', skills: 'Excel|库存分析', budget: [1200, 2500], deadlineDays: 15, files: '两年销量.xlsx', posted: on(-2, '11:30'),
  }),
  requirement({
    id: 'r-labor', buyerId: 'tangguo', way: 'quotes', state: 'open', category: 'contract', title: '四家店的劳动合同和排班规定重新写一遍',
    background: '店里 36 个人，一半是小时工，合同是从网上下载的。', details: '想要两种合同：全职和小时工；加一份排班和加班的规定，店长能看懂、能照着填。',
    wants: '全职与小时工合同各一份|排班与加班规定|入离职表格|给店长讲一次', skills: '劳动合同|规章制度', budget: [1500, 3000], deadlineDays: 20, posted: on(-4, '15:00'),
  }),
  requirement({
    id: 'r-live-review', buyerId: 'luyao', way: 'instant', state: 'in_review', category: 'campaign', title: '年货节直播间背景和贴片，两天要',
    background: '12 月 5 日开始每晚直播，现在背景是一块布。', details: '绿幕，主播坐着讲。背景要有茶室的感觉但不抢人，贴片四种：正在讲、下一个、满减、问答。来不及打字就打 199 0000 1002。', wants: '1080 与 4K 背景|贴片 4 个|价格手牌模板', skills: '直播间设计', budget: [700, 700], deadlineDays: 2, files: '机位截图.png', posted: ago({ hours: 1 }),
  }),
  requirement({
    id: 'r-site-draft', buyerId: 'bailu', way: 'quotes', state: 'draft', category: 'website', title: '民宿官网，想放房间、路线和附近吃什么', background: '客人总问怎么来。', details: '还没想好要不要在线订房。', wants: '房间介绍|路线与停车', skills: '前端开发', budget: [3000, 6000], deadlineDays: 30, posted: on(-1, '22:40'),
  }),
]

import type { DemoRequirement } from '../types.ts'
import { milestone, on } from '../authoring.ts'
import { requirement } from './requirement.ts'

/** Requirements that became orders (their stories are in ../orders). */
export const settledRequirements: DemoRequirement[] = [
  requirement({
    id: 'r-ordering', buyerId: 'heyuan', way: 'quotes', state: 'awarded', category: 'mini-program', title: '扫码点单小程序，桌码点、付、厨房出票', background: '两家店高峰要三个人记单，想换成扫码点。',
    details: '桌码进，能加菜退菜，付款后厨房分热菜凉菜出票，晚上自动出对账单。高峰六十桌。', wants: '桌码点单|微信支付|厨房打印|日结对账单', skills: '微信小程序', budget: [10000, 15000], deadlineDays: 30, files: '菜单与规格.xlsx', posted: on(-40, '11:02'),
  }),
  requirement({
    id: 'r-giftbox', buyerId: 'zhoumin', way: 'quotes', state: 'awarded', category: 'packaging', title: '年货节礼盒包装设计，大中小三款',
    background: '年货节主推三款龙井礼盒，往年用的是公版盒。', details: '三款成套，大号送长辈、中号送客户、小号自己喝。要烫金，货架上一米外看得清标志。12 月 10 日前要能下印。',
    wants: '大、中、小 3 款结构图，标注尺寸与材质|平面源文件为 AI，图层可编辑|品牌标识只用规范内标准色|每款 2 张效果图，不低于 300 dpi|烫金标不小于 40 mm', skills: '包装设计|印前制作', budget: [15000, 20000], deadlineDays: 32, files: '青禾品牌规范.pdf|去年礼盒照片.zip', posted: on(-18, '10:42'),
    quotes: [{ providerId: 'gunian', at: on(-18, '11:00'), state: 'rejected', terms: { message: '礼盒我们做过几套，平面可以，结构请印厂出。', revisions: 2, milestones: [milestone('三款礼盒平面', 8600, 14, '平面展开|效果图')] } }],
  }),
  requirement({
    id: 'r-tea-profile', buyerId: 'luyao', way: 'quotes', state: 'awarded', category: 'translation', title: '英文品牌手册翻译，二十四页', background: '明年四月参加食品展，需要英文手册。', details: '中文已经排好版，约四千字。茶的词希望外国人看得懂，不要生硬。', wants: '两种译法供选|术语表|排版后再校一遍', skills: '中英翻译|品牌文案', budget: [1500, 2500], deadlineDays: 18, files: '品牌手册.pdf', posted: on(-12, '09:44'),
  }),
  requirement({
    id: 'r-noodle-film', buyerId: 'tangguo', way: 'quotes', state: 'awarded', category: 'short-video', title: '面馆后厨十二道工序，每道三十秒', background: '想让客人看到红油是每天熬的。', details: '一天拍完，声音用现场的。师傅不爱说话，不要让他念词。', wants: '12 条竖版，每条 30 秒|现场声|每条一句字幕', skills: '短视频拍摄|剪辑', budget: [4000, 6000], deadlineDays: 20, posted: on(-15, '09:48'),
    quotes: [{ providerId: 'mubai', at: on(-15, '10:00'), state: 'withdrawn', terms: { message: '我们以照片为主，视频可以用固定机位做。', revisions: 1, milestones: [milestone('12 条短片', 5200, 14, '12 条竖版')] } }],
  }),
  requirement({
    id: 'r-fishing-detail', buyerId: 'zhenghang', way: 'instant', state: 'awarded', category: 'detail-page', title: '冬季钓鱼手套详情页，四天要', background: '降温了，手套要赶紧上架。', details: '有白底图和佩戴图，卖点：露两指、加绒、防水。尺码表要清楚。', wants: '7 屏详情|5 张主图|尺码表', skills: '详情页设计|主图设计', budget: [680, 680], deadlineDays: 4, files: '手套照片.zip', posted: on(-5, '19:20'),
  }),
  requirement({
    id: 'r-poster', buyerId: 'zhoumin', way: 'quotes', state: 'done', category: 'print', title: '双十一茶室主画面海报', background: '线下茶室和线上店用同一张画面。', details: '主题是“秋茶到货”，不要红色爆炸贴。', wants: '主画面一张|线上 6 个尺寸|印刷文件', skills: '海报设计', budget: [2500, 3500], deadlineDays: 8, posted: on(-46, '10:05'),
  }),
  requirement({
    id: 'r-dashboard', buyerId: 'heyuan', way: 'quotes', state: 'done', category: 'dashboard', title: '四家店每天的营业额和客单价，早上七点要看到', background: '现在店长每晚抄数发群里，经常抄错。', details: '两种收银都能导出表格。手机上看就行。', wants: '四店每日营业额与客单价|同比上周|错误数据会提示|口径一页纸', skills: '数据看板|Python', budget: [4000, 7000], deadlineDays: 18, posted: on(-55, '22:15'),
  }),
  requirement({
    id: 'r-inn-site', buyerId: 'bailu', way: 'quotes', state: 'done', category: 'website', title: '民宿单页官网，能看房能看路线', background: '自己的网址，印在名片上。', details: '五个段落，照片我有，手机上好看就行。', wants: '单页自适应|路线地图|可自己换照片', skills: '前端开发|UI 设计', budget: [1500, 3000], deadlineDays: 12, posted: on(-50, '09:15'),
  }),
  requirement({
    id: 'r-tender', buyerId: 'wangke', way: 'instant', state: 'done', category: 'pitch-deck', title: '街道共建自习室汇报 PPT，十页，后天上午讲', background: '街道想找一家合作，给我们十五分钟。', details: '文字写好了，缺图表和版式。不要太商业。', wants: '10 页以内|一页讲收费|打印版', skills: 'PPT 设计', budget: [1500, 1500], deadlineDays: 2, posted: on(-28, '18:40'),
  }),
  requirement({
    id: 'r-retouch', buyerId: 'wenqiao', way: 'instant', state: 'done', category: 'main-image', title: '三十张杯子照片精修，当天要', background: '联名杯今晚上架。', details: '手机拍的，去灰、校色、统一背景。', wants: '30 张精修|白底|分层文件', skills: '产品精修', budget: [390, 390], deadlineDays: 1, files: '杯子照片.zip', posted: on(-37, '10:50'),
  }),
  requirement({
    id: 'r-direct-menu', buyerId: 'wenqiao', way: 'direct', state: 'done', category: 'print', title: '秋季菜单两面，加一张手机长图', background: '看了您给烘焙店做的菜单。', details: '三家店共用，字号要大。', wants: '双面菜单|手机长图', skills: '排版', budget: [900, 1200], deadlineDays: 7, posted: on(-33, '14:00'), serviceId: 'shiguang-menu',
  }),
  requirement({
    id: 'r-direct-member', buyerId: 'heyuan', way: 'direct', state: 'awarded', category: 'mini-program', title: '给现有小程序加会员积分', background: '小程序是两年前做的，源码在手。', details: '先做积分和等级，储值以后再说。旧会员 860 人要导入。', wants: '积分与等级|旧会员导入|流水可导出', skills: '微信小程序', budget: [5000, 8000], deadlineDays: 20, posted: on(-9, '15:12'), serviceId: 'yunzhou-member',
  }),
  requirement({
    id: 'r-direct-inn', buyerId: 'bailu', way: 'direct', state: 'awarded', category: 'promo-video', title: '六间房的空间短片，想要雨天那种光', background: '看了半山影像的空间片。', details: '六间房各一条，整体一条。下雨也不改期，我们这里雨天好看。', wants: '每间房 20 秒一条|整体 60 秒一条|可用于订房页', skills: '短视频拍摄', budget: [4000, 6000], deadlineDays: 18, posted: on(-14, '21:38'), serviceId: 'banshan-inn',
  }),
]

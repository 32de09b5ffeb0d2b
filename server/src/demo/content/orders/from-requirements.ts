import type { OrderStory } from '../types.ts'
import { milestone, on } from '../authoring.ts'
import { accept, acceptQuote, autoAccept, counter, deliver, extend, pay, payout, quote, requestRevision, review, take } from './story.ts'

const giftBox = [
  milestone('设计提案与风格定稿', 4800, 5, '2 个风格提案|定稿确认书'),
  milestone('礼盒结构与平面设计', 9600, 10, '大、中、小 3 款结构图，标注尺寸与材质|平面源文件为 AI，图层可编辑|品牌标识只用规范内标准色|每款 2 张效果图，不低于 300 dpi|烫金标不小于 40 mm'),
  milestone('印刷文件与打样跟进', 5400, 10, '专色与烫金分版|合同样签字照片|印厂对接记录'),
]

export const ordersFromRequirements: OrderStory[] = [
  {
    id: 'o-giftbox', title: '年货节礼盒包装设计', buyerId: 'zhoumin', providerId: 'shiguang', source: { kind: 'requirement', requirementId: 'r-giftbox' },
    events: [
      quote(on(-18, '14:20'), '按您说的拆成三段付款，修改 2 次，12 月 10 日前能下印。', 2, [milestone('设计提案与风格定稿', 5400, 5, '2 个风格提案'), milestone('礼盒结构与平面设计', 10200, 12, '三款结构与平面'), milestone('印刷文件与打样跟进', 5400, 10, '分版与打样')]),
      counter(on(-17, '09:30'), 'buyer', '总价想控制在两万以内，结构那段能不能 10 天？', 2, giftBox),
      acceptQuote(on(-16, '14:02'), 'provider'), pay(on(-16, '14:06'), 'alipay', 1, 2),
      deliver(on(-13, '11:10'), 1, '两个方向：“山色”和“一叶”。个人推荐“一叶”，烫金面积小，成本低。', '礼盒提案_山色.pdf|礼盒提案_一叶.pdf'),
      accept(on(-12, '16:20'), 1),
      deliver(on(-7, '20:15'), 2, '三款结构与平面初版，先看大号盒。', '礼盒结构图_三款_v1.pdf|平面展开_v1.ai'),
      requestRevision(on(-6, '09:30'), 2, '烫金标太小，陈列时看不清，三款都放大一些。'),
      deliver(on(-3, '16:42'), 2, '三款的烫金标都放大到 44 mm；小号盒加了内托结构。', '礼盒结构图_三款_v2.pdf|平面展开_三款_v2.ai|效果图_300dpi_v2.zip'),
    ],
    ends: { order: 'in_progress', milestones: ['released', 'delivered', 'planned'], money: 'held' },
  },
  {
    id: 'o-tea-profile', title: '英文品牌手册翻译', buyerId: 'luyao', providerId: 'lydia', source: { kind: 'requirement', requirementId: 'r-tea-profile' },
    events: [
      quote(on(-12, '10:05'), '四千字，重点段落给两种译法。排版后我再校一遍，不另收。', 2, [milestone('译文、术语表与排版后校对', 1980, 16, '两种译法供选|术语表|排版后校对')]),
      acceptQuote(on(-11, '09:20')), pay(on(-11, '09:26'), 'card', 1),
    ],
    ends: { order: 'in_progress', milestones: ['in_progress'], money: 'held' },
  },
  {
    id: 'o-noodle-film', title: '后厨十二道工序短片', buyerId: 'tangguo', providerId: 'banshan', source: { kind: 'requirement', requirementId: 'r-noodle-film' },
    events: [
      quote(on(-15, '22:10'), '分两段：先踩点定分镜，再拍。师傅不用说话，我们问他答。', 2, [milestone('踩点与分镜', 800, 4, '12 道工序分镜表'), milestone('拍摄与剪辑', 3800, 12, '12 条竖版，每条 30 秒|现场声|每条一句字幕')]),
      acceptQuote(on(-14, '10:40')), pay(on(-14, '10:45'), 'wechat', 1),
      deliver(on(-11, '19:30'), 1, '分镜按备料到打烊排，第 7 条建议清早拍。', '十二道工序分镜表.xlsx|踩点照片.zip'),
      accept(on(-10, '21:15'), 1), pay(on(-10, '21:18'), 'wechat', 2),
    ],
    ends: { order: 'in_progress', milestones: ['released', 'in_progress'], money: 'held' },
  },
  {
    id: 'o-fishing-detail', title: '冬季钓鱼手套详情页', buyerId: 'zhenghang', providerId: 'gunian', source: { kind: 'requirement', requirementId: 'r-fishing-detail' },
    events: [
      take(on(-5, '19:24')),
      deliver(on(-1, '18:50'), 1, '7 屏加 5 张主图。尺码表用手的照片标了量法，“防水”改成“表面防泼水”，更稳妥。', '手套详情_7屏.zip|主图5张.zip|源文件.psd'),
    ],
    ends: { order: 'in_progress', milestones: ['delivered'], money: 'held' },
  },
  {
    id: 'o-poster', title: '双十一茶室主画面海报', buyerId: 'zhoumin', providerId: 'shiguang', source: { kind: 'requirement', requirementId: 'r-poster' },
    events: [
      quote(on(-45, '15:30'), '一张主画面铺六个线上尺寸和印刷，五天。', 2, [milestone('主画面与延展', 2800, 5, '主画面一张|线上 6 个尺寸|印刷文件')]),
      acceptQuote(on(-45, '17:00')), pay(on(-45, '17:04'), 'alipay', 1),
      deliver(on(-41, '12:00'), 1, '秋茶用了一片真叶子扫描，没有用红色。', '主画面.pdf|线上六尺寸.zip'),
      accept(on(-40, '09:12')),
      review(on(-39, '10:00'), 'buyer', [5, 5, 5], '没有爆炸贴也很显眼，茶室的客人问画面能不能卖。', '线上尺寸命名可以按平台分文件夹。'),
      review(on(-38, '11:30'), 'provider', [5, 5, 5], '要求一次说清楚，反馈集中，合作顺。'),
      payout(on(-35, '15:20'), 2500),
    ],
    ends: { order: 'completed', milestones: ['released'], money: 'paid_out' },
  },
  {
    id: 'o-dashboard', title: '四店营业额日报看板', buyerId: 'heyuan', providerId: 'jibeichuan', source: { kind: 'requirement', requirementId: 'r-dashboard' },
    events: [
      quote(on(-54, '09:00'), '先用一周真数据做样板，再做自动更新，两段。', 3, [milestone('样板与口径', 1800, 4, '口径一页纸|一周样板'), milestone('自动更新与手机看板', 4000, 10, '四店每日营业额与客单价|同比上周|错误数据会提示')]),
      acceptQuote(on(-54, '23:10')), pay(on(-54, '23:14'), 'alipay', 1, 2),
      deliver(on(-51, '18:00'), 1, '口径有一处要您定：外卖满减算不算营业额。', '口径.pdf|样板.png'), accept(on(-50, '08:40'), 1),
      deliver(on(-43, '20:00'), 2, '每天 6:50 更新，7 点能看。录屏三分钟。', '交接文档.pdf|录屏与说明.zip'),
      requestRevision(on(-42, '07:30'), 2, '三店昨天的数少了晚市，麻烦看看。'),
      deliver(on(-41, '11:00'), 2, '三店导出按自然日截断，已经改成营业日。', '交接文档_v2.pdf'), accept(on(-39, '07:15'), 2),
      review(on(-38, '08:00'), 'buyer', [5, 5, 4], '七点准时有数，店长不用抄了。第一版少算晚市，改得很快。'),
      review(on(-38, '09:10'), 'provider', [5, 4, 5], '老板自己懂数，口径当天就定下来。', '两种收银的导出时间最好统一到打烊后。'),
      payout(on(-34, '10:00'), 5000),
    ],
    ends: { order: 'completed', milestones: ['released', 'released'], money: 'paid_out' },
  },
  {
    id: 'o-inn-site', title: '民宿单页官网', buyerId: 'bailu', providerId: 'xuyiming', source: { kind: 'requirement', requirementId: 'r-inn-site' },
    events: [
      quote(on(-49, '13:30'), '五段一页，路线用手绘图加导航链接，七天。', 2, [milestone('设计与上线', 1600, 7, '单页自适应|路线地图|可自己换照片')]),
      acceptQuote(on(-48, '20:00')), pay(on(-48, '20:03'), 'wechat', 1),
      deliver(on(-42, '22:30'), 1, '已经上线，换照片的录屏在附件里。', '使用说明.pdf|录屏与说明.zip'), autoAccept(on(-35, '22:30')),
      review(on(-34, '09:40'), 'provider', [5, 4, 4], '照片质量很好，旺季忙没来得及点验收，系统自动放款了。'),
      review(on(-33, '23:00'), 'buyer', [5, 5, 5], '客人说照着路线图没走错。忙起来忘了验收，抱歉。'),
    ],
    ends: { order: 'completed', milestones: ['released'], money: 'available' },
  },
  {
    id: 'o-tender', title: '街道共建汇报 PPT', buyerId: 'wangke', providerId: 'fanganju', source: { kind: 'requirement', requirementId: 'r-tender' },
    events: [
      take(on(-28, '18:43')), deliver(on(-27, '21:30'), 1, '九页正文一页备用，收费那页写了给街道居民的价。', '共建汇报.pdf|打印版.pdf'), accept(on(-27, '22:50')),
      review(on(-26, '13:20'), 'buyer', [5, 5, 5], '十五分钟刚好讲完，街道当场说可以试。晚上九点半还在改。'),
      review(on(-26, '14:00'), 'provider', [5, 5, 5], '文字底子好，我们只做减法。'), payout(on(-20, '11:00'), 1380),
    ],
    ends: { order: 'completed', milestones: ['released'], money: 'paid_out' },
  },
  {
    id: 'o-retouch', title: '三十张联名杯精修', buyerId: 'wenqiao', providerId: 'gunian', source: { kind: 'requirement', requirementId: 'r-retouch' },
    events: [
      take(on(-37, '10:52')), deliver(on(-37, '17:20'), 1, '杯口有四张本来就虚，已尽量处理，建议补拍。', '精修30张.zip'), accept(on(-37, '18:05')),
      review(on(-36, '10:00'), 'buyer', [5, 4, 4], '当天真的交了，虚的四张也提前说了。'),
    ],
    ends: { order: 'completed', milestones: ['released'], money: 'available' },
  },
  {
    id: 'o-direct-menu', title: '秋季菜单两面与手机长图', buyerId: 'wenqiao', providerId: 'shiguang', source: { kind: 'requirement', requirementId: 'r-direct-menu' },
    events: [
      quote(on(-33, '16:00'), '两面加长图 980 元，五天。改价模板一起给。', 3, [milestone('菜单与长图', 980, 5, '双面菜单|手机长图')]),
      acceptQuote(on(-32, '09:10')), pay(on(-32, '09:12'), 'wechat', 1),
      deliver(on(-29, '15:00'), 1, '价格右对齐了，点单员找得快。', '秋季菜单.pdf|手机长图.png|改价模板.ai'), accept(on(-28, '11:20')),
      review(on(-27, '09:00'), 'buyer', [5, 5, 5], '客人站着就能看完，点单快了。'),
      review(on(-27, '10:10'), 'provider', [5, 5, 5], '文字一次定稿，难得。'),
    ],
    ends: { order: 'completed', milestones: ['released'], money: 'available' },
  },
  {
    id: 'o-direct-member', title: '小程序会员积分功能', buyerId: 'heyuan', providerId: 'yunzhou', source: { kind: 'requirement', requirementId: 'r-direct-member' },
    events: [
      quote(on(-9, '15:30'), '看完源码了，能加。分三段，旧会员放最后导。', 2, [milestone('源码体检与方案', 900, 2, '体检报告|数据表设计'), milestone('积分与等级', 4200, 10, '积分与等级|后台'), milestone('旧会员导入与上线', 1500, 4, '旧会员导入|流水可导出')]),
      acceptQuote(on(-8, '09:40')), pay(on(-8, '09:44'), 'alipay', 1),
      deliver(on(-4, '17:50'), 1, '有两处旧接口没有校验，一并修。', '体检报告.pdf|数据表设计.pdf'), accept(on(-2, '12:10'), 1), pay(on(-2, '12:15'), 'alipay', 2),
    ],
    ends: { order: 'in_progress', milestones: ['released', 'in_progress', 'planned'], money: 'clearing' },
  },
  {
    id: 'o-direct-inn', title: '听潮民宿六间房空间短片', buyerId: 'bailu', providerId: 'banshan', source: { kind: 'requirement', requirementId: 'r-direct-inn' },
    events: [
      quote(on(-14, '22:00'), '六间房加整体，住一晚，雨天照拍。', 1, [milestone('拍摄与成片', 4600, 10, '每间房 20 秒一条|整体 60 秒一条|可用于订房页')]),
      acceptQuote(on(-14, '22:40')), pay(on(-14, '22:45'), 'wechat', 1),
      deliver(on(-6, '19:00'), 1, '运气好，下了一下午雨。六条加整体都在，三号房用了入夜版。', '六间房.zip|整体60秒.zip'), extend(on(-2, '23:30'), 1),
    ],
    ends: { order: 'in_progress', milestones: ['delivered'], money: 'held' },
  },
]

import type { DemoProvider } from '../types.ts'
import { cover } from '../authoring.ts'
import { hours, portfolioCase, provider } from './provider.ts'

export const visualProviders: DemoProvider[] = [
  provider({
    id: 'shiguang', number: '2001', displayName: '拾光品牌设计', contactName: '陈屿', kind: 'studio', city: '杭州', areas: '全国|杭州|上海',
    skills: 'VI 设计|包装设计|Logo 设计|印前制作|插画',
    headline: '食品与茶饮的品牌和包装，从图纸跟到印厂',
    bio: '四个人的小工作室，2017 年开始只做吃的和喝的。我们有两位在印厂待过的同事，所以图纸会标材质、刀版和公差，打样时也能替您跟印厂说话。提案不超过三个，每个都说清楚为什么。',
    bioEn: 'A four-person studio for food and drink brands; we follow the packaging all the way to the printer.',
    cases: [
      portfolioCase('春山茶礼盒系列', '茶叶', 2025, cover('shop', 'pine', 1), '三款礼盒共用一套内托，开模只花了一次的钱，首批 6,000 套。'),
      portfolioCase('禾丰烘焙门店焕新', '烘焙', 2024, cover('brand', 'clay', 3), '沿用老招牌的麦穗，重画标志和 14 项门店物料，两家店一周内换完。'),
      portfolioCase('山野果酱瓶标', '食品', 2023, cover('shop', 'rose', 0), '一张底标六种口味，只换一块色版，小批量也能印。'),
    ],
    weeklyHours: hours(1, 6, '09:30', '19:00'), capacity: 6, reply: { medianMinutes: 12, habit: '工作日白天半小时内回，晚上看到就回' }, verification: 'verified', joinedDay: -720,
  }),
  provider({
    id: 'linyu', number: '2002', displayName: '林予', contactName: '林予', kind: 'person', city: '苏州', areas: '全国',
    skills: 'Logo 设计|字体设计|书法字标|插画',
    headline: '只做标志和字，一次只接三单',
    bio: '平面设计出身，写了二十年毛笔字。标志先画在纸上，再上电脑，所以您会先看到草图。不做模板，不堆方案；商标近似我会先在公开库里查一遍，把风险写给您。',
    bioEn: 'Logos and lettering, drawn on paper first; three orders at a time.',
    cases: [
      portfolioCase('归渔小馆手写字标', '餐饮', 2025, cover('words', 'sand', 0), '写了四十多张，最后选的是第二张，店主说像他父亲的字。'),
      portfolioCase('蓝桥骑行标志', '运动', 2024, cover('brand', 'sea', 1), '一笔画成的桥与车轮，绣在衣服上 2 厘米也看得清。'),
      portfolioCase('知微检测标识修订', '检测', 2024, cover('brand', 'fog', 0), '把用了十二年的位图重画成矢量，补了反白和单色版本。'),
    ],
    weeklyHours: hours(2, 7, '13:00', '22:00'), capacity: 3, reply: { medianMinutes: 35, habit: '下午和晚上在线，上午可能在睡觉' }, verification: 'verified', joinedDay: -510,
  }),
  provider({
    id: 'gunian', number: '2003', displayName: '顾念视觉', contactName: '顾念', kind: 'studio', city: '金华', areas: '全国|金华',
    skills: '详情页设计|主图设计|店铺装修|产品精修|C4D 建模',
    headline: '日用百货的详情页，48 小时出稿',
    bio: '在义乌做了九年电商图，团队七个人，两班倒。熟悉各平台的尺寸和违禁词，出图前会替您过一遍。我们不承诺爆款，只保证卖点看得懂、图按时到、改得动。',
    bioEn: 'Product pages and main images for household goods, first draft in 48 hours.',
    cases: [
      portfolioCase('轻野保温杯详情页', '日用', 2025, cover('shop', 'sea', 0), '把“保温 12 小时”画成一天的时间轴，咨询里问保温的少了一半。'),
      portfolioCase('棉语毛巾四季主图', '家纺', 2025, cover('shop', 'rose', 2), '同一角度拍四次，做成四季，换季只换图不换链接。'),
      portfolioCase('拾木收纳店铺首页', '家居', 2024, cover('space', 'sand', 0), '首页按房间而不是按品类走，手机端三屏到底。'),
    ],
    weeklyHours: hours(1, 7, '09:00', '23:00'), capacity: 12, reply: { medianMinutes: 6, habit: '早九点到晚十一点都有人' }, verification: 'verified', joinedDay: -890,
  }),
  provider({
    id: 'banshan', number: '2004', displayName: '半山影像', contactName: '许半山', kind: 'studio', city: '广州', areas: '广州|佛山|深圳|厦门|福州|泉州',
    skills: '短视频拍摄|脚本策划|剪辑|航拍|调色',
    headline: '跟着人和手艺走的短片，带脚本',
    bio: '三个人两台机器，拍过茶山、码头、面馆后厨和十几家工厂。我们开机前一定先写分镜，您签字再拍，所以现场很少返工。差旅按实际票据，不加价。',
    bioEn: 'Short films about people and their craft; every shoot starts with a signed storyboard.',
    cases: [
      portfolioCase('清明前的一天', '茶叶', 2025, cover('video', 'leaf', 0), '凌晨四点跟采茶人上山，90 秒，剪成一条横版和六条竖版。'),
      portfolioCase('后厨三十秒', '餐饮', 2024, cover('video', 'ink', 0), '一家粉店的十二道工序，每条三十秒，连更两周。'),
      portfolioCase('顺发五金工厂片', '制造', 2023, cover('video', 'fog', 1), '外贸客户用的英文工厂片，三分钟，把产线讲清楚。'),
    ],
    weeklyHours: hours(1, 7, '10:00', '20:00'), capacity: 4, reply: { medianMinutes: 48, habit: '拍摄日回复慢，收工后统一回' }, verification: 'verified', joinedDay: -430,
  }),
  provider({
    id: 'mubai', number: '2005', displayName: '木白影棚', contactName: '木白', kind: 'studio', city: '东莞', areas: '全国|东莞|深圳',
    skills: '产品摄影|产品精修|菜品摄影|布光',
    headline: '产品寄拍，白底到场景，拍完原路寄回',
    bio: '两百平的棚，三个固定机位，反光材质和透明瓶子是强项。收到样品当天拍照登记，拍完按原样打包寄回。每张图都给分层文件，换背景不用重拍。',
    bioEn: 'Mail-in product photography, strong on glass and metal; samples are logged and returned.',
    cases: [
      portfolioCase('海岸渔线轮', '户外', 2025, cover('photo', 'ink', 0), '拉丝金属件 24 张，反光统一到一条光带。'),
      portfolioCase('白瓷茶具组', '茶具', 2025, cover('photo', 'sand', 1), '白瓷拍在白底上仍有边，靠的是黑旗和耐心。'),
      portfolioCase('气泡水六味', '饮料', 2024, cover('photo', 'sea', 0), '瓶身水珠是真的，每瓶喷四次甘油。'),
    ],
    weeklyHours: hours(1, 6, '10:00', '19:00'), capacity: 8, reply: { medianMinutes: 18, habit: '白天在棚里，隔一组光回一次消息' }, verification: 'verified', joinedDay: -365,
  }),
]

import type { DemoProvider } from '../types.ts'
import { cover } from '../authoring.ts'
import { hours, portfolioCase, provider } from './provider.ts'

export const digitalProviders: DemoProvider[] = [
  provider({
    id: 'yunzhou', number: '2006', displayName: '云舟科技', contactName: '罗舟', kind: 'company', city: '成都', areas: '全国|成都|重庆',
    skills: '微信小程序|后端开发|支付对接|UI 设计|服务器运维',
    headline: '门店小程序：点单、预约、会员',
    bio: '十一个人的技术公司，六年里做了八十多个门店小程序。报价单里写清楚做什么、不做什么；上线前给测试账号，上线后源码和部署文档一起交。第三方费用由您直接付，我们不经手。',
    bioEn: 'Mini programs for shops: ordering, booking, membership. Source code and deployment notes included.',
    cases: [
      portfolioCase('巷口面馆点单', '餐饮', 2025, cover('screen', 'clay', 0), '扫码点单到厨房出票 1.2 秒，三家店共用一个后台。'),
      portfolioCase('一舍民宿订房', '民宿', 2024, cover('screen', 'pine', 1), '房态和前台日历同步，旺季没有再重复订房。'),
      portfolioCase('小树苗课程预约', '教育', 2024, cover('screen', 'sea', 2), '家长约课、扣课、请假自己办，前台电话少了七成。'),
    ],
    weeklyHours: hours(1, 5, '09:00', '18:30'), capacity: 5, reply: { medianMinutes: 22, habit: '工作日有客服，周末看急事' }, verification: 'verified', joinedDay: -640,
  }),
  provider({
    id: 'xuyiming', number: '2007', displayName: '许一鸣', contactName: '许一鸣', kind: 'person', city: '武汉', areas: '全国',
    skills: '前端开发|WordPress|UI 设计|网站迁移|搜索优化',
    headline: '一个人做完整个官网，您能自己改字',
    bio: '做网站第十年，设计、前端、上线都是我。每个站都配一份十页以内的说明和一段录屏，教您自己换图换字。不用盗版主题，不留后门，域名和主机都在您名下。',
    bioEn: 'One person, whole websites: design, build, launch, and a recording that teaches you to edit it.',
    cases: [
      portfolioCase('瑞安泵阀双语官网', '制造', 2025, cover('screen', 'fog', 1), '中英双语 42 个产品页，询盘直接进邮箱和表格。'),
      portfolioCase('青石律所站点', '法律', 2024, cover('screen', 'sand', 0), '六个页面，首屏 0.9 秒，文章由助理自己发。'),
      portfolioCase('橙子跑团报名页', '运动', 2023, cover('screen', 'rose', 2), '三天做完的报名页，当晚进来 800 人，没有卡。'),
    ],
    weeklyHours: hours(1, 6, '10:00', '22:00'), capacity: 3, reply: { medianMinutes: 25, habit: '白天一小时内，写代码时会晚一点' }, verification: 'verified', joinedDay: -480,
  }),
  provider({
    id: 'jibeichuan', number: '2008', displayName: '季北川', contactName: '季北川', kind: 'person', city: '南京', areas: '全国',
    skills: '数据看板|Excel|Python|SQL|接口对接|流程自动化',
    headline: '把每天抄的表变成自己会更新的看板',
    bio: '在零售公司做了七年数据，知道老板每天早上最想看的是哪三个数。先用您的真表做一页样板，看得懂再往下做。脚本都有注释，换人也能接手。数据只在您的电脑或您的服务器上跑。',
    bioEn: 'Dashboards and scripts for shops with too many spreadsheets; your data stays on your machines.',
    cases: [
      portfolioCase('六店日报看板', '零售', 2025, cover('chart', 'sea', 0), '每天 7 点自动出图，店长不再熬夜抄数。'),
      portfolioCase('渔具仓补货表', '户外', 2025, cover('chart', 'pine', 1), '按近八周销量算补货点，缺货从 41 个降到 9 个。'),
      portfolioCase('培训班课消台账', '教育', 2024, cover('chart', 'fog', 0), '合并三年十七个表，对出 26 笔漏记的课时。'),
    ],
    weeklyHours: hours(1, 6, '09:00', '21:00'), capacity: 4, reply: { medianMinutes: 15, habit: '基本随时在' }, verification: 'verified', joinedDay: -300,
  }),
  provider({
    id: 'fanganju', number: '2009', displayName: '方案局', contactName: '宋临', kind: 'company', city: '北京', areas: '全国|北京',
    skills: 'PPT 设计|故事线梳理|数据图表|企业模板|动画演示',
    headline: '先把话说顺，再把页做好看',
    bio: '九个人，一半写稿一半做图。拿到材料先回一页“故事线”，您点头我们才开始画。可编辑、字体有授权、图表连着数据。签保密协议不另收费，交付 30 天后按要求删除材料。',
    bioEn: 'Pitch and report decks: the storyline is agreed before a single slide is drawn.',
    cases: [
      portfolioCase('冷链项目融资路演', '物流', 2025, cover('slides', 'sea', 0), '从 58 页删到 16 页，问答备用页 12 页。'),
      portfolioCase('连锁烘焙招商手册', '餐饮', 2024, cover('slides', 'clay', 1), '把单店账算给加盟商看，一页一个问题。'),
      portfolioCase('制造企业年会汇报', '制造', 2024, cover('slides', 'ink', 0), '一整年的产线数据做成 11 张图，厂长自己讲。'),
    ],
    weeklyHours: hours(1, 7, '09:00', '22:00'), capacity: 8, reply: { medianMinutes: 9, habit: '早九晚十有人，急稿打标记' }, verification: 'verified', joinedDay: -560,
  }),
  provider({
    id: 'shenxiaoman', number: '2010', displayName: '沈小满', contactName: '沈小满', kind: 'person', city: '长沙', areas: '全国',
    skills: 'PPT 设计|排版|课件制作|数据图表',
    headline: '课件、总结、标书排版，排得清楚',
    bio: '在出版社排了五年教辅，今年开始自己接活。擅长字多的东西：课件、年终总结、投标文件。字号、行距、目录、页码一次做对，Word 里用样式而不是空格。刚入驻，价格先低一些，质量不打折。',
    bioEn: 'Former textbook typesetter; courseware, year-end reports and tender documents laid out properly.',
    cases: [
      portfolioCase('初中物理实验课件', '教育', 2025, cover('slides', 'leaf', 0), '24 课时，电路图全部重画，可以一步步点出来。'),
      portfolioCase('物业投标文件', '物业', 2025, cover('slides', 'fog', 1), '312 页，交叉引用和目录自动更新，一夜排完。'),
      portfolioCase('社区读书会手册', '公益', 2024, cover('words', 'sand', 1), '48 页小册子，骑马钉，预算只够单色。'),
    ],
    weeklyHours: hours(1, 7, '08:30', '21:30'), capacity: 4, reply: { medianMinutes: 11, habit: '回得快，深夜不在' }, verification: 'in_review', joinedDay: -12, newcomer: true,
  }),
]

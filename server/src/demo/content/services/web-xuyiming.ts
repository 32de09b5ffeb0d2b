import { addOn, choice, choices, count, cover, date, files, longText, optional, pack, servicesOf, text } from '../authoring.ts'

const company = text('company', '公司或品牌名称')
const material = files('material', '文字与图片资料')
const domain = choice('domain', '域名与备案', '已备案|有域名未备案 +200|都没有 +300')

export const xuyimingServices = servicesOf('xuyiming', [
  {
    id: 'xuyiming-site', title: '企业官网设计与开发，自适应，可自行改内容', en: 'Responsive company website you can edit yourself', category: 'website',
    summary: '六到十二页，两周上线，附录屏教程。',
    about: ['从栏目到上线都由我一个人做，所以不会有“前端说是设计的问题”。', '先写好每页的一句话，再画首页，确认后做其余页面。首屏打开控制在一秒左右。', '- 后台改字、换图、发新闻\n- 域名、主机都在您名下\n- 交付说明十页以内，外加一段录屏', '备案要十天到二十天，这段时间不算在交付天数里。'],
    packages: [pack(4200, 12, 2, '6 页|自适应|后台'), pack(7200, 18, 3, '12 页|产品库|询盘表单|后台'), pack(11800, 28, 3, '20 页|中英双语|产品库|统计')],
    addOns: [addOn('多一种语言', 1800, 5), addOn('文案润色 6 页', 900, 3), addOn('上门拍摄协调', 200)],
    form: [company, domain, count('pages', '页面数量', '页', { included: 6, max: 40, eachYuan: 300 }), choices('features', '需要的功能', '产品库 +800|新闻|招聘 +300|询盘表单|下载 +200'), material],
    cover: cover('screen', 'sand', 1), skills: '前端开发|UI 设计|WordPress', faqs: [['以后想加页面怎么办？', '后台能复制页面，您自己就能加；要新版式按页算。'], ['每年还有什么费用？', '域名几十块，主机几百块，都直接付给服务商。']],
  },
  {
    id: 'xuyiming-factory', title: '外贸工厂双语站，产品参数表与询盘表单', en: 'Bilingual site for exporting factories', category: 'website',
    summary: '参数可筛选，询盘进邮箱和表格，海外打开不慢。',
    about: ['国外采购先看参数、认证、起订量。我把产品做成能筛选的参数表，一键打印成 PDF。', '主机放在海外节点，图片自动压缩。', '- 询盘同时进邮箱和在线表格，防漏\n- 不装来路不明的插件'],
    packages: [pack(7800, 18, 2, '中英双语|30 个产品'), pack(12800, 28, 3, '中英双语|100 个产品|PDF 参数页|下载中心')],
    addOns: [addOn('产品录入每 20 个', 400, 1), addOn('第三种语言', 2200, 6)],
    form: [company, count('products', '产品数量', '个', { included: 30, max: 300, eachYuan: 20 }), choices('certs', '已有认证', 'CE|RoHS|ISO 9001|FDA|没有'), material],
    cover: cover('screen', 'fog', 1), skills: '前端开发|搜索优化|本地化', faqs: [['翻译包含吗？', '不含，请提供译文，或找平台上的译者，我负责排。']],
  },
  {
    id: 'xuyiming-landing', title: '活动报名与落地页，三天上线，能扛人多', en: 'Landing page for events in three days', category: 'campaign-page',
    summary: '一页讲清、一键报名，名单实时进表格。',
    about: ['适合开营、试听、团购、分享会。一页之内：讲什么、给谁、多少钱、怎么报。', '名单实时进在线表格，人数到了自动关。', '- 手机优先，微信里打开不折行\n- 压力测过每秒两百人'],
    packages: [pack(900, 3, 2, '单页|报名表'), pack(1800, 5, 3, '单页|在线支付|名额控制|签到码')],
    addOns: [addOn('分享海报自动生成', 400, 1), addOn('短信通知接入', 300, 1)],
    form: [text('event', '活动名称'), date('start', '上线日期'), count('seats', '名额', '人', { included: 500, max: 5000, eachYuan: 1 }), material],
    cover: cover('screen', 'rose', 2), skills: '前端开发|活动页', faqs: [['活动结束后页面还在吗？', '保留三十天，之后打包给您。']],
  },
  {
    id: 'xuyiming-portfolio', title: '设计师、律师、摄影师的个人站，安静的一页', en: 'A quiet one-page site for professionals', category: 'website',
    summary: '不做轮播，不做弹窗，把您是谁说清楚。',
    about: ['我会先问三个问题：谁会来、来了想确认什么、看完该做什么。', '一页到底，作品可以随时加，手机上也好看。', '- 静态站，几乎不用维护\n- 邮箱地址防抓取'],
    packages: [pack(1600, 5, 2, '一页|作品 12 件'), pack(2800, 8, 3, '一页加文章|作品 30 件|英文版')],
    addOns: [addOn('旧文章搬家', 300, 1)],
    form: [text('person', '姓名与职业'), longText('visitor', '谁会来看'), material],
    cover: cover('screen', 'ink', 0), skills: '前端开发|UI 设计', faqs: [['我完全不懂技术，能自己加作品吗？', '能，把图片拖进去，写两行字。']],
  },
  {
    id: 'xuyiming-speed', title: '网站提速：打开慢，找出来，改到两秒内', en: 'Website speed-up to under two seconds', category: 'maintenance',
    summary: '先测再改，改前改后各给一份报告。',
    about: ['大多数慢站是图片、插件和主机三样。我先测三个地区、两种网络，列出前五个原因。', '改之前备份，改完对比，没到两秒退一半。', '- 不换主题，不动内容'],
    packages: [pack(680, 2, 1, '测速报告|图片与缓存'), pack(1480, 4, 2, '报告|插件清理|数据库优化|复测')],
    addOns: [addOn('换主机搬家', 500, 1)],
    form: [text('url', '网址'), choice('system', '用什么做的', 'WordPress|其他系统 +300|不知道'), optional(longText('notes', '什么时候最慢'))],
    cover: cover('chart', 'rose', 1), skills: '网站优化|前端开发', faqs: [['会影响现在的访问吗？', '在副本上改好再切换，访客没有感觉。']],
  },
  {
    id: 'xuyiming-rescue', title: '网站打不开、被挂马、没人管，接手修', en: 'Rescue for broken or hacked websites', category: 'maintenance',
    summary: '两小时内开始，先恢复访问，再查原因。',
    about: ['先恢复，再说原因。被挂马的会清理、改密、补漏洞，并告诉您是从哪儿进来的。', '原开发商失联也没关系，有域名和主机的登录就能接。', '- 修完给一份交接表，账号全部归您'],
    packages: [pack(500, 1, 1, '恢复访问|原因说明'), pack(1200, 3, 1, '清理与加固|备份方案|交接表')],
    addOns: [addOn('每月备份与巡检', 200)],
    form: [text('url', '网址'), longText('symptom', '现在是什么样子'), choice('access', '有哪些登录信息', '主机和域名都有|只有一个|都没有 +400')],
    cover: cover('screen', 'clay', 2), skills: '服务器运维|网站安全', faqs: [['数据能找回来吗？', '看有没有备份，先免费看一眼再说。']],
  },
  {
    id: 'xuyiming-handbook', title: '把纸质产品册做成能搜索的网页版', en: 'Turn a paper catalogue into a searchable site', category: 'campaign-page', state: 'rejected', rejectionReason: '封面示例用了别家的产品册，请换成自己的作品再提交。',
    summary: '扫一下封面的码，手机上查型号、看参数。',
    about: ['给我产品册的源文件或清楚的扫描件，我做成按型号搜索的网页。', '每页对应一个短链接，业务员可以直接发给客户。', '- 参数可复制\n- 新品随时加'],
    packages: [pack(1600, 6, 2, '60 页以内'), pack(2900, 10, 2, '150 页以内|型号搜索')],
    form: [company, count('pages', '册子页数', '页', { included: 60, max: 300, eachYuan: 15 }), material],
    cover: cover('words', 'fog', 1), skills: '前端开发|资料整理',
  },
])

import { addOn, choice, choices, count, cover, files, longText, optional, pack, servicesOf, text } from '../authoring.ts'

const sample = files('sample', '脱敏后的样表', 'XLSX、CSV、ZIP', 10)
const morning = longText('morning', '每天早上最想看到哪几个数')
const where = choice('where', '跑在哪里', '我的电脑|公司服务器 +300|云主机 +300')

export const jibeichuanServices = servicesOf('jibeichuan', [
  {
    id: 'jibeichuan-dashboard', title: '销售数据看板，对接 ERP 与多平台店铺', en: 'Sales dashboard across shops and ERP', category: 'dashboard',
    summary: '早上七点自动更新，手机上三屏看完。',
    about: ['先用您一周的真数据做一页样板，看得懂再往下做，不合适就停在这里。', '口径写成一页：什么算销售额、退款怎么减、几点算昨天。以后谁问都有答案。', '- 数据留在您自己的机器上\n- 脚本有注释，附交接文档\n- 接口不开放的平台用导出文件自动读'],
    packages: [pack(3500, 8, 2, '2 个数据源|1 页看板'), pack(6800, 14, 3, '4 个数据源|4 页看板|口径文档'), pack(11800, 22, 3, '6 个数据源|8 页看板|预警|权限')],
    addOns: [addOn('异常预警到企业微信', 800, 2), addOn('多一个数据源', 900, 2)],
    form: [text('company', '公司名称'), count('sources', '数据源数量', '个', { included: 2, max: 12, eachYuan: 900 }), choices('metrics', '关心的主题', '销售|库存|毛利 +500|投放 +500|会员'), where, morning, optional(sample)],
    cover: cover('chart', 'fog', 0), skills: '数据看板|SQL|接口对接', faqs: [['数据会不会泄露？', '默认在您的机器上跑，我远程时您看着屏幕。'], ['以后平台接口变了呢？', '一年内小改免费，大改按半价。']],
  },
  {
    id: 'jibeichuan-excel', title: 'Excel 表格重做：去掉手抄、合并、反复核对', en: 'Rebuild a spreadsheet so nobody copies by hand', category: 'spreadsheet',
    summary: '把那张谁都不敢动的表，改成谁都会用的表。',
    about: ['发来那张最乱的表，我先画一页“数据怎么走”，再动手。', '不用宏能解决的就不用宏；录入区、计算区、结果区分开，加保护。', '- 附三分钟录屏\n- 旧数据一起迁'],
    packages: [pack(280, 2, 2, '1 张表'), pack(780, 4, 2, '联动的 5 张表|录屏'), pack(1680, 7, 3, '进销存一套|录屏|打印单据')],
    addOns: [addOn('旧数据清理 5,000 行', 200, 1)],
    form: [longText('now', '现在这张表怎么用'), count('sheets', '表格数量', '张', { included: 1, max: 20, eachYuan: 150 }), sample],
    cover: cover('chart', 'pine', 1), skills: 'Excel|流程梳理', faqs: [['WPS 能用吗？', '能，会在两边都试。']],
  },
  {
    id: 'jibeichuan-merge', title: '多店流水合并对账脚本，一键出差异表', en: 'Script that reconciles many shops', category: 'automation',
    summary: '十几个导出文件，点一下出一张差异表。',
    about: ['把每家店的导出文件丢进一个文件夹，双击运行，出汇总和差异两张表。', '差异会写原因猜测：少一天、重复导出、退款跨月。', '- 断网也能用\n- 列名变了会提示，不会悄悄算错'],
    packages: [pack(900, 4, 2, '3 种格式'), pack(1900, 7, 3, '8 种格式|差异原因|月报')],
    addOns: [addOn('定时自动跑', 300, 1)],
    form: [count('formats', '文件格式种类', '种', { included: 3, max: 15, eachYuan: 220 }), where, sample],
    cover: cover('ledger', 'pine', 1), skills: 'Python|对账', faqs: [['电脑要装什么吗？', '不用，打包成一个程序，双击就行。']],
  },
  {
    id: 'jibeichuan-clean', title: '客户与商品资料清洗，去重、补全、统一', en: 'Clean-up of customer and product data', category: 'data-cleaning',
    summary: '电话重复、地址乱写、规格混着，先抽样再全量。',
    about: ['先抽 200 行给您看清洗规则，确认后全量，每一处改动都留原值。', '拿不准的不改，列出来请您判断。', '- 交清洗后文件、改动记录、规则说明\n- 数据用完即删，给删除回执'],
    packages: [pack(300, 2, 1, '5,000 行'), pack(900, 4, 2, '30,000 行|改动记录'), pack(2200, 8, 2, '100,000 行|改动记录|脚本')],
    form: [count('rows', '万行数', '万行', { included: 1, max: 50, eachYuan: 200 }), choices('issues', '主要问题', '重复|地址|规格|缺失|编码乱'), sample],
    cover: cover('chart', 'clay', 1), skills: '数据清洗|Python', faqs: [['含个人信息能接吗？', '请先脱敏，或让我远程在您机器上做。']],
  },
  {
    id: 'jibeichuan-stock', title: '补货预警表：按近八周销量算该补多少', en: 'Reorder alerts from eight weeks of sales', category: 'spreadsheet',
    summary: '不缺货也不压货，每周一早上看一次。',
    about: ['用近八周销量、到货天数、最小起订量，算每个商品的补货点和建议数量。', '旺季和断货周会剔除，避免算偏。', '- 结果按金额和紧急程度排\n- 公式看得见，您可以改参数'],
    packages: [pack(780, 4, 2, '300 个商品'), pack(1580, 7, 2, '2,000 个商品|多仓')],
    addOns: [addOn('自动读取库存导出', 400, 1)],
    form: [text('trade', '卖什么'), count('skus', '百个商品', '百个', { included: 3, max: 50, eachYuan: 80 }), text('lead', '平均到货天数'), sample],
    cover: cover('chart', 'sea', 0), skills: 'Excel|库存分析', faqs: [['新品没有历史怎么办？', '先按类似商品估，四周后自动换成自己的数。']],
  },
  {
    id: 'jibeichuan-bot', title: '重复活自动化：填表、下载、改名、发邮件', en: 'Automate the clicking', category: 'automation',
    summary: '每天花一小时点来点去的事，交给电脑做。',
    about: ['录一段您操作的屏幕给我，我看能不能自动、能省多少时间，先给评估。', '只做您有权限的系统，不绕过验证码，不采集别人的数据。', '- 出错会停下并截图\n- 每次运行有记录'],
    packages: [pack(680, 3, 1, '1 个流程'), pack(1680, 6, 2, '3 个流程|运行记录')],
    addOns: [addOn('每天定时', 200, 1)],
    form: [longText('steps', '现在每一步怎么做'), choice('often', '多久做一次', '每天|每周|每月'), where, optional(files('record', '录屏'))],
    cover: cover('screen', 'fog', 0), skills: '流程自动化|Python', faqs: [['网页改版了会坏吗？', '会停下来报错，半年内修三次不收费。']],
  },
  {
    id: 'jibeichuan-survey', title: '问卷与评价文字分析，归成十类说明书', en: 'Turn reviews and survey text into ten themes', category: 'data-cleaning', state: 'paused',
    summary: '几千条评价里，客人到底在夸什么、骂什么。',
    about: ['只分析您自己店铺后台导出的评价和问卷。', '先读三百条人工归类，再让程序归其余，抽检准确率写在报告里。', '- 每类附三条原话\n- 给三件马上能改的事'],
    packages: [pack(580, 3, 1, '1,000 条|报告'), pack(1280, 5, 2, '5,000 条|报告|月度跟踪表')],
    form: [text('shop', '店名'), count('thousands', '千条数', '千条', { included: 1, max: 30, eachYuan: 160 }), sample],
    cover: cover('chart', 'rose', 0), skills: '文本分析|Python',
  },
])

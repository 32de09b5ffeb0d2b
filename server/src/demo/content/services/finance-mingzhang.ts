import { addOn, choice, choices, count, cover, files, longText, optional, pack, servicesOf, text } from '../authoring.ts'

const company = text('company', '公司名称')
const payer = choice('payer', '纳税人类型', '小规模|一般纳税人 +200|还没注册|不清楚')
const files_ = files('papers', '营业执照与现有资料')

export const mingzhangServices = servicesOf('mingzhang', [
  {
    id: 'mingzhang-monthly', title: '小规模代理记账，按季报税，每月一页看懂的账', en: 'Bookkeeping and tax filing for small taxpayers', category: 'bookkeeping',
    summary: '票据拍照就行，15 号前给回执。',
    about: ['每月 5 号前把票据拍照或寄来，10 号前入账，15 号前申报，回执发到订单里。', '每月给您一页纸：收入、成本、税、账上还剩多少，用大白话写。', '- 含个税申报与社保基数核对\n- 发现不合规的票会退回并说明\n- 不做虚开、不做两套账'],
    packages: [pack(600, 90, 1, '一个季度|100 笔以内'), pack(2200, 365, 1, '一年|100 笔每季|汇算清缴'), pack(3600, 365, 1, '一年|300 笔每季|汇算清缴|季度电话')],
    addOns: [addOn('补一个季度旧账', 500, 5), addOn('电商平台流水核对', 300, 2)],
    form: [company, payer, count('staff', '员工人数', '人', { included: 5, max: 100, eachYuan: 20 }), files_],
    cover: cover('ledger', 'leaf', 0), skills: '代理记账|纳税申报', faqs: [['换会计需要什么？', '把旧账套导出、最近三个月申报表给我们就行，我们去接。'], ['没有业务也要报吗？', '要，零申报也要按期做。']],
  },
  {
    id: 'mingzhang-general', title: '一般纳税人全盘账，进销项逐票核对', en: 'Full books for general taxpayers', category: 'bookkeeping',
    summary: '进项认证、成本结转、增值税申报一条线。',
    about: ['每张进项票核对用途和抵扣期，月底前告诉您还缺多少票、预计交多少税。', '成本按您的实际业务结转，不为了少交税乱做。', '- 月度报表、季度所得税、年度汇算\n- 税务来电由我们先接'],
    packages: [pack(900, 30, 1, '一个月|100 张票'), pack(9600, 365, 1, '一年|每月 100 张票|汇算清缴')],
    addOns: [addOn('库存盘点协助', 600, 2)],
    form: [company, count('invoices', '每月票据', '张', { included: 100, max: 1000, eachYuan: 3 }), choices('trade', '业务类型', '贸易|制造 +300|服务|电商'), files_],
    cover: cover('ledger', 'sea', 1), skills: '代理记账|纳税申报|财税咨询', faqs: [['能派会计到公司吗？', '深圳可以每月半天，另收费。']],
  },
  {
    id: 'mingzhang-annual', title: '企业所得税汇算清缴，先查风险再申报', en: 'Annual corporate tax settlement', category: 'bookkeeping',
    summary: '自己记账也能只做这一项。',
    about: ['先看全年账，列出要调增的项目和缺的凭证，给您一周补票。', '申报前把要交多少、怎么来的讲清楚，您确认再报。', '- 附风险清单\n- 申报后 30 天内税务询问免费解答'],
    packages: [pack(1200, 7, 1, '小微企业|风险清单'), pack(2800, 12, 1, '一般企业|风险清单|底稿')],
    addOns: [addOn('年度审计报告对接', 300)],
    form: [company, payer, choice('revenue', '年收入', '100 万以内|100–500 万 +600|500 万以上 +1500'), files_],
    cover: cover('ledger', 'sand', 0), skills: '纳税申报|财税咨询', faqs: [['已经过了 5 月 31 日怎么办？', '可以补报，会有滞纳金，先算给您看。']],
  },
  {
    id: 'mingzhang-register', title: '公司注册到开户，一个地址一份清单办完', en: 'Company registration to bank account', category: 'registration',
    summary: '核名、章程、执照、刻章、税务登记、银行预约。',
    about: ['先问三件事：做什么、几个人、会不会开大额发票，再建议类型和经营范围。', '线上办理，全程告诉您走到哪一步。', '- 刻章、银行收费按实际，我们不加价\n- 不提供虚假地址'],
    packages: [pack(680, 7, 1, '有限公司注册|刻章'), pack(1280, 12, 1, '注册|税务登记|银行预约|首季零申报')],
    addOns: [addOn('食品经营许可协助', 800, 10), addOn('个体户转公司', 400, 5)],
    form: [text('names', '三个备选名称'), choice('city', '注册地', '深圳|广州|东莞|其他 +200'), count('holders', '股东人数', '人', { included: 2, max: 20, eachYuan: 50 }), longText('business', '准备做什么')],
    cover: cover('ledger', 'clay', 1), skills: '工商注册', faqs: [['认缴多少合适？', '按五年内真能缴上的写，我们会解释新规定。']],
  },
  {
    id: 'mingzhang-change', title: '工商变更：法人、地址、股权、经营范围', en: 'Changes of registration', category: 'registration',
    summary: '一项几天、要谁签字，先写清楚再收资料。',
    about: ['各地要求不同，我们先查当地口径，给您一张清单：谁签、签几份、要不要到场。', '股权变更会提醒个人所得税。', '- 一次办多项会合并材料'],
    packages: [pack(480, 5, 1, '1 项变更'), pack(980, 8, 1, '3 项以内变更')],
    addOns: [addOn('银行信息同步变更', 200, 2)],
    form: [company, choices('changes', '变更事项', '法人|地址|股权 +300|经营范围|名称 +200'), files_],
    cover: cover('ledger', 'fog', 0), skills: '工商变更', faqs: [['异地迁移能办吗？', '能，但要先清税，时间一个月以上，单独报价。']],
  },
  {
    id: 'mingzhang-consult', title: '财税咨询一小时，带着您的报表来', en: 'One hour of tax advice on your own books', category: 'tax-advice',
    summary: '问清楚再做决定：要不要转一般纳税人、怎么发工资。',
    about: ['提前一天发报表，我们先看，谈的时候直接说问题。', '结束后给一页书面结论，写明依据。', '- 只讲合规的做法'],
    packages: [pack(300, 2, 1, '一小时|书面结论'), pack(980, 5, 1, '三次|税负测算')],
    form: [company, payer, longText('question', '最想问的三个问题'), optional(files_)],
    cover: cover('ledger', 'pine', 1), skills: '财税咨询', faqs: [['谈的人是谁？', '邱明本人或另一位有十年经验的会计师。']],
  },
  {
    id: 'mingzhang-crossborder', title: '跨境电商补账与收入核对，平台流水对到笔', en: 'Cross-border shop accounts reconciled line by line', category: 'bookkeeping',
    summary: '三个平台、两种货币，也能对得平。',
    about: ['平台到账不等于收入。我们把结算单拆成销售、佣金、广告、退款、汇差，逐笔对到银行。', '对不上的列出来一起查，不硬凑。', '- 汇率按当月规定取\n- 交对账底稿和凭证'],
    packages: [pack(1800, 10, 1, '一个平台|半年'), pack(3800, 18, 1, '三个平台|一年|底稿')],
    addOns: [addOn('出口退税可行性说明', 500, 2)],
    form: [company, count('shops', '店铺数量', '个', { included: 1, max: 15, eachYuan: 600 }), choice('span', '时间跨度', '半年|一年 +900|两年 +2200')],
    cover: cover('chart', 'leaf', 0), skills: '代理记账|对账|出口退税', faqs: [['个人账户收款怎么办？', '先停，再说怎么规范，第一次咨询不收费。']],
  },
  {
    id: 'mingzhang-payroll', title: '工资社保代办，入离职增减员当月办', en: 'Payroll and social insurance handling', category: 'tax-advice',
    summary: '工资条、个税、社保公积金，一张表管住。',
    about: ['每月 20 号前把考勤给我们，25 号前出工资表和工资条。', '入职离职当天告知，当月增减，不漏缴。', '- 员工问个税由我们解释\n- 年度个税汇算提醒'],
    packages: [pack(500, 30, 1, '一个月|10 人以内'), pack(5400, 365, 1, '一年|10 人以内|汇算提醒')],
    addOns: [addOn('劳动合同模板', 200)],
    form: [company, count('staff', '员工人数', '人', { included: 10, max: 200, eachYuan: 30 }), choice('city', '参保城市', '深圳|广州|东莞|多城 +300')],
    cover: cover('ledger', 'rose', 0), skills: '工资社保|纳税申报', faqs: [['可以代缴挂靠社保吗？', '不可以，没有劳动关系不能参保。']],
  },
])

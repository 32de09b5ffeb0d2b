import { addOn, choice, choices, count, cover, date, files, longText, optional, pack, servicesOf, text } from '../authoring.ts'

const side = choice('side', '您是哪一方', '甲方|乙方|股东|员工|不确定')
const draft = files('draft', '合同或材料', 'Word、PDF、图片', 10)
const worry = longText('worry', '最担心的是什么')

export const hengyuanServices = servicesOf('hengyuan', [
  {
    id: 'hengyuan-review', title: '合同审查，逐条批注，写明风险与改法', en: 'Contract review with clause-by-clause notes', category: 'contract',
    summary: '每条三句话：是什么意思、有什么风险、怎么改。',
    about: ['用修订模式直接改，批注写给不懂法的人看。', '最前面一页是结论：能签、改了再签、别签，以及必须争的三条。', '- 租赁、加盟、采购、服务、代理都审\n- 一位律师审、另一位复核\n- 不保证诉讼结果'],
    packages: [pack(480, 2, 1, '10 页以内|结论页'), pack(980, 3, 2, '30 页以内|结论页|谈判要点'), pack(1880, 5, 3, '60 页以内|谈判要点|一次电话')],
    addOns: [addOn('24 小时加急', 400, -1), addOn('陪同线上谈判一小时', 600)],
    form: [side, count('pages', '合同页数', '页', { included: 10, max: 120, eachYuan: 30 }), choice('kind', '合同类型', '租赁|加盟|采购|服务|其他'), worry, draft],
    cover: cover('ledger', 'ink', 0), skills: '合同审查', faqs: [['口头约定怎么办？', '写进补充条款，我们给您一段现成的。'], ['能替我去谈吗？', '可以线上陪同，委托代理另谈。']],
  },
  {
    id: 'hengyuan-template', title: '常用合同定制：采购、服务、保密、兼职', en: 'Tailored contract templates', category: 'contract',
    summary: '按您的生意写，不是网上下载改名字。',
    about: ['先问付款习惯、常见纠纷、对方一般是谁，再写。', '空白处用黄底标出，旁边写怎么填、哪句不能删。', '- 交 Word 与填写说明\n- 半年内法规有变免费更新'],
    packages: [pack(880, 4, 2, '1 份'), pack(2280, 8, 2, '3 份|填写说明'), pack(3980, 12, 3, '6 份|填写说明|培训一小时')],
    addOns: [addOn('英文对照', 800, 3)],
    form: [text('company', '公司名称'), choices('kinds', '需要哪几份', '采购|服务|保密|兼职|代理|赠与'), worry],
    cover: cover('ledger', 'sand', 1), skills: '合同起草', faqs: [['能用电子签吗？', '能，条款里会写明。']],
  },
  {
    id: 'hengyuan-trademark', title: '商标注册代理，先查再报，驳回说明原因', en: 'Trademark filing with prior search', category: 'trademark',
    summary: '近似检索写成功率和理由，官费按实付。',
    about: ['先做近似检索，给出“建议报、改了报、别报”的结论和理由。', '类别按您现在卖的和两年内要卖的选，不劝多报。', '- 每个类别 10 个小项以内\n- 官费按国家规定实付，退单不退官费\n- 结果由审查机关决定'],
    packages: [pack(600, 3, 1, '1 个类别|检索报告'), pack(1500, 5, 1, '3 个类别|检索报告|使用建议')],
    addOns: [addOn('加急检索 4 小时', 150), addOn('监测一年', 300)],
    form: [text('mark', '商标文字'), optional(files('image', '图形')), count('classes', '类别数', '类', { included: 1, max: 12, eachYuan: 480 }), longText('goods', '卖什么')],
    cover: cover('words', 'pine', 0), skills: '商标注册|近似检索', faqs: [['多久下证？', '顺利的话九个月左右，我们只能跟进不能加快。']],
  },
  {
    id: 'hengyuan-refusal', title: '商标驳回复审，补使用证据，写清区别', en: 'Review of refused trademarks', category: 'trademark',
    summary: '收到驳回 15 天内要提，先判断值不值。',
    about: ['先免费看驳回通知，告诉您机会大不大、还有没有别的路。', '决定做就整理使用证据：合同、发票、照片、平台记录，逐份编号。', '- 复审理由书一份\n- 期限很短，请尽早'],
    packages: [pack(1600, 7, 1, '理由书|证据整理'), pack(2800, 10, 2, '理由书|证据整理|撤三并行建议')],
    form: [text('mark', '商标文字'), date('received', '收到通知的日期'), draft],
    cover: cover('words', 'ink', 0), skills: '商标复审', faqs: [['过了 15 天呢？', '不能复审，只能重新申请。']],
  },
  {
    id: 'hengyuan-labor', title: '小店用工合规包：合同、规章、离职手续', en: 'Employment pack for small shops', category: 'contract',
    summary: '五到五十人的店，够用又看得懂。',
    about: ['餐饮和零售的排班、加班、试用期，按当地口径写。', '附入职、调岗、离职各一套表格，店长照着填。', '- 兼职、学生工分开写\n- 一小时线上讲解给店长'],
    packages: [pack(1280, 6, 2, '劳动合同|规章|表格'), pack(2380, 9, 2, '合同|规章|表格|培训|半年答疑')],
    addOns: [addOn('现有合同体检', 400, 2)],
    form: [text('shop', '店名或公司'), choice('city', '所在城市', '上海|苏州|成都|其他'), count('staff', '员工人数', '人', { included: 20, max: 200, eachYuan: 15 }), worry],
    cover: cover('ledger', 'clay', 0), skills: '劳动合同|规章制度', faqs: [['已经有纠纷了能处理吗？', '可以咨询，代理仲裁另外签。']],
  },
  {
    id: 'hengyuan-equity', title: '合伙人股权协议，先谈退出再谈进入', en: 'Founders’ agreement that starts with leaving', category: 'contract', state: 'rejected', rejectionReason: '说明里写了“确保不起纠纷”，属于结果承诺，请改后再提交。',
    summary: '两到四个人合伙，一个下午把最难的话说开。',
    about: ['我们主持一次三小时的线上谈话，按清单问十二个问题：谁出钱、谁干活、谁先走怎么办。', '谈完三天内给协议，大家看懂再签。', '- 含成熟期、退出价格、表决规则'],
    packages: [pack(2800, 7, 2, '两人'), pack(4200, 10, 3, '四人以内|章程配合')],
    form: [text('company', '公司名称'), count('partners', '合伙人数', '位', { included: 2, max: 8, eachYuan: 600 }), worry],
    cover: cover('ledger', 'sea', 0), skills: '股权协议',
  },
])

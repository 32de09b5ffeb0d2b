import { addOn, choice, choices, count, cover, date, files, longText, pack, servicesOf, text } from '../authoring.ts'

const manuscript = files('manuscript', '文稿', 'Word、PDF、图片', 20)
const due = date('due', '最晚什么时候要')

export const shenxiaomanServices = servicesOf('shenxiaoman', [
  {
    id: 'shenxiaoman-courseware', title: '中小学与培训课件制作，公式图表全部重画', en: 'Courseware with every diagram redrawn', category: 'slide-template',
    summary: '教辅编辑做的课件，一步一步点出来。',
    about: ['按您的教案排，不改教学顺序。公式用编辑器录入，电路、几何、地图全部重画。', '每页信息量按后排看得清来控制，动画只用“出现”。', '- 先做一课样张，合适再做全套\n- 交可编辑文件'],
    packages: [pack(160, 2, 2, '1 课时'), pack(900, 8, 2, '6 课时|统一版式'), pack(3200, 25, 2, '24 课时|统一版式|习题页')],
    addOns: [addOn('课堂小测页', 60, 1)],
    form: [text('subject', '学科与年级'), count('lessons', '课时', '课', { included: 1, max: 60, eachYuan: 150 }), manuscript],
    cover: cover('slides', 'leaf', 0), skills: '课件制作|排版', faqs: [['教材配图能用吗？', '有版权的图我会重画，不直接截。']],
  },
  {
    id: 'shenxiaoman-tender', title: '投标文件排版，目录页码交叉引用一次对', en: 'Tender documents typeset overnight', category: 'document-layout',
    summary: '三百页一夜排完，改一处全书跟着动。',
    about: ['样式、编号、题注、目录、页眉全用 Word 自己的功能做，您之后改内容不会散。', '开标前常有急活，晚上十点前给我，早上八点前交。', '- 交 Word 与 PDF\n- 附一页“怎么改不会乱”'],
    packages: [pack(300, 2, 1, '60 页以内'), pack(800, 3, 2, '200 页以内|交叉引用'), pack(1500, 4, 2, '400 页以内|交叉引用|双册')],
    addOns: [addOn('通宵加急', 300, -1)],
    form: [text('project', '项目名称'), count('pages', '页数', '页', { included: 60, max: 600, eachYuan: 4 }), due, manuscript],
    cover: cover('words', 'fog', 1), skills: '排版|Word 样式', faqs: [['打印装订呢？', '给您打印注意事项，店里照做就行。']],
  },
  {
    id: 'shenxiaoman-summary', title: '工作总结 PPT，十五页以内，清楚不花', en: 'Clear work summary slides', category: 'work-report',
    summary: '不用模板网站的那种，字号统一，表格不挤。',
    about: ['您给 Word，我来分页、提标题、做表格和简单图表。', '颜色不超过三种，投影上也看得清。', '- 附 A4 打印版'],
    packages: [pack(200, 2, 2, '15 页以内'), pack(420, 3, 3, '30 页以内|图表')],
    addOns: [addOn('当天交', 120, -1)],
    form: [text('title', '汇报题目'), choice('style', '颜色偏好', '单位标准色|蓝灰|暖色'), due, manuscript],
    cover: cover('slides', 'sand', 1), skills: 'PPT 设计|排版', faqs: [['内容能帮写吗？', '能帮提炼，不替编数据。']],
  },
  {
    id: 'shenxiaoman-booklet', title: '手册、内刊与校刊排版，四十八页起', en: 'Booklets and school magazines', category: 'document-layout',
    summary: '从文稿到印刷文件，骑马钉、胶装都会拼。',
    about: ['在出版社排了五年书，出血、拼版、勒口、跨页都熟。', '先出两种版式各四页，选定后排全书，校对三次。', '- 正文错别字顺手标，不擅自改'],
    packages: [pack(960, 6, 2, '48 页以内'), pack(1800, 10, 3, '96 页以内|封面')],
    addOns: [addOn('封面设计', 240, 2)],
    form: [text('title', '书名或刊名'), count('pages', '页数', '页', { included: 48, max: 240, eachYuan: 16 }), choice('binding', '装订', '骑马钉|胶装|线圈|不确定'), manuscript],
    cover: cover('words', 'sand', 1), skills: '排版|书籍设计', faqs: [['照片不清楚怎么办？', '会标出低于印刷要求的，您换或缩小用。']],
  },
  {
    id: 'shenxiaoman-exam', title: '试卷与讲义录入排版，手写也认', en: 'Exam papers typed and typeset', category: 'document-layout',
    summary: '拍照发来，公式图形重做，八开两栏。',
    about: ['手写稿、旧试卷照片都行。公式可编辑，图形矢量，答题卡另做。', '每份打完自己做一遍，题号和分值对得上。', '- 交学生版和带答案版'],
    packages: [pack(80, 1, 1, '1 份'), pack(360, 3, 1, '5 份|答题卡')],
    form: [text('subject', '学科'), count('papers', '份数', '份', { included: 1, max: 60, eachYuan: 70 }), manuscript],
    cover: cover('words', 'pine', 1), skills: '排版|录入', faqs: [['能当天要吗？', '下午三点前发来，当天给。']],
  },
  {
    id: 'shenxiaoman-sop', title: '店铺操作手册排版，一页一步贴墙上', en: 'Step-by-step shop manuals for the wall', category: 'slide-template',
    summary: '把老师傅口头教的变成新人看得懂的图。',
    about: ['您拍步骤照片、说要点，我排成一页一步，关键处画圈加箭头。', '字够大，油烟里也看得见；过塑尺寸直接打印。', '- 附索引页和更新记录'],
    packages: [pack(380, 4, 2, '20 步以内'), pack(780, 7, 2, '60 步以内|索引|过塑版')],
    form: [text('shop', '店名'), count('steps', '步骤数', '步', { included: 20, max: 120, eachYuan: 10 }), choices('where', '贴在哪里', '后厨|吧台|仓库|前台'), longText('rule', '最容易做错的三步')],
    cover: cover('slides', 'clay', 0), skills: '排版|信息设计', state: 'in_review',
  },
])

import { addOn, choice, choices, count, cover, files, longText, optional, pack, servicesOf, text } from '../authoring.ts'

const call = choice('call', '方便电话的时间', '上午|下午|晚上|周末')
const what = longText('what', '您卖什么，卖给谁')

export const jiangwenServices = servicesOf('jiangwen', [
  {
    id: 'jiangwen-story', title: '小店品牌故事，先打一小时电话再动笔', en: 'A small shop’s story, after an hour on the phone', category: 'copywriting',
    summary: '八百字以内，写得像您自己说的话。',
    about: ['我会先打一个小时电话，听您讲怎么开的店、差点关门是哪一年、老客人最爱说什么。', '然后写一篇八百字的长版、一段一百字的短版、一句话版。写完我会读给您听。', '- 不写“匠心”“极致”这类空词\n- 事实请您逐条确认'],
    packages: [pack(580, 4, 2, '长版 800 字|短版|一句话'), pack(1180, 7, 3, '三个版本|包装文案|客服常用语 20 条')],
    addOns: [addOn('到店采访（南京周边）', 300, 1)],
    form: [text('shop', '店名'), call, what, optional(files('photos', '老照片'))],
    cover: cover('words', 'clay', 0), skills: '品牌文案|采访', faqs: [['我不太会说怎么办？', '不用会说，我会问；您讲平常的事就好。']],
  },
  {
    id: 'jiangwen-name', title: '店名与产品起名，五个能注册的好名字', en: 'Five names you can actually register', category: 'naming',
    summary: '三十个里挑五个，每个都查过重、念过三遍。',
    about: ['好名字要念着顺、写着短、问路说得清。我先给方向，再给三十个候选，一起挑五个。', '每个都在公开商标库和常见平台查一遍，把撞名情况写给您。', '- 普通话和您当地方言各念一遍\n- 查询结果不等于注册成功'],
    packages: [pack(480, 4, 1, '30 个候选|5 个精选|查重'), pack(980, 6, 2, '两轮候选|5 个精选|口号各一句')],
    addOns: [addOn('英文名', 200, 1), addOn('产品系列名 6 个', 360, 2)],
    form: [what, choice('type', '给什么起名', '店|产品|公司|活动'), longText('avoid', '不喜欢的字和感觉'), call],
    cover: cover('words', 'pine', 0), skills: '起名|品牌文案', faqs: [['算不算五行？', '不算，我只管好念好记能用。']],
  },
  {
    id: 'jiangwen-wechat', title: '公众号代笔，一月四篇，写行业里的真事', en: 'Four articles a month for your account', category: 'social-content',
    summary: '每篇一件小事，一千五百字上下，带排版。',
    about: ['不写鸡汤，不蹭热点。写您这行里外人不知道的事：怎么看料、为什么贵、坏了怎么修。', '每月初定四个题目，每篇先给提纲。', '- 含排版和三张配图建议\n- 引用数据注明出处'],
    packages: [pack(520, 4, 1, '1 篇'), pack(1800, 30, 2, '4 篇|选题表'), pack(4800, 90, 2, '12 篇|选题表|季度复盘')],
    addOns: [addOn('配图拍摄指导', 120)],
    form: [text('account', '账号名称'), what, call, optional(longText('past', '以前写过哪些'))],
    cover: cover('words', 'ink', 1), skills: '公众号写作|采访', faqs: [['署谁的名？', '署您的，稿子归您。']],
  },
  {
    id: 'jiangwen-note', title: '小红书笔记文案二十条，口语不油', en: 'Twenty honest social notes', category: 'social-content',
    summary: '真实使用场景，标题三选一，不做假评价。',
    about: ['我先要一份样品用三天，再写。每条一个具体场景，不超过三百字。', '标题给三个，您自己挑。明确标注品牌内容，不冒充顾客。', '- 附拍图建议，手机就能拍'],
    packages: [pack(400, 4, 1, '8 条'), pack(880, 7, 2, '20 条|标题三选一|拍图建议')],
    addOns: [addOn('评论区回复口径 15 条', 160)],
    form: [text('product', '产品'), count('notes', '条数', '条', { included: 8, max: 60, eachYuan: 40 }), choices('scene', '使用场景', '家里|办公室|旅行|送礼|带娃'), what],
    cover: cover('scene', 'clay', 0), skills: '小红书笔记|产品文案', faqs: [['能写成素人体验吗？', '不能冒充顾客，这也是规定。']],
  },
  {
    id: 'jiangwen-script', title: '短视频口播稿，一分钟以内，读出来顺', en: 'Short-video scripts meant to be spoken', category: 'copywriting',
    summary: '按您说话的习惯写，不用提词器也记得住。',
    about: ['先听您十分钟语音，学您怎么断句。写出来的每句不超过十五个字。', '开头三秒、中间一个转折、结尾一个动作，拍的时候心里有数。', '- 每条配分镜三行'],
    packages: [pack(300, 3, 1, '3 条'), pack(900, 6, 2, '10 条|分镜')],
    addOns: [addOn('陪拍指导一次（线上）', 200)],
    form: [count('scripts', '条数', '条', { included: 3, max: 40, eachYuan: 85 }), what, call],
    cover: cover('words', 'leaf', 1), skills: '脚本策划|文案', faqs: [['讲方言可以吗？', '可以，江淮官话我会写，别的您改两个字。']],
  },
  {
    id: 'jiangwen-service', title: '客服话术与售后回复，一百个问题怎么答', en: 'A hundred customer-service answers', category: 'copywriting',
    summary: '看一千条聊天，整理出一百个问法和答法。',
    about: ['给我脱敏后的聊天记录，我按问题归类，写成客服能直接复制的话。', '生气的客人单独一章：先认哪一句，再说怎么办，什么时候找老板。', '- 表格交付，可导入常用客服软件\n- 聊天记录用完即删'],
    packages: [pack(680, 5, 1, '50 个问题'), pack(1280, 8, 2, '100 个问题|生气客人一章|培训一小时')],
    form: [text('shop', '店名'), files('chat', '脱敏聊天记录', 'Excel、TXT'), longText('policy', '退换货规则')],
    cover: cover('words', 'sand', 1), skills: '客服话术|文案', faqs: [['客人隐私怎么办？', '请先去掉姓名电话，没去的我会退回。']],
  },
])

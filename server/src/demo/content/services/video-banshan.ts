import { addOn, choice, choices, count, cover, date, longText, optional, pack, servicesOf, text } from '../authoring.ts'

const place = text('place', '拍摄地点')
const shootDay = date('day', '希望的拍摄日')
const story = longText('story', '最想让人记住什么')
const travel = '差旅按实际票据另结，出发前给您预算。'

export const banshanServices = servicesOf('banshan', [
  {
    id: 'banshan-visit', title: '门店探店短视频，脚本、拍摄、剪辑一条龙', en: 'Store visit videos from script to edit', category: 'short-video',
    summary: '半天拍 3 条，带脚本，店主不用背词。',
    about: ['开机前写好分镜，您签字再拍。店主不会说词没关系，我们用问答的方式录。', '竖版 30 到 60 秒，含字幕、调色、封面。', '- 音乐用有授权的曲库\n- 原始素材保留 30 天', travel],
    packages: [pack(1280, 4, 1, '1 条|脚本|半天'), pack(2980, 6, 2, '3 条|脚本|半天'), pack(5600, 10, 2, '6 条|脚本|一天|封面')],
    addOns: [addOn('航拍一组', 400), addOn('加急 48 小时', 600, -2)],
    form: [text('shop', '店名'), place, shootDay, choices('focus', '想拍的重点', '招牌菜|手艺|店主故事|环境', 2)],
    cover: cover('video', 'ink', 0), skills: '短视频拍摄|脚本策划|剪辑', faqs: [['能保证上热门吗？', '不能，也不建议买量。我们保证拍得真、剪得干净。']],
  },
  {
    id: 'banshan-tea', title: '茶园与产地短片，跟着节气拍一天', en: 'A day in the tea garden, filmed by season', category: 'promo-video',
    summary: '横版成片一条加竖版六条，横竖分开拍，不裁切。',
    about: ['产地片最怕像旅游片。我们跟一个人走一天，从天没亮到收工。', '横版 90 秒一条，竖版 20 秒六条，分别构图。', '- 一次踩点、一天拍摄\n- 现场收音，尽量不用旁白', travel],
    packages: [pack(4800, 8, 2, '横版 60 秒|1 天拍摄'), pack(7400, 12, 2, '横版 90 秒|竖版 6 条|1 天拍摄'), pack(13800, 20, 3, '横版 3 分钟|竖版 12 条|2 天拍摄|航拍')],
    addOns: [addOn('英文字幕', 300, 1), addOn('多拍一天', 2600, 2)],
    form: [place, shootDay, story, optional(text('season', '节气或工序'))],
    cover: cover('video', 'leaf', 1), skills: '短视频拍摄|航拍|调色', faqs: [['下雨怎么办？', '提前一天看天气，可免费改期一次；小雨其实好看。']],
  },
  {
    id: 'banshan-factory', title: '工厂实力片，三分钟把产线讲清楚', en: 'Three-minute factory film for overseas buyers', category: 'promo-video',
    summary: '给海外客户看的工厂片，中英双字幕。',
    about: ['按客户验厂的顺序拍：来料、产线、检验、仓库、装柜。', '每道工序配一行字幕，不用空话。涉密工位会避开，成片先给您审。', '- 一天拍摄，可分两个半天\n- 交无字幕版，方便以后换语言'],
    packages: [pack(6800, 12, 2, '3 分钟|中文字幕'), pack(9800, 15, 3, '3 分钟|中英字幕|30 秒短版|航拍')],
    addOns: [addOn('英文配音', 900, 3), addOn('产线动画示意', 1500, 4)],
    form: [text('factory', '工厂名称'), place, count('lines', '产线数量', '条', { included: 2, max: 10, eachYuan: 500 }), story],
    cover: cover('video', 'fog', 0), skills: '宣传片|剪辑|航拍', faqs: [['要停产配合吗？', '不用，我们跟着节奏拍，只在一两处补光。']],
  },
  {
    id: 'banshan-process', title: '后厨工序系列，一道工序三十秒', en: 'Kitchen craft series, thirty seconds each', category: 'short-video',
    summary: '一天拍十二条，够您更新一个月。',
    about: ['把每天都在做的事拍下来：熬汤、擀面、起锅。不摆拍，不换厨师服。', '一天集中拍十二条，声音都用现场的。', '- 每条配一句话，不超过 14 个字\n- 发布顺序和时间给建议'],
    packages: [pack(2600, 6, 1, '6 条|半天'), pack(4600, 9, 2, '12 条|一天')],
    addOns: [addOn('每条两个结尾', 480, 1)],
    form: [text('shop', '店名'), place, count('steps', '工序数量', '道', { included: 6, max: 20, eachYuan: 300 }), shootDay],
    cover: cover('video', 'clay', 1), skills: '短视频拍摄|剪辑', faqs: [['营业时间能拍吗？', '建议早上备料和打烊前，各两小时。']],
  },
  {
    id: 'banshan-edit', title: '您拍我剪：手机素材剪成能发的样子', en: 'You shoot, we edit', category: 'post-production',
    summary: '发来素材，48 小时剪好，字幕调色一起做。',
    about: ['手机横竖都行，先发三条给我们看画质和声音。', '同一系列的片头、字幕样式统一，下次直接套。', '- 杂音大的会做降噪\n- 不加夸张音效'],
    packages: [pack(180, 2, 1, '1 条 60 秒内'), pack(800, 5, 2, '5 条|统一片头'), pack(2900, 30, 2, '20 条|一个月内随时发')],
    addOns: [addOn('双语字幕', 60), addOn('封面图', 30)],
    form: [count('clips', '条数', '条', { included: 1, max: 40, eachYuan: 160 }), choice('ratio', '画幅', '竖版|横版|两版都要 +80'), optional(longText('like', '喜欢的节奏'))],
    cover: cover('video', 'sea', 0), skills: '剪辑|调色', faqs: [['素材怎么传？', '网盘链接发到订单聊天里就行。']],
  },
  {
    id: 'banshan-inn', title: '民宿空间短片，一间房一条，早中晚三种光', en: 'Guesthouse films in three kinds of light', category: 'promo-video',
    summary: '两天一晚，拍清楚住进来是什么感觉。',
    about: ['我们会住一晚。清晨、午后、入夜各拍一遍，找到每间房最好看的一小时。', '每间房 20 秒一条，另有一条 60 秒的整体。', '- 可用于订房页和社交账号\n- 人物出镜可由您的管家代劳', travel],
    packages: [pack(3800, 8, 1, '4 间房|整体 60 秒'), pack(6200, 12, 2, '8 间房|整体 60 秒|航拍')],
    addOns: [addOn('同时拍 20 张照片', 800, 1)],
    form: [text('inn', '民宿名称'), place, count('rooms', '房间数', '间', { included: 4, max: 20, eachYuan: 400 }), shootDay],
    cover: cover('space', 'sea', 1), skills: '短视频拍摄|航拍', faqs: [['旺季能拍吗？', '能，错开入住时间，需要您留一间房。']],
  },
  {
    id: 'banshan-animation', title: '产品原理小动画，六十秒讲明白怎么用', en: 'Sixty-second explainer animation', category: 'post-production',
    summary: '结构、安装、使用步骤，画出来比拍出来清楚。',
    about: ['适合渔具、厨电、净水这类说不清的东西。先写旁白，再画分镜，最后动起来。', '风格两种：线描和扁平色块。', '- 旁白文字由我们起草\n- 可交无声版供门店循环'],
    packages: [pack(2400, 9, 2, '30 秒|线描'), pack(4200, 14, 2, '60 秒|配音|两种画幅')],
    addOns: [addOn('英文配音与字幕', 700, 2)],
    form: [text('product', '产品名称'), choice('style', '风格', '线描|扁平色块 +300'), story],
    cover: cover('scene', 'sea', 0), skills: '动画制作|脚本策划', faqs: [['改配音要钱吗？', '文字定稿前随便改，录完之后改一次不收。']],
  },
  {
    id: 'banshan-live', title: '发布会与开业现场双机位直播', en: 'Two-camera live broadcast of openings', category: 'short-video', state: 'paused',
    summary: '双机位、导播、网络备份，三小时以内。',
    about: ['提前一天试机试网，现场两条网络互备。', '结束当晚给整段录像，三天内给 90 秒精剪。', '- 观众画面不露正脸可以提前说'],
    packages: [pack(3600, 1, 1, '双机位 3 小时|录像'), pack(5200, 4, 1, '三机位|导播|90 秒精剪')],
    form: [text('event', '活动名称'), place, shootDay],
    cover: cover('video', 'rose', 1), skills: '直播|剪辑',
  },
])

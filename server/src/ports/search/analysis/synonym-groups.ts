/**
 * Words that mean the same in the platform's trades, one group a line, Chinese and English side by side. Written for
 * Miaodan; a term may stand in several groups. A group joins what a buyer would accept for each other, not what is
 * merely near.
 */
export const synonymGroups: Readonly<Record<string, string>> = {
  brand: `
品牌设计 | 品牌形象设计 | brand design | branding
logo | 标志 | 商标设计 | 徽标 | 标识 | logo design
vi | vi设计 | 视觉识别 | 企业形象 | visual identity | corporate identity
品牌手册 | 品牌规范 | brand guidelines | brand book | style guide
海报 | 宣传海报 | poster
名片 | business card
画册 | 宣传册 | 企业画册 | brochure | catalogue | catalog
传单 | 宣传单 | dm单 | flyer | leaflet
折页 | 三折页 | trifold | folded leaflet
包装 | 包装设计 | packaging | package design
吉祥物 | ip形象 | 卡通形象 | mascot | character design
插画 | 插图 | 手绘 | illustration
字体设计 | 字体 | font | typeface | typography
命名 | 起名 | 取名 | naming
标语 | 口号 | 广告语 | slogan | tagline
易拉宝 | 展架 | roll up banner
展会 | 展台 | 展位 | exhibition booth | trade show booth
横幅 | 条幅 | banner
平面设计 | 平面设计师 | graphic design | graphic designer
设计师 | designer
设计 | design
书籍装帧 | 封面设计 | book cover | cover design
菜单 | 菜谱 | menu design
邀请函 | 请柬 | invitation
贺卡 | greeting card
表情包 | sticker | emoji pack
图标 | icon
信息图 | 信息图表 | infographic
排版 | 版式 | layout | typesetting
修图 | 精修 | 图片处理 | p图 | photo retouching | photo editing
抠图 | 去背景 | background removal | clipping path
三维 | 3d | 建模 | 3d modeling | 三维建模
室内设计 | interior design
导视 | 导视系统 | signage | wayfinding
服装设计 | fashion design
`,
  web: `
小程序 | 微信小程序 | mini program | miniprogram | mini app
微信 | wechat
支付宝 | alipay
网站 | 网页 | website | web site
网站建设 | 建站 | 网站开发 | website development | web development
网页设计 | web design | website design
官网 | 企业官网 | 公司网站 | corporate website | company website
落地页 | 着陆页 | landing page
ui | 界面 | 界面设计 | ui设计 | user interface | interface design
ux | 用户体验 | 交互设计 | user experience | interaction design
原型 | 原型图 | prototype | wireframe
前端 | 前端开发 | frontend | front end | front-end
后端 | 后端开发 | 服务端 | backend | back end | back-end
全栈 | full stack | fullstack
移动应用 | app | app开发 | mobile app | app development
安卓 | android
苹果 | ios
商城 | 网上商城 | 电商网站 | online store | online shop | ecommerce website
公众号 | 微信公众号 | official account
h5 | h5页面 | html5
响应式 | 自适应 | responsive
域名 | domain
服务器 | server
部署 | 上线 | deployment | deploy
云服务器 | 云主机 | cloud server | cloud hosting
数据库 | database
接口 | 接口开发 | api
支付接口 | 支付对接 | payment integration | payment gateway
登录 | 注册登录 | login | sign in
测试 | 软件测试 | testing | software testing
漏洞 | 安全 | security | penetration testing
性能优化 | 提速 | performance optimization | speed optimization
搜索引擎优化 | seo | seo优化 | search engine optimization
维护 | 运维 | maintenance
软件 | 软体 | software
程序员 | 开发工程师 | 开发者 | programmer | developer
开发 | development
工程师 | engineer
编程 | 程序设计 | programming | coding
模板 | 主题 | template | theme
后台 | 管理后台 | 管理系统 | admin panel | admin dashboard
游戏 | 游戏开发 | game | game development
插件 | 扩展 | plugin | extension
预约系统 | 预约 | 预订 | booking system
crm | 客户管理 | 客户关系管理 | customer relationship management
erp | 企业资源计划 | 进销存 | enterprise resource planning
区块链 | blockchain
嵌入式 | 单片机 | embedded
`,
  ecommerce: `
电商 | 电子商务 | ecommerce | e-commerce
详情页 | 宝贝详情 | 商品详情 | product detail page | product page
主图 | 商品主图 | main image | product image
店铺装修 | 店铺设计 | 网店装修 | storefront design | shop design
产品摄影 | 产品拍摄 | 商品拍摄 | product photography
白底图 | 白底 | white background
首页设计 | 店铺首页 | homepage design | home page
电商设计 | 美工 | 电商美工 | ecommerce design
淘宝 | taobao
天猫 | tmall
京东 | jd
拼多多 | pinduoduo
抖音 | douyin
亚马逊 | amazon
跨境电商 | 跨境 | cross border ecommerce | cross-border
独立站 | shopify
直播 | 直播间 | live streaming | livestream
直播切片 | live clips
带货 | 直播带货 | live commerce
促销 | 活动页 | promotion | campaign page
渲染 | 产品渲染 | 效果图 | rendering | render
模特 | model photography
上架 | 产品上架 | listing
a+页面 | a+ content
运营 | 店铺运营 | 代运营 | store operation | store management
客服 | 在线客服 | customer service | customer support
广告投放 | 推广 | 投流 | advertising | ads
短信营销 | sms marketing
小红书 | xiaohongshu | rednote
买家秀 | buyer show
`,
  video: `
视频 | 影片 | video
视频剪辑 | 剪辑 | 剪片 | video editing | video edit
短视频 | short video | short-form video | reels
宣传片 | 企业宣传片 | promo video | promotional video | corporate video
动画 | 动漫 | animation
mg动画 | motion graphics
特效 | 视频特效 | vfx | visual effects | special effects
片头 | 片尾 | intro | outro
字幕 | 加字幕 | 字幕制作 | subtitle | caption
配音 | 旁白 | voice over | voiceover | dubbing
录音 | 音频 | recording | audio
音效 | sound effects
混音 | mixing | audio mixing
配乐 | 作曲 | 音乐制作 | music composition | soundtrack
拍摄 | 摄影 | photography | shooting | 拍照
摄影师 | photographer
摄像 | 录像 | videography
航拍 | 无人机 | drone | aerial photography
调色 | color grading | colour grading
分镜 | 分镜头 | storyboard
脚本 | 视频脚本 | script | video script
广告片 | tvc | commercial
微电影 | 短片 | short film
口播 | 数字人 | avatar video | digital human
证件照 | id photo
婚礼 | 婚庆 | wedding
活动跟拍 | 活动摄影 | event photography
人像 | 写真 | portrait
后期 | 后期制作 | post production
课程录制 | 录课 | course recording
`,
  writing: `
文案 | 文案策划 | copywriting | copywriter | copy
软文 | 推文 | advertorial
文章 | 写作 | 撰稿 | article | writing | content writing
编剧 | 剧本 | screenplay | screenwriting
翻译 | 笔译 | translation | translate
译者 | 翻译员 | translator
英语 | 英文 | english
中文 | 汉语 | chinese
日语 | 日文 | japanese
韩语 | 韩文 | korean
法语 | french
德语 | german
西班牙语 | spanish
俄语 | russian
英译中 | 英翻中 | 英文翻译中文 | english to chinese
中译英 | 中翻英 | 中文翻译英文 | chinese to english
本地化 | localization | localisation
同传 | 同声传译 | simultaneous interpretation
口译 | interpreting | interpretation | interpreter
校对 | 审校 | proofreading
润色 | 改稿 | editing | polishing
新闻稿 | 通稿 | press release
策划 | 活动策划 | 方案策划 | planning | event planning
品牌故事 | brand story
产品说明书 | 说明书 | 手册 | manual | user manual
技术文档 | technical writing | technical documentation
简历 | 履历 | resume | cv
论文润色 | academic editing
演讲稿 | 发言稿 | speech | speech writing
公文 | 公文写作 | official document
邮件营销 | edm | 邮件 | email marketing | newsletter
社交媒体 | 新媒体 | 自媒体 | social media
内容运营 | content operation | content marketing
听写 | 速记 | 转写 | transcription
诗歌 | poem | poetry
`,
  slides: `
ppt | 幻灯片 | 演示文稿 | powerpoint | slides | presentation
ppt设计 | ppt制作 | ppt美化 | 幻灯片设计 | presentation design | slide design
路演 | 融资路演 | roadshow | pitch
商业计划书 | 创业计划书 | business plan
融资计划书 | 路演ppt | pitch deck | investor deck
汇报 | 工作汇报 | 述职 | report presentation | work report
年终总结 | 年度总结 | year-end report | annual summary
年报 | 年度报告 | annual report
图表 | chart | graph
keynote | 苹果演示
课件 | 教学课件 | courseware
培训 | 培训课程 | training
答辩 | defense presentation
提案 | 方案 | proposal
招商 | 招商手册 | investment promotion
公司介绍 | 企业介绍 | company profile
白皮书 | white paper | whitepaper
思维导图 | 脑图 | mind map
流程图 | flowchart | flow chart
word | word排版 | 文档排版 | document formatting
`,
  finance: `
财务 | 财会 | finance | financial
会计 | accounting | accountant
代理记账 | 代账 | 记账 | bookkeeping
报税 | 纳税申报 | 税务申报 | tax filing | tax return
税务 | 税收 | tax
税务筹划 | 节税 | tax planning
审计 | audit | auditing | auditor
公司注册 | 注册公司 | 工商注册 | company registration | incorporation
公司注销 | 注销公司 | company deregistration
营业执照 | 执照 | business license | business licence
商标注册 | 商标 | trademark registration | trademark
专利 | 专利申请 | patent
版权 | 著作权 | 软著 | copyright
知识产权 | intellectual property | ip rights
法务 | 法律 | legal
律师 | 法律顾问 | lawyer | attorney | legal counsel
合同 | 协议 | contract | agreement
合同审查 | 合同审核 | contract review
合同起草 | contract drafting
隐私政策 | privacy policy
用户协议 | 服务条款 | terms of service | terms of use
发票 | 开票 | invoice
劳动法 | 劳动合同 | labor law | employment contract
股权 | 股权设计 | equity | shareholding
财务分析 | financial analysis
财务模型 | 财务建模 | financial model | financial modeling
预算 | budget | budgeting
工资 | 薪酬 | 薪资 | payroll
尽职调查 | 尽调 | due diligence
合规 | compliance
诉讼 | 打官司 | litigation
公证 | notarization | notary
社保 | 社会保险 | social insurance
高新认定 | 高新技术企业 | high-tech certification
icp备案 | 备案 | icp filing
资质 | 资质办理 | 许可证 | license application
`,
  data: `
数据 | data
数据分析 | data analysis | data analytics
数据分析师 | data analyst
数据可视化 | 可视化 | data visualization | data visualisation
报表 | 数据报表 | report | dashboard
爬虫 | 数据采集 | 数据抓取 | 采集 | web scraping | crawler | scraper | data scraping
自动化 | automation
流程自动化 | rpa | process automation
脚本开发 | 自动化脚本 | scripting | automation script
表格 | 电子表格 | excel | spreadsheet
宏 | vba | macro
数据清洗 | 数据处理 | data cleaning | data processing
数据录入 | 录入 | 打字 | data entry | typing
数据标注 | 标注 | data labeling | data annotation
机器学习 | machine learning | ml
深度学习 | deep learning
人工智能 | ai | artificial intelligence
大模型 | 大语言模型 | large language model | llm
聊天机器人 | 机器人 | 智能客服 | chatbot | bot
提示词 | prompt | prompt engineering
图像识别 | 计算机视觉 | image recognition | computer vision
自然语言处理 | nlp | natural language processing
算法 | algorithm
推荐系统 | recommender system | recommendation engine
数据库设计 | database design
数据仓库 | 数仓 | data warehouse
大数据 | big data
统计 | 统计分析 | statistics | statistical analysis
问卷 | 调查问卷 | 问卷调查 | survey | questionnaire
市场调研 | 市场研究 | 市场调查 | market research
商业智能 | bi | business intelligence
数据迁移 | data migration
云计算 | cloud computing
运维自动化 | devops
物联网 | iot | internet of things
知识库 | knowledge base
工作流 | workflow
`,
}

/**
 * The words a new installation starts with: trades that are illegal here or that we do not serve. Short on purpose: a
 * word stands here only where its harmless use is rare. Staff add and remove words afterwards.
 */
export const seedWords: readonly string[] = [
  '刷单', '刷好评', '刷销量', '刷粉', '代考', '替考', '代写论文', '代写毕业', '论文代发', '代开发票', '假发票', '买发票', '办假证', '假证', '假章', '刻章', '假流水', '假学历',
  '赌博', '博彩', '六合彩', '赌场', '棋牌代理', '色情', '裸聊', '约炮', '援交', '毒品', '大麻', '枪支', '弹药', '洗钱', '跑分', '银行卡四件套', '套现', '高利贷', '裸贷', '传销', '拉人头', '杀猪盘',
  '盗号', '撞库', '木马', '外挂', '群发器', '破解版', '仿冒', '高仿', '开盒', '人肉搜索', '查开房', '个人信息买卖',
  'fake reviews', 'fake invoice', 'fake invoices', 'fake diploma', 'money laundering', 'gambling', 'casino', 'porn', 'escort', 'cocaine', 'firearms', 'ddos', 'phishing', 'ransomware', 'counterfeit', 'carding', 'exam impersonation',
]

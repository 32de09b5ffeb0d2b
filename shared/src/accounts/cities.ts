/**
 * Cities of China by the code of GB/T 2260 (prefectures, and counties directly under a province), in both languages.
 * English names are those in common use: pinyin, or the romanisation of the local language.
 */
type Line = readonly [provinceCode: string, zh: string, en: string, cities: string]

/** Per province: its first two digits, its names, and its cities as `<last four digits> <zh> <en>`. */
const LINES: readonly Line[] = [
  ['11', '北京', 'Beijing', '0100 北京 Beijing'],
  ['12', '天津', 'Tianjin', '0100 天津 Tianjin'],
  ['13', '河北', 'Hebei', '0100 石家庄 Shijiazhuang|0200 唐山 Tangshan|0300 秦皇岛 Qinhuangdao|0400 邯郸 Handan|0500 邢台 Xingtai|0600 保定 Baoding|0700 张家口 Zhangjiakou|0800 承德 Chengde|0900 沧州 Cangzhou|1000 廊坊 Langfang|1100 衡水 Hengshui'],
  ['14', '山西', 'Shanxi', '0100 太原 Taiyuan|0200 大同 Datong|0300 阳泉 Yangquan|0400 长治 Changzhi|0500 晋城 Jincheng|0600 朔州 Shuozhou|0700 晋中 Jinzhong|0800 运城 Yuncheng|0900 忻州 Xinzhou|1000 临汾 Linfen|1100 吕梁 Luliang'],
  ['15', '内蒙古', 'Inner Mongolia', '0100 呼和浩特 Hohhot|0200 包头 Baotou|0300 乌海 Wuhai|0400 赤峰 Chifeng|0500 通辽 Tongliao|0600 鄂尔多斯 Ordos|0700 呼伦贝尔 Hulunbuir|0800 巴彦淖尔 Bayannur|0900 乌兰察布 Ulanqab|2200 兴安 Hinggan|2500 锡林郭勒 Xilingol|2900 阿拉善 Alxa'],
  ['21', '辽宁', 'Liaoning', '0100 沈阳 Shenyang|0200 大连 Dalian|0300 鞍山 Anshan|0400 抚顺 Fushun|0500 本溪 Benxi|0600 丹东 Dandong|0700 锦州 Jinzhou|0800 营口 Yingkou|0900 阜新 Fuxin|1000 辽阳 Liaoyang|1100 盘锦 Panjin|1200 铁岭 Tieling|1300 朝阳 Chaoyang|1400 葫芦岛 Huludao'],
  ['22', '吉林', 'Jilin', '0100 长春 Changchun|0200 吉林 Jilin|0300 四平 Siping|0400 辽源 Liaoyuan|0500 通化 Tonghua|0600 白山 Baishan|0700 松原 Songyuan|0800 白城 Baicheng|2400 延边 Yanbian'],
  ['23', '黑龙江', 'Heilongjiang', '0100 哈尔滨 Harbin|0200 齐齐哈尔 Qiqihar|0300 鸡西 Jixi|0400 鹤岗 Hegang|0500 双鸭山 Shuangyashan|0600 大庆 Daqing|0700 伊春 Yichun|0800 佳木斯 Jiamusi|0900 七台河 Qitaihe|1000 牡丹江 Mudanjiang|1100 黑河 Heihe|1200 绥化 Suihua|2700 大兴安岭 Daxinganling'],
  ['31', '上海', 'Shanghai', '0100 上海 Shanghai'],
  ['32', '江苏', 'Jiangsu', "0100 南京 Nanjing|0200 无锡 Wuxi|0300 徐州 Xuzhou|0400 常州 Changzhou|0500 苏州 Suzhou|0600 南通 Nantong|0700 连云港 Lianyungang|0800 淮安 Huai'an|0900 盐城 Yancheng|1000 扬州 Yangzhou|1100 镇江 Zhenjiang|1200 泰州 Taizhou|1300 宿迁 Suqian"],
  ['33', '浙江', 'Zhejiang', '0100 杭州 Hangzhou|0200 宁波 Ningbo|0300 温州 Wenzhou|0400 嘉兴 Jiaxing|0500 湖州 Huzhou|0600 绍兴 Shaoxing|0700 金华 Jinhua|0800 衢州 Quzhou|0900 舟山 Zhoushan|1000 台州 Taizhou|1100 丽水 Lishui'],
  ['34', '安徽', 'Anhui', "0100 合肥 Hefei|0200 芜湖 Wuhu|0300 蚌埠 Bengbu|0400 淮南 Huainan|0500 马鞍山 Ma'anshan|0600 淮北 Huaibei|0700 铜陵 Tongling|0800 安庆 Anqing|1000 黄山 Huangshan|1100 滁州 Chuzhou|1200 阜阳 Fuyang|1300 宿州 Suzhou|1500 六安 Lu'an|1600 亳州 Bozhou|1700 池州 Chizhou|1800 宣城 Xuancheng"],
  ['35', '福建', 'Fujian', '0100 福州 Fuzhou|0200 厦门 Xiamen|0300 莆田 Putian|0400 三明 Sanming|0500 泉州 Quanzhou|0600 漳州 Zhangzhou|0700 南平 Nanping|0800 龙岩 Longyan|0900 宁德 Ningde'],
  ['36', '江西', 'Jiangxi', "0100 南昌 Nanchang|0200 景德镇 Jingdezhen|0300 萍乡 Pingxiang|0400 九江 Jiujiang|0500 新余 Xinyu|0600 鹰潭 Yingtan|0700 赣州 Ganzhou|0800 吉安 Ji'an|0900 宜春 Yichun|1000 抚州 Fuzhou|1100 上饶 Shangrao"],
  ['37', '山东', 'Shandong', "0100 济南 Jinan|0200 青岛 Qingdao|0300 淄博 Zibo|0400 枣庄 Zaozhuang|0500 东营 Dongying|0600 烟台 Yantai|0700 潍坊 Weifang|0800 济宁 Jining|0900 泰安 Tai'an|1000 威海 Weihai|1100 日照 Rizhao|1300 临沂 Linyi|1400 德州 Dezhou|1500 聊城 Liaocheng|1600 滨州 Binzhou|1700 菏泽 Heze"],
  ['41', '河南', 'Henan', '0100 郑州 Zhengzhou|0200 开封 Kaifeng|0300 洛阳 Luoyang|0400 平顶山 Pingdingshan|0500 安阳 Anyang|0600 鹤壁 Hebi|0700 新乡 Xinxiang|0800 焦作 Jiaozuo|0900 濮阳 Puyang|1000 许昌 Xuchang|1100 漯河 Luohe|1200 三门峡 Sanmenxia|1300 南阳 Nanyang|1400 商丘 Shangqiu|1500 信阳 Xinyang|1600 周口 Zhoukou|1700 驻马店 Zhumadian|9001 济源 Jiyuan'],
  ['42', '湖北', 'Hubei', '0100 武汉 Wuhan|0200 黄石 Huangshi|0300 十堰 Shiyan|0500 宜昌 Yichang|0600 襄阳 Xiangyang|0700 鄂州 Ezhou|0800 荆门 Jingmen|0900 孝感 Xiaogan|1000 荆州 Jingzhou|1100 黄冈 Huanggang|1200 咸宁 Xianning|1300 随州 Suizhou|2800 恩施 Enshi|9004 仙桃 Xiantao|9005 潜江 Qianjiang|9006 天门 Tianmen|9021 神农架 Shennongjia'],
  ['43', '湖南', 'Hunan', '0100 长沙 Changsha|0200 株洲 Zhuzhou|0300 湘潭 Xiangtan|0400 衡阳 Hengyang|0500 邵阳 Shaoyang|0600 岳阳 Yueyang|0700 常德 Changde|0800 张家界 Zhangjiajie|0900 益阳 Yiyang|1000 郴州 Chenzhou|1100 永州 Yongzhou|1200 怀化 Huaihua|1300 娄底 Loudi|3100 湘西 Xiangxi'],
  ['44', '广东', 'Guangdong', '0100 广州 Guangzhou|0200 韶关 Shaoguan|0300 深圳 Shenzhen|0400 珠海 Zhuhai|0500 汕头 Shantou|0600 佛山 Foshan|0700 江门 Jiangmen|0800 湛江 Zhanjiang|0900 茂名 Maoming|1200 肇庆 Zhaoqing|1300 惠州 Huizhou|1400 梅州 Meizhou|1500 汕尾 Shanwei|1600 河源 Heyuan|1700 阳江 Yangjiang|1800 清远 Qingyuan|1900 东莞 Dongguan|2000 中山 Zhongshan|5100 潮州 Chaozhou|5200 揭阳 Jieyang|5300 云浮 Yunfu'],
  ['45', '广西', 'Guangxi', '0100 南宁 Nanning|0200 柳州 Liuzhou|0300 桂林 Guilin|0400 梧州 Wuzhou|0500 北海 Beihai|0600 防城港 Fangchenggang|0700 钦州 Qinzhou|0800 贵港 Guigang|0900 玉林 Yulin|1000 百色 Baise|1100 贺州 Hezhou|1200 河池 Hechi|1300 来宾 Laibin|1400 崇左 Chongzuo'],
  ['46', '海南', 'Hainan', "0100 海口 Haikou|0200 三亚 Sanya|0300 三沙 Sansha|0400 儋州 Danzhou|9001 五指山 Wuzhishan|9002 琼海 Qionghai|9005 文昌 Wenchang|9006 万宁 Wanning|9007 东方 Dongfang|9021 定安 Ding'an|9022 屯昌 Tunchang|9023 澄迈 Chengmai|9024 临高 Lingao|9025 白沙 Baisha|9026 昌江 Changjiang|9027 乐东 Ledong|9028 陵水 Lingshui|9029 保亭 Baoting|9030 琼中 Qiongzhong"],
  ['50', '重庆', 'Chongqing', '0100 重庆 Chongqing'],
  ['51', '四川', 'Sichuan', "0100 成都 Chengdu|0300 自贡 Zigong|0400 攀枝花 Panzhihua|0500 泸州 Luzhou|0600 德阳 Deyang|0700 绵阳 Mianyang|0800 广元 Guangyuan|0900 遂宁 Suining|1000 内江 Neijiang|1100 乐山 Leshan|1300 南充 Nanchong|1400 眉山 Meishan|1500 宜宾 Yibin|1600 广安 Guang'an|1700 达州 Dazhou|1800 雅安 Ya'an|1900 巴中 Bazhong|2000 资阳 Ziyang|3200 阿坝 Ngawa|3300 甘孜 Garze|3400 凉山 Liangshan"],
  ['52', '贵州', 'Guizhou', '0100 贵阳 Guiyang|0200 六盘水 Liupanshui|0300 遵义 Zunyi|0400 安顺 Anshun|0500 毕节 Bijie|0600 铜仁 Tongren|2300 黔西南 Qianxinan|2600 黔东南 Qiandongnan|2700 黔南 Qiannan'],
  ['53', '云南', 'Yunnan', "0100 昆明 Kunming|0300 曲靖 Qujing|0400 玉溪 Yuxi|0500 保山 Baoshan|0600 昭通 Zhaotong|0700 丽江 Lijiang|0800 普洱 Pu'er|0900 临沧 Lincang|2300 楚雄 Chuxiong|2500 红河 Honghe|2600 文山 Wenshan|2800 西双版纳 Xishuangbanna|2900 大理 Dali|3100 德宏 Dehong|3300 怒江 Nujiang|3400 迪庆 Diqing"],
  ['54', '西藏', 'Tibet', '0100 拉萨 Lhasa|0200 日喀则 Shigatse|0300 昌都 Chamdo|0400 林芝 Nyingchi|0500 山南 Shannan|0600 那曲 Nagqu|2500 阿里 Ngari'],
  ['61', '陕西', 'Shaanxi', "0100 西安 Xi'an|0200 铜川 Tongchuan|0300 宝鸡 Baoji|0400 咸阳 Xianyang|0500 渭南 Weinan|0600 延安 Yan'an|0700 汉中 Hanzhong|0800 榆林 Yulin|0900 安康 Ankang|1000 商洛 Shangluo"],
  ['62', '甘肃', 'Gansu', '0100 兰州 Lanzhou|0200 嘉峪关 Jiayuguan|0300 金昌 Jinchang|0400 白银 Baiyin|0500 天水 Tianshui|0600 武威 Wuwei|0700 张掖 Zhangye|0800 平凉 Pingliang|0900 酒泉 Jiuquan|1000 庆阳 Qingyang|1100 定西 Dingxi|1200 陇南 Longnan|2900 临夏 Linxia|3000 甘南 Gannan'],
  ['63', '青海', 'Qinghai', '0100 西宁 Xining|0200 海东 Haidong|2200 海北 Haibei|2300 黄南 Huangnan|2500 海南 Hainan|2600 果洛 Golog|2700 玉树 Yushu|2800 海西 Haixi'],
  ['64', '宁夏', 'Ningxia', '0100 银川 Yinchuan|0200 石嘴山 Shizuishan|0300 吴忠 Wuzhong|0400 固原 Guyuan|0500 中卫 Zhongwei'],
  ['65', '新疆', 'Xinjiang', '0100 乌鲁木齐 Urumqi|0200 克拉玛依 Karamay|0400 吐鲁番 Turpan|0500 哈密 Hami|2300 昌吉 Changji|2700 博尔塔拉 Bortala|2800 巴音郭楞 Bayingolin|2900 阿克苏 Aksu|3000 克孜勒苏 Kizilsu|3100 喀什 Kashgar|3200 和田 Hotan|4000 伊犁 Ili|4200 塔城 Tacheng|4300 阿勒泰 Altay|9001 石河子 Shihezi|9002 阿拉尔 Aral|9003 图木舒克 Tumxuk|9004 五家渠 Wujiaqu|9005 北屯 Beitun|9006 铁门关 Tiemenguan|9007 双河 Shuanghe|9008 可克达拉 Kekedala|9009 昆玉 Kunyu|9010 胡杨河 Huyanghe|9011 新星 Xinxing|9012 白杨 Baiyang'],
  ['71', '台湾', 'Taiwan', '0100 台北 Taipei|0200 高雄 Kaohsiung|0300 基隆 Keelung|0400 台中 Taichung|0500 台南 Tainan|0600 新竹 Hsinchu|0700 嘉义 Chiayi'],
  ['81', '香港', 'Hong Kong', '0000 香港 Hong Kong'],
  ['82', '澳门', 'Macau', '0000 澳门 Macau'],
]

export type City = { code: string, zh: string, en: string, province: { code: string, zh: string, en: string } }
/** Stands for the whole country, at a distance, in a provider's areas. */
export const ALL_AREAS = 'all'

export const cities: readonly City[] = LINES.flatMap(([provinceCode, provinceZh, provinceEn, list]) => list.split('|').map(line => {
  const [, digits = '', zh = '', en = ''] = /^(\d{4}) (\S+) (.+)$/.exec(line) ?? []
  return { code: provinceCode + digits, zh, en, province: { code: provinceCode, zh: provinceZh, en: provinceEn } }
}))

const byCode = new Map(cities.map(city => [city.code, city]))
const byChineseName = new Map(cities.map(city => [city.zh, city]))

export const isCity = (code: string): boolean => byCode.has(code)
export const cityByCode = (code: string): City | undefined => byCode.get(code)

/** "杭州" or "杭州市" → Hangzhou. The names of cities are unique. */
export const cityByName = (zh: string): City | undefined => byChineseName.get(zh) ?? byChineseName.get(zh.replace(/市$/, ''))

/** The name to show for a code of `areas` or `city`; the code itself when it is unknown. */
export function areaName(code: string, locale: string): string {
  if (code === ALL_AREAS) return locale === 'en' ? 'Nationwide' : '全国'
  const city = byCode.get(code)
  return city ? (locale === 'en' ? city.en : city.zh) : code
}

export default {
  keep: '收藏',
  kept: '已收藏',
  keepThis: '收藏：{title}',
  newService: '新服务',
  untitled: '还没有标题',
  deliveredIn: '{count} 天交付',
  kinds: { person: '个人', studio: '工作室', company: '企业' },
  tiers: { basic: '基础', standard: '标准', premium: '旗舰' },
}

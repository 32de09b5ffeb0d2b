export default {
  title: '今日',
  greeting: '{name}，这些在等你',
  note: '按等待时间从长到短处理，最早的排在最前。',
  services: '服务审核', servicesNote: '新服务和修改',
  requirements: '需求审核', requirementsNote: '被规则拦下的需求',
  verification: '实名认证', verificationNote: '个人和企业',
  waiting: '{count} 件待处理',
  clear: '都处理完了',
  oldest: '最早的提交于 {time}',
  open: '去处理',
  nothing: '你的角色目前没有要处理的队列。',
}

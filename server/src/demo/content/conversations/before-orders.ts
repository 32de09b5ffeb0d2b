import type { DemoConversation } from '../types.ts'
import { on } from '../authoring.ts'
import { b, p } from './conversation.ts'

/** Questions asked before anybody has paid: no contact details, by the rules of the house. */
export const earlyConversations: DemoConversation[] = [
  {
    id: 'c-labor', buyerId: 'tangguo', providerId: 'hengyuan', about: { requirementId: 'r-labor' }, unread: { buyer: 1, provider: 0 },
    messages: [
      b(on(-3, '10:00'), { card: 'requirement' }), b(on(-3, '10:02'), '您好，四家面馆 36 个人，一半小时工，看看能不能做。'), p(on(-3, '11:30'), '可以。小时工每天最多几个小时？一周超过 24 小时吗？'),
      b(on(-3, '11:42'), '旺季会到 30。'), p(on(-3, '11:50'), '那就不能按非全日制签了，得换一种写法，我在报价里说明。'),
      b(on(-3, '12:05'), '幸亏问了。店长能看懂吗？'), p(on(-3, '12:20'), '每条旁边配一句大白话，再给一张排班例子。'), b(on(-2, '09:15'), '老板问能不能讲一次课。'), p(on(-2, '10:40'), '标准里有一小时线上讲解，四位店长一起听。报价明天给您。'),
    ],
  },
  {
    id: 'c-spring', buyerId: 'zhoumin', providerId: 'banshan', about: { requirementId: 'r-spring-film' }, unread: { buyer: 1, provider: 0 },
    messages: [
      p(on(-2, '21:30'), '看到您的需求了。开采日定了吗？'), b(on(-2, '21:38'), '看天，大概 3 月 20 号前后，提前三天知道。'),
      p(on(-2, '21:39'), '那我把 18 到 25 号空出来，档期不另收。'),
      b(on(-1, '09:10'), '分镜会把老陆写成什么样？他不爱被摆弄。'), p(on(-1, '09:40'), '不写他说什么，只写我们站哪。锅声、山路、他喝第一口茶，这三处一定要有。'),
      b(on(-1, '09:52'), '懂行。我跟老板说一声，这周定。'), p(on(-1, '09:55'), '不急，报价 72 小时内有效，过了我再发一次。'),
    ],
  },
  {
    id: 'c-calligraphy', buyerId: 'bailu', providerId: 'linyu', about: { serviceId: 'linyu-calligraphy' }, unread: { buyer: 0, provider: 0 },
    messages: [
      b(on(-1, '21:00'), { card: 'service' }), b(on(-1, '21:01'), '想写“听潮”两个字，挂在民宿进门的木板上。'), p(on(-1, '21:25'), '两个字都带水，行书写出来会动。木板多大？'),
      b(on(-1, '21:28'), '一米二长，四十公分高，老船木，裂缝不少。'), p(on(-1, '21:36'), '裂缝好，字可以让着裂缝走。方便拍一张正面吗？'),
      b(on(-1, '21:44'), { image: '老船木板.jpg', caption: '左边那道裂缝有一指宽。' }), p(on(-1, '21:58'), '“听”放在裂缝右边，“潮”的三点水压着它。标准套餐就够，原稿想要可以寄。'),
      b(on(-1, '22:03'), '原稿要的，想裱起来。明天下单。'),
    ],
  },
  {
    id: 'c-courseware', buyerId: 'wangke', providerId: 'shenxiaoman', about: { serviceId: 'shenxiaoman-courseware' }, unread: { buyer: 0, provider: 1 },
    messages: [
      b(on(-2, '19:00'), '您好，政治课件，只有 Word，六课时多久？'), p(on(-2, '19:06'), '六课时八天。可以先做一课样张，您满意再做后面的。'),
      b(on(-2, '19:10'), '样张要另外付钱吗？'), p(on(-2, '19:12'), '样张就是第一课时，算在六课时里。'),
      b(on(-2, '19:15'), '您刚入驻，没有评价，我有点没底。'), p(on(-2, '19:20'), '理解。钱在托管里，样张不满意您可以不验收；案例里那套物理课件可以点开看。'),
      b(on(-1, '18:10'), '看了，电路图画得真清楚。我先发个秒单试试，您看到可以抢。'),
    ],
  },
]

import type { DemoRequirement } from '../types.ts'
import { milestone, on } from '../authoring.ts'
import { requirement } from './requirement.ts'

/** Requirements that no order came of. */
export const endedRequirements: DemoRequirement[] = [
  requirement({
    id: 'r-expired-voice', buyerId: 'zhenghang', way: 'quotes', state: 'expired', category: 'post-production', title: '渔具教学视频方言配音', background: '想给威海本地的钓友看。', details: '威海话配音，六条，每条两分钟。', wants: '6 条配音|字幕', skills: '配音|剪辑', budget: [300, 500], deadlineDays: 7, posted: on(-24, '20:40'),
    quotes: [{ providerId: 'banshan', at: on(-24, '21:10'), state: 'expired', terms: { message: '威海话我们没有人会，可以做字幕和剪辑，配音请您自己录。', revisions: 1, milestones: [milestone('剪辑与字幕', 1200, 6, '6 条剪辑|字幕')] } }],
  }),
  requirement({
    id: 'r-cancelled-vi', buyerId: 'wangke', way: 'direct', state: 'cancelled', category: 'vi', title: '自习室三家分店统一门牌和墙面', background: '第三家店本来十一月开。', details: '门牌、座位号、储物柜号统一。', wants: '门牌|座位号|柜号', skills: '导视设计', budget: [2500, 4000], deadlineDays: 20, posted: on(-21, '16:30'), serviceId: 'shiguang-refresh', cancelReason: '第三家店推迟到明年，先不做了。',
  }),
]

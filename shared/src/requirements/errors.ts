import { defineErrors } from '../kernel/problem.ts'

export const requirementErrors = defineErrors('requirements', {
  not_found: { status: 404, zh: '没有找到这个需求，可能已经关闭。', en: 'This requirement was not found. It may have been closed.' },
  already_taken: { status: 409, zh: '手慢了一步，这单刚刚被别人接走。', en: 'Somebody else has just taken it.' },
  not_open: { status: 409, zh: '这个需求已经结束，不能再接单或报价。', en: 'This requirement has ended and takes nobody any more.' },
  not_draft: { status: 409, zh: '已经提交的需求不能直接修改，请先撤回。', en: 'A submitted requirement cannot be changed. Take it back first.' },
  own: { status: 409, zh: '不能接自己的需求。', en: 'You cannot take your own requirement.' },
  too_many_drafts: { status: 409, zh: '草稿最多保留 {limit} 份，请先处理旧的。', en: 'You can keep at most {limit} drafts. Finish or delete an old one first.' },
  already_extended: { status: 409, zh: '只能延长一次，这个需求已经延长过。', en: 'It can be extended once, and it was already.' },
  no_own_decision: { status: 403, zh: '不能审核自己的需求。', en: 'You cannot review your own requirement.' },
  title_short: { status: 422, zh: '用一句话说清要做什么，至少 {min} 个字。', en: 'Say what you need in one sentence of at least {min} characters.' },
  details_short: { status: 422, zh: '请写写具体要求，至少 {min} 个字。', en: 'Describe what you need in at least {min} characters.' },
  category_missing: { status: 422, zh: '请选择分类。', en: 'Choose a category.' },
  deadline_missing: { status: 422, zh: '请选择什么时候要用上。', en: 'Choose the day you need it by.' },
  deadline_past: { status: 422, zh: '日期要在今天之后。', en: 'Choose a day after today.' },
  deadline_far: { status: 422, zh: '日期不能晚于一年。', en: 'Choose a day within a year.' },
  budget_missing: { status: 422, zh: '请给一个预算范围。', en: 'Give a budget range.' },
  budget_order: { status: 422, zh: '预算上限不能低于下限。', en: 'The upper limit cannot be below the lower one.' },
  price_missing: { status: 422, zh: '秒单需要一口价。', en: 'An instant order needs a fixed price.' },
  providers_missing: { status: 422, zh: '请选择要发给哪位服务商。', en: 'Choose who it goes to.' },
  provider_unknown: { status: 422, zh: '选中的服务商已不在平台上。', en: 'A chosen provider is not here any more.' },
  open_hours: { status: 422, zh: '请从列表里选择开放时长。', en: 'Choose how long it stays open from the list.' },
})

import type { DemoCampaign } from './types.ts'
import { on, yuan } from './authoring.ts'

export const campaigns: DemoCampaign[] = [
  {
    code: 'WELCOME50', name: { zh: '新客立减', en: 'Welcome' }, off: { amountFen: yuan(50) }, minimumFen: yuan(300), fromDay: -40, untilDay: 50, totalLimit: 2_000, budgetFen: yuan(100_000),
    claims: [],
  },
  {
    code: 'NIANHUO', name: { zh: '年货节优惠', en: 'New Year market' }, off: { percent: 10, capFen: yuan(200) }, minimumFen: yuan(500), fromDay: -6, untilDay: 24, totalLimit: 300, budgetFen: yuan(30_000),
    claims: [{ personId: 'zhoumin', at: on(-2, '20:40') }, { personId: 'tangguo', at: on(-1, '12:15') }],
  },
]

/** The campaigns of the demo, set up by its finance desk, and who has claimed of them. */
import { fen } from '@miaodan/shared/kernel/money'
import { campaigns as contracts, coupons } from '@miaodan/shared/rewards/contract'
import { momentOf } from './clock.ts'
import { campaigns } from './content/coupons.ts'
import type { DemoCampaign } from './content/types.ts'
import { scene, type Scene } from './scenes.ts'
import { known, type Stage } from './stage.ts'

export const couponScenes = (stage: Stage): Scene[] => campaigns.flatMap(campaign => [
  scene(stage, { day: campaign.fromDay, time: '08:30' }, `${campaign.code} is set up`, () => setUp(stage, campaign)),
  ...campaign.claims.map(({ personId, at }) => scene(stage, at, `${personId} claims ${campaign.code}`, () => known(stage.people, personId).call(coupons.claim, { body: { code: campaign.code } }))),
])

async function setUp(stage: Stage, { code, name, off, minimumFen, fromDay, untilDay, totalLimit, budgetFen }: DemoCampaign): Promise<void> {
  const discount = 'percent' in off ? { kind: 'percent' as const, bps: off.percent * 100, cap: fen(off.capFen) } : { kind: 'amount' as const, amount: fen(off.amountFen) }
  await known(stage.people, 'finance').call(contracts.create, {
    body: {
      code, nameZh: name.zh, nameEn: name.en, bearer: 'platform', discount, minimum: fen(minimumFen), categoryIds: [], perPerson: 1, totalLimit, budget: fen(budgetFen), listed: true,
      validFrom: momentOf({ day: fromDay, time: '09:00' }, stage.loadedAt), validTo: momentOf({ day: untilDay, time: '23:59' }, stage.loadedAt),
    },
  })
}

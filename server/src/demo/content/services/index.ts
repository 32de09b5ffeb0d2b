import type { DemoService } from '../types.ts'
import { linyuServices } from './brand-linyu.ts'
import { shiguangServices } from './brand-shiguang.ts'
import { jibeichuanServices } from './data-jibeichuan.ts'
import { gunianServices } from './ecommerce-gunian.ts'
import { hengyuanServices } from './finance-hengyuan.ts'
import { mingzhangServices } from './finance-mingzhang.ts'
import { fanganjuServices } from './slides-fanganju.ts'
import { shenxiaomanServices } from './slides-shenxiaoman.ts'
import { banshanServices } from './video-banshan.ts'
import { mubaiServices } from './video-mubai.ts'
import { xuyimingServices } from './web-xuyiming.ts'
import { yunzhouServices } from './web-yunzhou.ts'
import { jiangwenServices } from './writing-jiangwen.ts'
import { lydiaServices } from './writing-lydia.ts'

/** One service of each provider in turn, so that in any list by date neighbours come from different trades. */
export const services: DemoService[] = takeTurns([
  shiguangServices, yunzhouServices, gunianServices, banshanServices, fanganjuServices, mingzhangServices, lydiaServices,
  jibeichuanServices, linyuServices, xuyimingServices, mubaiServices, shenxiaomanServices, hengyuanServices, jiangwenServices,
])

function takeTurns(groups: DemoService[][]): DemoService[] {
  const longest = Math.max(...groups.map((group) => group.length))
  return Array.from({ length: longest }, (_, turn) => groups.flatMap((group) => group[turn] ?? [])).flat()
}

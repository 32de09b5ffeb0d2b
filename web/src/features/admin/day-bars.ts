/** The geometry of bars by day. Floats only place them on the screen. */
import { tickStep } from '@/features/wallet/curve.ts'

export type Day = { day: string, volume: number, fees: number }
const PAD = { top: 8, right: 4, bottom: 22, left: 48 }
/** So many days have room for a bar of their own; above that several days share one. */
const MOST_BARS = 92
const LABEL_WIDTH = 64

export type Bar = { from: string, to: string, volume: number, fees: number, x: number, width: number, y: number, height: number, feeY: number, feeHeight: number }

function grouped(days: readonly Day[]): { from: string, to: string, volume: number, fees: number }[] {
  const size = Math.ceil(days.length / MOST_BARS)
  return Array.from({ length: Math.ceil(days.length / size) }, (_, index) => {
    const group = days.slice(index * size, (index + 1) * size)
    return { from: group[0]?.day ?? '', to: group.at(-1)?.day ?? '', volume: group.reduce((sum, day) => sum + day.volume, 0), fees: group.reduce((sum, day) => sum + day.fees, 0) }
  })
}

export function drawBars(days: readonly Day[], width: number, height: number) {
  const groups = grouped(days)
  const highest = Math.max(0, ...groups.map(group => group.volume))
  const step = tickStep(highest)
  const top = Math.max(1, Math.ceil(highest / step)) * step
  const slot = (width - PAD.left - PAD.right) / Math.max(1, groups.length)
  const tall = height - PAD.top - PAD.bottom
  const base = height - PAD.bottom
  const heightOf = (fen: number) => Math.max(0, fen) / top * tall
  const bars = groups.map((group, index): Bar => ({
    ...group, x: PAD.left + index * slot + slot * 0.15, width: Math.max(1, slot * 0.7), y: base - heightOf(group.volume), height: heightOf(group.volume), feeY: base - heightOf(group.fees), feeHeight: heightOf(group.fees),
  }))
  const every = Math.max(1, Math.ceil(groups.length / Math.max(1, Math.floor((width - PAD.left) / LABEL_WIDTH))))
  return {
    bars, base, left: PAD.left, right: width - PAD.right,
    ticks: Array.from({ length: Math.round(top / step) }, (_, index) => ({ fen: (index + 1) * step, y: base - heightOf((index + 1) * step) })),
    labels: bars.filter((_, index) => index % every === 0).map(bar => ({ day: bar.from, x: bar.x + bar.width / 2 })),
  }
}

import { describe, expect, it } from 'vitest'
import { drawBars } from './day-bars.ts'
import { basisPointsOf } from './use-fee-rule.ts'
import { periodOf } from './periods.ts'

const days = (count: number) => Array.from({ length: count }, (_, index) => ({ day: new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10), volume: (index % 7) * 10_000, fees: (index % 7) * 800 }))

describe('bars by day', () => {
  it('stay inside the picture, stand on the base, and the highest reaches no higher than the top tick', () => {
    const { bars, base, left, right, ticks } = drawBars(days(30), 640, 200)
    expect(bars).toHaveLength(30)
    for (const bar of bars) {
      expect(bar.y + bar.height).toBeCloseTo(base)
      expect(bar.x).toBeGreaterThanOrEqual(left)
      expect(bar.x + bar.width).toBeLessThanOrEqual(right)
      expect(bar.feeHeight).toBeLessThanOrEqual(bar.height)
    }
    expect(Math.min(...bars.map(bar => bar.y))).toBeGreaterThanOrEqual(ticks.at(-1)?.y ?? 0)
  })

  it('put several days into one when there are many, and lose no fen', () => {
    const year = days(366)
    const { bars } = drawBars(year, 640, 200)
    expect(bars.length).toBeLessThanOrEqual(92)
    expect(bars.reduce((sum, bar) => sum + bar.volume, 0)).toBe(year.reduce((sum, day) => sum + day.volume, 0))
    expect([bars[0]?.from, bars.at(-1)?.to]).toEqual([year[0]?.day, year.at(-1)?.day])
  })

  it('are there when nothing moved', () => {
    expect(drawBars([{ day: '2026-01-01', volume: 0, fees: 0 }], 300, 200).bars).toMatchObject([{ height: 0 }])
  })
})

it.each([['8', 800], ['8.5', 850], ['12.25', 1_225], [' 8 %', 800], ['50', 5_000], ['50.01', null], ['8.555', null], ['', null], ['-1', null], ['abc', null]])('a rate typed as "%s" is %s basis points', (text, bps) => expect(basisPointsOf(text)).toBe(bps))

it('a period ends today and counts today', () => {
  expect(periodOf('week', '2026-03-03')).toEqual({ from: '2026-02-25', to: '2026-03-03' })
  expect(periodOf('year', '2026-03-03')).toEqual({ from: '2026-01-01', to: '2026-03-03' })
})

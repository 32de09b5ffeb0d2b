import { describe, expect, test } from 'vitest'
import { drawCurve, tickStep } from './curve.ts'

const DAY = 86_400_000
const area = { from: 0, now: 30 * DAY, width: 652, height: 200 }

describe('the balance curve', () => {
  test('has at most four lines, at round amounts', () => {
    expect([0, 40_000, 1_879_440, 2_842_880, 9_999_999].map(tickStep)).toEqual([10_000, 10_000, 500_000, 1_000_000, 5_000_000])
  })

  test('of an empty wallet lies on the ground, and still shows a scale', () => {
    const curve = drawCurve({ ...area, opening: 0, steps: [], arrivals: [] })
    expect(curve.past).toBe(`M44 ${curve.base}H${curve.nowX}`)
    expect(curve.ticks).toHaveLength(1)
  })

  test('rises by each arrival in the order of their dates, and ends after the last', () => {
    const curve = drawCurve({ ...area, opening: 500, steps: [{ at: 10 * DAY, fen: 1_000 }], arrivals: [{ at: 50 * DAY, fen: 30 }, { at: 31 * DAY, fen: 200 }, { at: 2 * DAY, fen: 7 }] })
    expect(curve.marks.map(mark => mark.fen)).toEqual([1_200, 1_230])
    expect(curve.end).toBe(52 * DAY)
    expect(curve.marks[0]!.x).toBeLessThan(curve.marks[1]!.x)
    expect(curve.marks[1]!.x).toBeLessThan(curve.right)
  })
})

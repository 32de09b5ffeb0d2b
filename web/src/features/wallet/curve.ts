/** The geometry of the balance curve: steps over time. Floats only place points on the screen. */
export type Step = { at: number, fen: number }
export type Arrival = { at: number, fen: number }
export type CurveInput = { from: number, now: number, opening: number, steps: readonly Step[], arrivals: readonly Arrival[], width: number, height: number }

const PAD = { top: 30, right: 8, bottom: 24, left: 44 }
const DAY_MS = 86_400_000
/** How far the axis looks ahead at least, and how much further than the last arrival. */
const AHEAD_MS = 7 * DAY_MS
const AFTER_LAST_MS = 2 * DAY_MS
const MOST_TICKS = 4

/** 1, 2 or 5 times a power of ten, so that at most `MOST_TICKS` lines cover the height. Never below ¥100. */
export function tickStep(highest: number): number {
  const rough = Math.max(highest / MOST_TICKS, 10_000)
  const power = 10 ** Math.floor(Math.log10(rough))
  return power * ([1, 2, 5, 10].find(times => times * power >= rough) ?? 10)
}

export function drawCurve({ from, now, opening, steps, arrivals, width, height }: CurveInput) {
  const coming = arrivals.filter(arrival => arrival.at > now).sort((a, b) => a.at - b.at)
  const end = Math.max(now + AHEAD_MS, (coming.at(-1)?.at ?? 0) + AFTER_LAST_MS)
  const balance = steps.at(-1)?.fen ?? opening
  let sum = balance
  const ahead = coming.map(arrival => ({ at: arrival.at, gained: arrival.fen, fen: sum += arrival.fen }))
  const step = tickStep(Math.max(opening, sum, ...steps.map(one => one.fen)))
  const ticks = Array.from({ length: Math.max(1, Math.ceil(Math.max(opening, sum, ...steps.map(one => one.fen)) / step)) }, (_, index) => (index + 1) * step)
  const top = ticks.at(-1) ?? step
  const x = (at: number) => PAD.left + (Math.min(Math.max(at, from), end) - from) / (end - from) * (width - PAD.left - PAD.right)
  const y = (fen: number) => height - PAD.bottom - fen / top * (height - PAD.top - PAD.bottom)
  const walk = (start: Step, points: readonly Step[], until: number) =>
    `M${x(start.at)} ${y(start.fen)}${points.map(point => `H${x(point.at)}V${y(point.fen)}`).join('')}H${x(until)}`
  const past = walk({ at: from, fen: opening }, steps, now)
  return {
    past,
    area: `${past}V${y(0)}H${x(from)}Z`,
    future: walk({ at: now, fen: balance }, ahead, end),
    nowX: x(now), left: PAD.left, right: width - PAD.right, base: y(0), end,
    ticks: ticks.map(fen => ({ fen, y: y(fen) })),
    marks: ahead.map(point => ({ ...point, x: x(point.at), y: y(point.fen) })),
  }
}

import { expect, test } from 'vitest'
import { bpsAmount, percentAmount, percentOf, stepPercent } from './shares.ts'

test('a percent is shown with one decimal and kept as whole fen', () => {
  expect(percentOf(1_200_000n, 1_800_000n)).toBe(66.7)
  expect(percentOf(1n, 0n)).toBe(0)
  expect(percentAmount(40, 1_800_000n)).toBe(720_000n)
  expect(percentAmount(33, 101n)).toBe(33n)
  expect(bpsAmount(3500, 1_800_000n)).toBe(630_000n)
})

test('steps go to the next whole percent and stay between nothing and all', () => {
  expect(stepPercent(1_200_000n, 1_800_000n, 1)).toBe(1_206_000n)
  expect(stepPercent(1_200_000n, 1_800_000n, -1)).toBe(1_188_000n)
  expect(stepPercent(720_000n, 1_800_000n, -1)).toBe(702_000n)
  expect(stepPercent(1_800_000n, 1_800_000n, 1)).toBe(1_800_000n)
  expect(stepPercent(0n, 1_800_000n, -1)).toBe(0n)
})

test('every step leads on, also where a percent is less than a fen', () => {
  for (const whole of [1n, 7n, 99n, 101n, 999_999n]) {
    let part = 0n
    for (let step = 0; step < 300 && part < whole; step++) part = stepPercent(part, whole, 1)
    expect(part).toBe(whole)
  }
})

import { describe, expect, test } from 'vitest'
import { moneyLabel, moneyParts, parseYuan, shareOf, sumMoney, wireMoney, yuanInput } from './money.ts'

describe('money on the screen', () => {
  test('an amount keeps its two decimals and groups its yuan', () => {
    expect(moneyParts(wireMoney(128050n))).toEqual({ sign: '', whole: '1,280', cents: '50' })
    expect(moneyLabel(5n)).toBe('¥0.05')
    expect(moneyLabel(-123456789n)).toBe('−¥1,234,567.89')
  })

  test('an amount beyond what a float can hold stays exact', () => {
    expect(moneyLabel({ amount: '900719925474099301', currency: 'CNY' })).toBe('¥9,007,199,254,740,993.01')
  })

  test('a sum adds wire amounts and bare fen; of nothing it is zero', () => {
    expect(sumMoney([wireMoney(10n), 5n])).toEqual({ amount: '15', currency: 'CNY' })
    expect(sumMoney([])).toEqual({ amount: '0', currency: 'CNY' })
  })

  test.each([
    ['1,280.5', '128050'], ['¥1280', '128000'], [' 0.05 元', '5'], ['１２８０．５０', '128050'], ['12.', '1200'], ['0', '0'],
  ])('what a person types as yuan becomes fen: %s', (text, fen) => {
    expect(parseYuan(text)).toBe(fen)
  })

  test.each(['', 'abc', '-5', '1.234', '1e5', '.5', '1.2.3', '9'.repeat(16)])('what is no amount is refused: %s', (text) => {
    expect(parseYuan(text)).toBeNull()
  })

  test('a field shows whole yuan without decimals', () => {
    expect(yuanInput(128000n)).toBe('1280')
    expect(yuanInput(wireMoney(128050n))).toBe('1280.50')
  })

  test('the share of nothing is nothing', () => {
    expect(shareOf(0n, 0n)).toBe(0)
    expect(shareOf(1n, 3n)).toBe(33.33)
  })
})

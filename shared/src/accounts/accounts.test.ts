import { describe, expect, it } from 'vitest'
import { ALL_AREAS, areaName, cities, cityByName } from './cities.ts'
import { isReservedUsername, maskContact, normalizeEmail, normalizePhone, pretendsToBePlatform, readContact, USERNAME, usernameKey } from './identifiers.ts'
import { isCreditCode, isIdentityNumber, maskIdentityNumber } from './identity-numbers.ts'
import { passwordSchema, usernameSchema } from './model.ts'
import { isOpenAt } from './opening.ts'
import { weeklyHoursSchema } from './provider.ts'
import { TERMS } from './terms.ts'

describe('a phone number', () => {
  it.each(['19900000001', '+8619900000001', '86 199 0000 0001', '199-0000-0001', '１９９０００００００１', '(+86) 19900000001'])('is read from %s', text => {
    expect(normalizePhone(text)).toBe('+8619900000001')
  })
  it.each(['1990000000', '12900000001', '+85291234567', '199000000011', 'abc', ''])('is not %s', text => {
    expect(normalizePhone(text)).toBeNull()
  })
  it('is shown with its middle hidden', () => {
    expect(maskContact({ channel: 'phone', value: '+8619900000001' })).toBe('199****0001')
  })
})

describe('an e-mail address', () => {
  it('is kept in lower case', () => expect(normalizeEmail(' Shu.Ran+md@Example.COM ')).toBe('shu.ran+md@example.com'))
  it.each(['a@b', 'a..b@example.com', '.a@example.com', 'a@-b.com', 'a b@example.com', 'a@example.c', '@example.com'])('is not %s', text => {
    expect(normalizeEmail(text)).toBeNull()
  })
  it('is shown with its middle hidden', () => {
    expect(maskContact({ channel: 'email', value: 'zhoumin@example.com' })).toBe('z***n@example.com')
    expect(maskContact({ channel: 'email', value: 'z@example.com' })).toBe('z***@example.com')
  })
  it('is told from a phone number and a name', () => {
    expect(readContact('19900000001')?.channel).toBe('phone')
    expect(readContact('a@example.com')?.channel).toBe('email')
    expect(readContact('zhoumin')).toBeNull()
  })
})

describe('a username', () => {
  it.each(['shuran', 'Shu_Ran', 'mu-ji-88', 'abc'])('may be %s', name => expect(USERNAME.test(name)).toBe(true))
  it.each(['ab', '8shuran', 'shu__ran', 'shuran_', 'shu ran', '舒然', 'a@b.com', 'a'.repeat(25)])('may not be %s', name => expect(USERNAME.test(name)).toBe(false))
  it.each([['LILY', 'lily'], ['l1ly', 'Illy'], ['moon', 'm00n'], ['corner', 'comer'], ['shu_ran', 'shuran']])('%s looks like %s', (one, other) => {
    expect(usernameKey(one)).toBe(usernameKey(other))
  })
  it.each(['admin', 'Adm1n', 'miaodan', 'MIAODAN-team', 'kefu'])('%s belongs to the platform', name => {
    expect(isReservedUsername(name)).toBe(true)
    expect(usernameSchema.safeParse(name).success).toBe(false)
  })
  it('that pretends to be the platform is known by its words', () => {
    expect(pretendsToBePlatform('秒单官方')).toBe(true)
    expect(pretendsToBePlatform('木几设计')).toBe(false)
  })
})

describe('a password', () => {
  it.each(['short1a', '12345678', 'abcdefgh', ''])('may not be %s', text => expect(passwordSchema.safeParse(text).success).toBe(false))
  it.each(['Miaodan2026', '春天来了2026年吧', 'correct horse 9'])('may be %s', text => expect(passwordSchema.safeParse(text).success).toBe(true))
})

describe('an identity number', () => {
  const today = new Date('2026-06-01T00:00:00Z')
  it.each(['11010519491231002X', '11010519491231002x', '440524188001010014'.replace('1880', '1980')])('%s is checked by its last digit', number => {
    expect(isIdentityNumber(number, today)).toBe(number.toUpperCase() === '11010519491231002X')
  })
  it.each(['11010519490230002X', '110105194912310021', '11010520991231002X', '1101051949123100', 'abc'])('%s is refused', number => {
    expect(isIdentityNumber(number, today)).toBe(false)
  })
  it('is shown with its middle hidden', () => expect(maskIdentityNumber('11010519491231002X')).toBe('110105********002X'))
})

describe('a credit code', () => {
  it('is checked by its last character', () => {
    expect(isCreditCode('91350100M000100Y43')).toBe(true)
    expect(isCreditCode('91350100M000100Y44')).toBe(false)
    expect(isCreditCode('91350100M000100I43')).toBe(false)
    expect(isCreditCode('9135')).toBe(false)
  })
})

describe('a provider', () => {
  const hours = { 1: ['09:00', '18:00'], 7: ['20:00', '24:00'] } as const
  const weekly = weeklyHoursSchema.parse(hours)
  it.each([
    ['2026-06-01T01:00:00Z', true], ['2026-06-01T00:59:00Z', false], ['2026-06-01T10:00:00Z', false], ['2026-06-02T02:00:00Z', false], ['2026-06-07T15:59:00Z', true],
  ])('at %s is open: %s', (moment, open) => expect(isOpenAt(new Date(moment), weekly, null).openNow).toBe(open))
  it('is closed on both ends of a holiday', () => {
    const holiday = { from: '2026-06-01', until: '2026-06-02' }
    expect(isOpenAt(new Date('2026-05-31T16:00:00Z'), {}, holiday)).toEqual({ onHoliday: true, openNow: false })
    expect(isOpenAt(new Date('2026-06-02T15:59:00Z'), {}, holiday).onHoliday).toBe(true)
    expect(isOpenAt(new Date('2026-06-02T16:00:00Z'), {}, holiday)).toEqual({ onHoliday: false, openNow: true })
  })
  it('cannot close before it opens', () => expect(weeklyHoursSchema.safeParse({ 1: ['18:00', '09:00'] }).success).toBe(false))
})

describe('cities', () => {
  it('have unique codes and names in both languages', () => {
    expect(new Set(cities.map(city => city.code)).size).toBe(cities.length)
    expect(new Set(cities.map(city => city.zh)).size).toBe(cities.length)
    for (const city of cities) expect(city.code + city.zh + city.en).toMatch(/^\d{6}[\u4e00-\u9fff]+[A-Z][A-Za-z' ]+$/)
  })
  it('are found by name and shown in the language asked for', () => {
    expect(cityByName('杭州市')?.code).toBe('330100')
    expect(areaName('330100', 'en')).toBe('Hangzhou')
    expect(areaName(ALL_AREAS, 'zh-CN')).toBe('全国')
  })
})

it('terms are named by the day they came into force', () => {
  for (const version of Object.values(TERMS)) expect(version).toMatch(/^\d{4}-\d{2}-\d{2}$/)
})

import { expect, it } from 'vitest'
import { isAway } from './problems.ts'

const withCode = (code: string) => Object.assign(new Error('no'), { code })

it('tells a request that is wrong from a database or disk that is away', () => {
  for (const code of ['57P01', '08006', '53300', 'CONNECTION_ENDED', 'ECONNREFUSED', 'ENOSPC']) {
    expect(isAway(withCode(code))).toBe(true)
    expect(isAway(new Error('Failed query', { cause: withCode(code) }))).toBe(true)
  }
  for (const code of ['23505', '57014', 'FST_ERR_CTP_BODY_TOO_LARGE']) expect(isAway(withCode(code))).toBe(false)
  expect(isAway('no error at all')).toBe(false)
})

import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { FieldCrypto } from './field-crypto.ts'

const key = (id: string) => `${id}:${randomBytes(32).toString('base64')}`
const [old, recent] = [key('k1'), key('k2')]

describe('a sealed field', () => {
  const fields = new FieldCrypto(old)

  it('opens to what was sealed, and is different every time', () => {
    const [one, other] = [fields.seal('+8619900000001', 'contact:a'), fields.seal('+8619900000001', 'contact:a')]
    expect(one).not.toBe(other)
    expect(one).not.toContain('199')
    expect([fields.open(one, 'contact:a'), fields.open(other, 'contact:a')]).toEqual(['+8619900000001', '+8619900000001'])
  })

  it('does not open in another row, when changed, or with another key', () => {
    const sealed = fields.seal('secret', 'contact:a')
    expect(() => fields.open(sealed, 'contact:b')).toThrow()
    const bytes = Buffer.from(sealed.split('.')[1] ?? '', 'base64url')
    bytes[14] = (bytes[14] ?? 0) ^ 1
    expect(() => fields.open(`k1.${bytes.toString('base64url')}`, 'contact:a')).toThrow()
    expect(() => new FieldCrypto(key('k1')).open(sealed, 'contact:a')).toThrow()
    expect(() => new FieldCrypto(recent).open(sealed, 'contact:a')).toThrow('no field key named k1')
  })

  it('outlives a new key, and so does the index', () => {
    const sealed = fields.seal('secret', 'contact:a')
    const rotated = new FieldCrypto(`${recent},${old}`)
    expect(rotated.open(sealed, 'contact:a')).toBe('secret')
    expect(rotated.seal('secret', 'contact:a')).toMatch(/^k2\./)
    expect(rotated.blindIndex('secret', 'phone')).toBe(fields.blindIndex('secret', 'phone'))
  })

  it('has an index that differs by purpose and by key', () => {
    expect(fields.blindIndex('a', 'phone')).not.toBe(fields.blindIndex('a', 'email'))
    expect(fields.blindIndex('a', 'phone')).not.toBe(new FieldCrypto(recent).blindIndex('a', 'phone'))
    expect(fields.matches('a', 'phone', fields.blindIndex('a', 'phone'))).toBe(true)
    expect(fields.matches('b', 'phone', fields.blindIndex('a', 'phone'))).toBe(false)
  })

  it.each(['', 'k1:short', randomBytes(32).toString('base64')])('refuses the setting %s', setting => {
    expect(() => new FieldCrypto(setting)).toThrow('FIELD_KEYS')
  })
})

import { describe, expect, it } from 'vitest'
import { generateKeys, isPair, readPrivateKey, readPublicKey } from './keys.ts'
import { MalformedParameters, formBody, parseParameters, signParameters, signingText, verifyParameters } from './signature.ts'

const { merchant, gateway } = generateKeys()
const privateKey = readPrivateKey(merchant.privateKey)
const publicKey = readPublicKey(merchant.publicKey)

describe('signing text', () => {
  it('sorts by key, leaves out sign and percent-encodes', () => {
    expect(signingText({ subject: '包装 设计&a=1', b: '2', a: '1', sign: 'x' }))
      .toBe('a=1&b=2&subject=%E5%8C%85%E8%A3%85%20%E8%AE%BE%E8%AE%A1%26a%3D1')
  })

  it('tells a value that holds a separator from two parameters', () => {
    expect(signingText({ a: '1&b=2' })).not.toBe(signingText({ a: '1', b: '2' }))
  })
})

describe('signature', () => {
  const signed = signParameters({ amount: '540000', out_trade_no: 'p1' }, privateKey)

  it('survives the way through a form body', () => {
    expect(verifyParameters(parseParameters(formBody(signed)), publicKey)).toBe(true)
  })

  it.each([
    ['a changed amount', { ...signed, amount: '1' }],
    ['an added parameter', { ...signed, extra: '1' }],
    ['a removed parameter', { amount: signed.amount ?? '', sign: signed.sign ?? '' }],
    ['no signature', { amount: '540000', out_trade_no: 'p1' }],
    ['a signature that is not base64', { ...signed, sign: '%%%' }],
    ['another spelling of the same signature', { ...signed, sign: `${signed.sign}=` }],
  ])('refuses %s', (_, parameters) => {
    expect(verifyParameters(parameters, publicKey)).toBe(false)
  })

  it('refuses another key', () => {
    expect(verifyParameters(signed, readPublicKey(gateway.publicKey))).toBe(false)
  })
})

describe('parsing', () => {
  it.each(['a=1&a=2', 'a=%', 'a=%E4', 'a b=1', '=1', Array.from({ length: 41 }, (_, index) => `k${index}=1`).join('&')])('refuses %s', (raw) => {
    expect(() => parseParameters(raw)).toThrow(MalformedParameters)
  })

  it('is not confused by names of the language itself', () => {
    expect(() => parseParameters('__proto__=1')).toThrow(MalformedParameters)
    expect(Object.hasOwn(parseParameters('constructor=1'), 'constructor')).toBe(true)
  })
})

describe('keys', () => {
  it.each([
    ['PEM', (pem: string) => pem],
    ['PEM with written-out line breaks', (pem: string) => pem.replaceAll('\n', '\\n')],
    ['base64 of PEM', (pem: string) => Buffer.from(pem).toString('base64')],
    ['base64 of DER', (pem: string) => pem.replace(/-----[^-]+-----|\n/g, '')],
  ])('are read from %s', (_, encode) => {
    expect(isPair(readPrivateKey(encode(merchant.privateKey)), readPublicKey(encode(merchant.publicKey)))).toBe(true)
  })

  it('knows halves that do not belong together', () => {
    expect(isPair(privateKey, readPublicKey(gateway.publicKey))).toBe(false)
  })
})

import { sign, verify, type KeyObject } from 'node:crypto'

export type Parameters = Readonly<Record<string, string>>

/** Far more than any message has; a longer one is not ours. */
const MAX_PARAMETERS = 40
const KEY_PATTERN = /^[a-z][a-z0-9_]{0,39}$/i

export class MalformedParameters extends Error {
  override readonly name = 'MalformedParameters'
}

/**
 * The text that is signed: all parameters but `sign`, sorted by key, as `key=value` joined with `&`.
 * Unlike Alipay's, keys and values stand percent-encoded (as `encodeURIComponent` does it). Without that,
 * a value that holds `&amount=1` would sign the same text as an own parameter `amount`.
 */
export function signingText(parameters: Parameters): string {
  return Object.keys(parameters)
    .filter((key) => key !== 'sign')
    .sort()
    .map((key) => `${encodeURIComponent(key)}=${encodeURIComponent(parameters[key] ?? '')}`)
    .join('&')
}

/** RSA2: SHA-256 with RSA (PKCS #1 v1.5) over the UTF-8 text, in base64. */
export function signText(text: string, privateKey: KeyObject): string {
  return sign('sha256', Buffer.from(text), privateKey).toString('base64')
}

export function verifyText(text: string, signature: string, publicKey: KeyObject): boolean {
  const bytes = Buffer.from(signature, 'base64')
  // Node reads sloppy base64 too. One signature shall have one spelling, so that no changed message passes.
  return bytes.toString('base64') === signature && verify('sha256', Buffer.from(text), publicKey, bytes)
}

export function signParameters(parameters: Parameters, privateKey: KeyObject): Parameters {
  return { ...parameters, sign: signText(signingText(parameters), privateKey) }
}

export function verifyParameters(parameters: Parameters, publicKey: KeyObject): boolean {
  return verifyText(signingText(parameters), parameters.sign ?? '', publicKey)
}

/** A form body or query. A key that stands twice is refused: signer and reader could take different ones. */
export function parseParameters(raw: string): Parameters {
  const parameters = new Map<string, string>()
  for (const pair of raw.split('&').filter((part) => part !== '')) {
    const [key, value] = splitPair(pair)
    if (!KEY_PATTERN.test(key)) throw new MalformedParameters('A parameter has no proper name.')
    if (parameters.has(key)) throw new MalformedParameters(`The parameter ${key} stands twice.`)
    if (parameters.size === MAX_PARAMETERS) throw new MalformedParameters('There are too many parameters.')
    parameters.set(key, value)
  }
  return Object.fromEntries(parameters)
}

export function formBody(parameters: Parameters): string {
  return new URLSearchParams(parameters).toString()
}

function splitPair(pair: string): [string, string] {
  const at = pair.indexOf('=')
  return at < 0 ? [decode(pair), ''] : [decode(pair.slice(0, at)), decode(pair.slice(at + 1))]
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw new MalformedParameters('A parameter is not properly percent-encoded.')
  }
}

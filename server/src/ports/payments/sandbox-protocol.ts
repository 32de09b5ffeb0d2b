import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto'

/**
 * The sandbox gateway's signatures, as its README describes them. Written here once more on purpose: the product
 * shares nothing with the gateway but the protocol, so a mistake on one side shows as a refused signature.
 */
export type Parameters = Readonly<Record<string, string>>

const MAX_PARAMETERS = 40

/** All parameters but `sign`, sorted by key, percent-encoded, as `key=value` joined with `&`. */
export function signingText(parameters: Parameters): string {
  return Object.entries(parameters)
    .filter(([key]) => key !== 'sign')
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`)
    .join('&')
}

/** RSA2: SHA-256 with RSA (PKCS #1 v1.5), in base64. */
export function signParameters(parameters: Parameters, privateKey: KeyObject): Parameters {
  return { ...parameters, sign: sign('sha256', Buffer.from(signingText(parameters)), privateKey).toString('base64') }
}

export function verifyBytes(bytes: Uint8Array, signature: string, publicKey: KeyObject): boolean {
  const decoded = Buffer.from(signature, 'base64')
  // Node reads sloppy base64 too. One signature shall have one spelling, so that no changed message passes.
  return decoded.toString('base64') === signature && verify('sha256', bytes, publicKey, decoded)
}

/** The parameters of a form body, or null if it is not one: a key twice or broken encoding makes it ambiguous. */
export function parseForm(raw: string): Parameters | null {
  const pairs = raw.split('&')
  if (pairs.length > MAX_PARAMETERS) return null
  const parameters: Record<string, string> = Object.create(null) as Record<string, string>
  try {
    for (const pair of pairs) {
      const [key = '', value, ...rest] = pair.split('=').map((part) => decodeURIComponent(part.replaceAll('+', ' ')))
      if (key === '' || value === undefined || rest.length > 0 || key in parameters) return null
      parameters[key] = value
    }
  } catch {
    return null
  }
  return parameters
}

/** PEM with real line breaks or with `\n` written out, or base64 of PEM, as environment variables carry it. */
export function readKeys(privatePem: string, publicPem: string): { privateKey: KeyObject; publicKey: KeyObject } {
  return { privateKey: createPrivateKey(toPem(privatePem)), publicKey: createPublicKey(toPem(publicPem)) }
}

function toPem(text: string): string {
  const pem = text.includes('-----BEGIN') ? text : Buffer.from(text, 'base64').toString('latin1')
  return pem.replaceAll('\\n', '\n')
}

import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'

export type KeyPair = { privateKey: string; publicKey: string }

/** A pair for each side, in PEM. Merchant and gateway exchange only the public halves. */
export function generateKeys(): { gateway: KeyPair; merchant: KeyPair } {
  return { gateway: generatePair(), merchant: generatePair() }
}

/** Reads PEM (real line breaks or `\n` written out), base64 of PEM, or base64 of PKCS #8 DER. */
export function readPrivateKey(text: string): KeyObject {
  const pem = toPem(text)
  const key = pem === null
    ? createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' })
    : createPrivateKey(pem)
  return assertRsa(key)
}

/** Reads PEM (real line breaks or `\n` written out), base64 of PEM, or base64 of SPKI DER. */
export function readPublicKey(text: string): KeyObject {
  const pem = toPem(text)
  const key = pem === null
    ? createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' })
    : createPublicKey(pem)
  return assertRsa(key)
}

/** Whether the halves belong together: found at start rather than at the first refused signature. */
export function isPair(privateKey: KeyObject, publicKey: KeyObject): boolean {
  return createPublicKey(privateKey).equals(publicKey)
}

function generatePair(): KeyPair {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
}

function toPem(text: string): string | null {
  if (text.includes('-----BEGIN')) return text.replaceAll('\\n', '\n')
  const decoded = Buffer.from(text, 'base64').toString('latin1')
  return decoded.startsWith('-----BEGIN') ? decoded : null
}

function assertRsa(key: KeyObject): KeyObject {
  if (key.asymmetricKeyType !== 'rsa') throw new Error('The key must be an RSA key.')
  return key
}

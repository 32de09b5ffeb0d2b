import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Under these names the server and the sandbox gateway read them from their environment. */
export const secretNames = [
  'SESSION_SECRET',
  'FIELD_KEYS',
  'GATEWAY_PRIVATE_KEY',
  'GATEWAY_PUBLIC_KEY',
  'MERCHANT_APP_ID',
  'MERCHANT_PRIVATE_KEY',
  'MERCHANT_PUBLIC_KEY',
] as const

export type Secrets = Record<(typeof secretNames)[number], string>

/** Made once for a data folder: what was encrypted and signed with them must stay readable at the next start. */
export function loadSecrets(dataDir: string): Secrets {
  const path = join(dataDir, 'secrets.json')
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Secrets
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  const secrets = createSecrets()
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  writeFileSync(`${path}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${path}.new`, path)
  return secrets
}

export function createSecrets(): Secrets {
  const [gateway, merchant] = [createKeyPair(), createKeyPair()]
  return {
    SESSION_SECRET: randomBytes(32).toString('base64'),
    FIELD_KEYS: `k1:${randomBytes(32).toString('base64')}`,
    GATEWAY_PRIVATE_KEY: gateway.privateKey,
    GATEWAY_PUBLIC_KEY: gateway.publicKey,
    MERCHANT_APP_ID: 'miaodan-demo',
    MERCHANT_PRIVATE_KEY: merchant.privateKey,
    MERCHANT_PUBLIC_KEY: merchant.publicKey,
  }
}

function createKeyPair(): { privateKey: string; publicKey: string } {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
}

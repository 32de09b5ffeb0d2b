/**
 * Encryption of single columns: phone numbers, identity numbers, bank accounts. AES-256-GCM with the key's id in the
 * value, so that keys can be changed one row at a time, and a keyed blind index for finding an exact value.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'

const IV_BYTES = 12
const TAG_BYTES = 16
const KEY_BYTES = 32

type Key = { id: string, secret: Buffer }

export class FieldCrypto {
  readonly #keys: ReadonlyMap<string, Buffer>
  readonly #newest: Key
  readonly #indexSecret: Buffer

  /**
   * `setting` is `<key id>:<32 bytes in base64>`, the newest first, separated by commas. New values are sealed with the
   * first key. The last key also keys the blind index: it stays last, or nothing would be found any more.
   */
  constructor(setting: string) {
    const keys = setting.split(',').map(readKey)
    const [newest, oldest] = [keys[0], keys.at(-1)]
    if (!newest || !oldest) throw new Error('FIELD_KEYS holds no key')
    this.#keys = new Map(keys.map(key => [key.id, key.secret]))
    this.#newest = newest
    this.#indexSecret = Buffer.from(hkdfSync('sha256', oldest.secret, '', 'miaodan blind index', KEY_BYTES))
  }

  /**
   * Encrypts `text`. `context` says whose value of what this is (`contact:<user id>`); a sealed value that was copied
   * to another row or column does not open there.
   */
  seal(text: string, context: string): string {
    const iv = randomBytes(IV_BYTES)
    const cipher = createCipheriv('aes-256-gcm', this.#newest.secret, iv, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(context))
    const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
    return `${this.#newest.id}.${sealed.toString('base64url')}`
  }

  /** @throws an Error when the key is unknown, the value was changed, or it belongs to another context. */
  open(sealed: string, context: string): string {
    const [id = '', content = ''] = sealed.split('.')
    const secret = this.#keys.get(id)
    if (!secret) throw new Error(`no field key named ${id}`)
    const bytes = Buffer.from(content, 'base64url')
    const decipher = createDecipheriv('aes-256-gcm', secret, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(-TAG_BYTES))
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8')
  }

  /** The same for equal values of one purpose, and of no use to who lacks the key. Normalise the value first. */
  blindIndex(value: string, purpose: string): string {
    return createHmac('sha256', this.#indexSecret).update(purpose).update('\0').update(value).digest('base64url')
  }

  /** Whether `index` is the blind index of `value`, compared in constant time. */
  matches(value: string, purpose: string, index: string): boolean {
    const [actual, expected] = [Buffer.from(this.blindIndex(value, purpose)), Buffer.from(index)]
    return actual.length === expected.length && timingSafeEqual(actual, expected)
  }
}

function readKey(text: string): Key {
  const [, id, encoded] = /^\s*([\w-]{1,20}):([A-Za-z0-9+/_-]+={0,2})\s*$/.exec(text) ?? []
  const secret = Buffer.from(encoded ?? '', 'base64')
  if (!id || secret.length !== KEY_BYTES) throw new Error('FIELD_KEYS: each key is <key id>:<32 bytes in base64>')
  return { id, secret }
}

/** What a person is found by: username, mainland phone number, e-mail address. */

export type Channel = 'phone' | 'email'
export type Contact = { channel: Channel, value: string }

const PHONE = /^(?:\+?86)?(1[3-9]\d{9})$/
const EMAIL = /^[a-z0-9](?:[a-z0-9._%+-]{0,62}[a-z0-9_+-])?@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}$/
const MAX_EMAIL = 200

/** "+86 199-0000-0001" → "+8619900000001"; null for what is no mainland mobile number. */
export function normalizePhone(text: string): string | null {
  const digits = PHONE.exec(text.normalize('NFKC').replace(/[\s()-]/g, ''))?.[1]
  return digits ? `+86${digits}` : null
}

/** Lower case throughout: no provider of note tells letters apart, and people do not either. */
export function normalizeEmail(text: string): string | null {
  const address = text.normalize('NFKC').trim().toLowerCase()
  return address.length <= MAX_EMAIL && !address.includes('..') && EMAIL.test(address) ? address : null
}

/** Reads either; null when it is neither. */
export function readContact(text: string): Contact | null {
  const phone = normalizePhone(text)
  if (phone) return { channel: 'phone', value: phone }
  const email = normalizeEmail(text)
  return email ? { channel: 'email', value: email } : null
}

/** "199****0001", "z***n@example.com". */
export function maskContact(contact: Contact): string {
  if (contact.channel === 'phone') return contact.value.replace(/^\+86(\d{3})\d{4}(\d{4})$/, '$1****$2')
  const at = contact.value.lastIndexOf('@')
  const name = contact.value.slice(0, at)
  return `${name[0]}***${name.length > 2 ? name.at(-1) : ''}${contact.value.slice(at)}`
}

export const USERNAME = /^[A-Za-z](?:[A-Za-z0-9]|[_-](?=[A-Za-z0-9])){2,23}$/

/** Names that look alike have the same key: case, `0` and `o`, `1`, `i` and `l`, `rn` and `m`, `vv` and `w`, and separators. */
export function usernameKey(username: string): string {
  return username.toLowerCase().replace(/[_-]/g, '').replaceAll('0', 'o').replace(/[1i]/g, 'l').replaceAll('rn', 'm').replaceAll('vv', 'w').replaceAll('5', 's')
}

const RESERVED = new Set([
  'about', 'account', 'accounts', 'admin', 'administrator', 'api', 'arbitrator', 'bot', 'buyer', 'customer', 'dev', 'finance', 'guest', 'help', 'helpdesk', 'home',
  'info', 'kefu', 'login', 'mail', 'me', 'miaodan', 'moderator', 'news', 'notice', 'null', 'official', 'operator', 'order', 'owner', 'payment', 'platform', 'postmaster',
  'provider', 'register', 'robot', 'root', 'security', 'service', 'settings', 'signin', 'signup', 'staff', 'status', 'superuser', 'support', 'system', 'team', 'test',
  'undefined', 'user', 'wallet', 'webmaster', 'www',
].map(usernameKey))

/** Names of the platform and its staff cannot be taken, nor names that begin with the platform's. */
export function isReservedUsername(username: string): boolean {
  const key = usernameKey(username)
  return RESERVED.has(key) || key.startsWith(usernameKey('miaodan'))
}

/** Display names that pretend to be the platform. */
export function pretendsToBePlatform(displayName: string): boolean {
  return /秒单|miaodan|官方|客服|official|customer\s*service/i.test(displayName.normalize('NFKC'))
}

import { isIPv4 } from 'node:net'

/** "203.0.113.*", "2001:db8:1:*": enough to recognise one's own network, not enough to find a house. */
export function maskAddress(address: string): string {
  const plain = address.replace(/^::ffff:/i, '')
  return isIPv4(plain) ? plain.replace(/\d+$/, '*') : `${plain.split(':').slice(0, 3).join(':')}:*`
}

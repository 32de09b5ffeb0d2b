/** `540000` fen as `¥5,400.00`. Digits are grouped as text, so no amount passes through a float. */
export function yuan(fen: bigint | string): string {
  const { whole, fraction } = splitYuan(fen)
  return `¥${whole}.${fraction}`
}

export function splitYuan(fen: bigint | string): { whole: string; fraction: string } {
  const digits = String(fen).padStart(3, '0')
  return { whole: digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ','), fraction: digits.slice(-2) }
}

/** `28:14`, or `2:05:00` where there are hours. */
export function countdown(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, '0'))
  const hours = Math.floor(seconds / 3600)
  return hours > 0 ? `${hours}:${parts.join(':')}` : parts.join(':')
}

const clockTime = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit', second: '2-digit' })
const dayTime = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' })

/** `10:41:02`, on China's clocks. */
export function timeOfDay(at: number): string {
  return clockTime.format(at)
}

/** `2026-11-08 10:41`, on China's clocks. */
export function dayAndTime(at: number): string {
  return dayTime.format(at)
}

/** `6222********0012`: enough to recognise, not enough to use. */
export function maskAccount(account: string): string {
  if (account.length < 5) return '*'.repeat(account.length)
  const shown = account.length < 12 ? 2 : 4
  return account.slice(0, shown) + '*'.repeat(Math.min(8, account.length - 2 * shown)) + account.slice(-shown)
}

/** Money on the screen. On the wire an amount is a decimal string of fen; nothing here ever touches a float but for the width of a bar. */
import type { WireMoney } from '@miaodan/shared/kernel/money'

export type { WireMoney }
/** Screens may have the wire form or bare fen at hand (sums, sliders). */
export type MoneyInput = WireMoney | bigint

export const fenOf = (money: MoneyInput): bigint => (typeof money === 'bigint' ? money : BigInt(money.amount))
export const wireMoney = (fen: bigint): WireMoney => ({ amount: fen.toString(), currency: 'CNY' })

/** "−", "1,280" and "00": in parts, so that the decimals can be set smaller without being dropped. */
export function moneyParts(money: MoneyInput): { sign: '' | '−', whole: string, cents: string } {
  const fen = fenOf(money)
  const absolute = fen < 0n ? -fen : fen
  return {
    sign: fen < 0n ? '−' : '',
    whole: (absolute / 100n).toString().replace(/\B(?=(\d{3})+$)/g, ','),
    cents: (absolute % 100n).toString().padStart(2, '0'),
  }
}

/** "¥1,280.00", for labels and sentences; elsewhere use <MoneyText>. */
export function moneyLabel(money: MoneyInput): string {
  const { sign, whole, cents } = moneyParts(money)
  return `${sign}¥${whole}.${cents}`
}

export function sumMoney(amounts: readonly MoneyInput[]): WireMoney {
  return wireMoney(amounts.reduce<bigint>((total, money) => total + fenOf(money), 0n))
}

/** Percent of the whole with two decimals: for widths and charts, never for a sum. */
export function shareOf(part: MoneyInput, whole: MoneyInput): number {
  const total = fenOf(whole)
  return total === 0n ? 0 : Number((fenOf(part) * 10_000n) / total) / 100
}

/** What a person types as yuan, to fen: "1,280.5" → "128050". `null` when it is not an amount. Full-width digits and 元 are accepted. */
export function parseYuan(text: string): string | null {
  const plain = text.normalize('NFKC').replace(/[\s,，¥￥元]/g, '')
  const match = /^(\d{1,15})(?:\.(\d{0,2}))?$/.exec(plain)
  if (!match) return null
  return (BigInt(match[1]!) * 100n + BigInt((match[2] ?? '').padEnd(2, '0'))).toString()
}

/** For a field: "128050" → "1280.50", whole yuan without decimals. */
export function yuanInput(money: MoneyInput): string {
  const { sign, whole, cents } = moneyParts(money)
  return `${sign ? '-' : ''}${whole.replaceAll(',', '')}${cents === '00' ? '' : `.${cents}`}`
}

export type MoneyStateName = 'planned' | 'due' | 'held' | 'clearing' | 'released' | 'available' | 'disputed' | 'refunded'
type Tone = 'neutral' | 'warning' | 'info' | 'success' | 'error'

/** One icon and one colour for each place where money can be; the word is `money.state.<name>`. */
export const moneyStates = {
  planned: { icon: 'i-lucide-circle-dashed', tone: 'neutral' },
  due: { icon: 'i-lucide-clock-alert', tone: 'warning' },
  held: { icon: 'i-lucide-lock-keyhole', tone: 'info' },
  clearing: { icon: 'i-lucide-hourglass', tone: 'success' },
  released: { icon: 'i-lucide-circle-check', tone: 'success' },
  available: { icon: 'i-lucide-wallet', tone: 'success' },
  disputed: { icon: 'i-lucide-scale', tone: 'error' },
  refunded: { icon: 'i-lucide-undo-2', tone: 'neutral' },
} as const satisfies Record<MoneyStateName, { icon: string, tone: Tone }>

export const toneText: Record<Tone, string> = { neutral: 'text-muted', warning: 'text-warning', info: 'text-info', success: 'text-success', error: 'text-error' }

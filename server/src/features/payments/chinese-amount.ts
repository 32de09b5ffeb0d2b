/** Amounts in the capital numerals that Chinese paperwork adds to the figures, since nobody can alter them unnoticed. */
const DIGITS = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖']
const PLACES = ['', '拾', '佰', '仟']
const GROUPS = ['', '万', '亿', '兆']

/** 128050 fen → 壹仟贰佰捌拾元伍角整. Zero or more, below ten thousand 兆. */
export function chineseAmount(fen: bigint): string {
  if (fen < 0n) throw new RangeError('an amount on paper is not negative')
  const yuan = fen / 100n
  const [jiao, cents] = [Number((fen / 10n) % 10n), Number(fen % 10n)]
  const whole = yuan === 0n ? '' : `${chineseInteger(yuan)}元`
  if (jiao === 0 && cents === 0) return `${whole || '零元'}整`
  const tenths = jiao > 0 ? `${DIGITS[jiao]}角` : whole ? '零' : ''
  return `${whole}${tenths}${cents > 0 ? `${DIGITS[cents]}分` : '整'}`
}

function chineseInteger(value: bigint): string {
  let text = ''
  for (let rest = value, group = 0; rest > 0n; rest /= 10_000n, group++) {
    const part = Number(rest % 10_000n)
    // A gap inside the number is read once as 零, however many places it spans.
    const gap = part < 1_000 && rest >= 10_000n && (part > 0 || text !== '') ? '零' : ''
    text = `${gap}${part > 0 ? fourDigits(part) + GROUPS[group] : ''}${text}`
  }
  return text.replace(/零+/g, '零')
}

function fourDigits(value: number): string {
  const digits = [...String(value)].map(Number)
  const text = digits.map((digit, index) => (digit === 0 ? '零' : `${DIGITS[digit]}${PLACES[digits.length - 1 - index]}`)).join('')
  return text.replace(/零+/g, '零').replace(/零$/, '')
}

/** The check digits of Chinese identity numbers (GB 11643) and unified social credit codes (GB 32100). */

const IDENTITY_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const IDENTITY_CHECKS = '10X98765432'
const CREDIT_DIGITS = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const CREDIT_BASE = 31

/** Region, day of birth, sequence, check digit. The day must be a real one in the past. */
export function isIdentityNumber(text: string, today: Date): boolean {
  const number = text.toUpperCase()
  const parts = /^[1-9]\d{5}(\d{4})(\d{2})(\d{2})\d{3}[\dX]$/.exec(number)
  if (!parts) return false
  const birth = `${parts[1]}-${parts[2]}-${parts[3]}`
  const date = new Date(`${birth}T00:00:00Z`)
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== birth || date > today || Number(parts[1]) < 1900) return false
  const sum = IDENTITY_WEIGHTS.reduce((total, weight, index) => total + weight * Number(number[index]), 0)
  return IDENTITY_CHECKS[sum % 11] === number[17]
}

/** 18 characters without I, O, S, V, Z; the last one checks the others. */
export function isCreditCode(text: string): boolean {
  const code = text.toUpperCase()
  if (!/^[0-9A-HJ-NP-RT-UW-Y]{2}\d{6}[0-9A-HJ-NP-RT-UW-Y]{10}$/.test(code)) return false
  let [sum, weight] = [0, 1]
  for (const character of code.slice(0, 17)) {
    sum += CREDIT_DIGITS.indexOf(character) * weight
    weight = weight * 3 % CREDIT_BASE
  }
  return CREDIT_DIGITS[(CREDIT_BASE - sum % CREDIT_BASE) % CREDIT_BASE] === code[17]
}

/** "330106********0012": where and the last four. */
export const maskIdentityNumber = (number: string): string => `${number.slice(0, 6)}${'*'.repeat(Math.max(0, number.length - 10))}${number.slice(-4)}`

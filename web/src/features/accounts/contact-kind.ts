import { readContact } from '@miaodan/shared/accounts/identifiers'

/** Whether what was typed is a phone number or an e-mail address, by the same rules as the server's. */
export const isContact = (text: string): boolean => readContact(text) !== null

export const isCode = (text: string): boolean => /^\d{6}$/.test(text)

export type PasswordRule = 'length' | 'letter' | 'digit'
export const PASSWORD_RULES: readonly PasswordRule[] = ['length', 'letter', 'digit']

export function meetsRule(rule: PasswordRule, password: string): boolean {
  if (rule === 'length') return [...password].length >= 8
  return rule === 'letter' ? /\p{L}/u.test(password) : /\d/.test(password)
}
export const isGoodPassword = (password: string): boolean => PASSWORD_RULES.every(rule => meetsRule(rule, password))

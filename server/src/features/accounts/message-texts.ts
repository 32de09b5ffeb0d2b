/** The words of codes and security notices. They are read outside the product, so they stand alone and name it. */
import type { Locale } from '../../kernel/feature.ts'
import type { MessageText } from './messages.ts'

type Texts = Record<Locale, MessageText>

export const CODE_MINUTES = 10

export function codeText(code: string, purpose: 'register' | 'sign_in' | 'recover' | 'change_contact' | 'confirm_identity', locale: Locale): MessageText {
  const texts: Record<typeof purpose, Texts> = {
    register: both('注册', '注册秒单', 'register', 'registering with Miaodan'),
    sign_in: both('登录', '登录秒单', 'sign in', 'signing in to Miaodan'),
    recover: both('找回密码', '重设密码', 'recover your account', 'setting a new password'),
    change_contact: both('绑定', '绑定这个联系方式', 'add this contact', 'adding this contact to your account'),
    confirm_identity: both('身份确认', '确认提现或更改收款账户', 'confirm that it is you', 'confirming a payout or a change of your payout accounts'),
  }
  return texts[purpose][locale]

  function both(titleZh: string, forZh: string, titleEn: string, forEn: string): Texts {
    const sms = { name: 'code', values: { code } } as const
    return {
      'zh-CN': { subject: `秒单${titleZh}验证码 ${code}`, text: `验证码 ${code}，用于${forZh}，${CODE_MINUTES} 分钟内有效。不要告诉任何人，包括自称客服的人。`, sms },
      en: { subject: `Miaodan: code ${code} to ${titleEn}`, text: `${code} is your code for ${forEn}, valid for ${CODE_MINUTES} minutes. Tell nobody, not even people who say they are from support.`, sms },
    }
  }
}

const HELP = { 'zh-CN': '如果不是你本人操作，请立即用另一个联系方式找回密码，并联系客服。', en: 'If this was not you, recover your account through your other contact at once and tell our support.' }

export const accountExistsText: Texts = {
  'zh-CN': { subject: '你已经有秒单账号了', text: '有人想用这个联系方式注册秒单，但它已经属于一个账号。如果是你，请直接登录，忘了密码可以找回；如果不是你，不用理会。', sms: { name: 'account_exists', values: {} } },
  en: { subject: 'You already have a Miaodan account', text: 'Somebody tried to register with this contact, but it already belongs to an account. If it was you, sign in or recover your password; if not, ignore this.', sms: { name: 'account_exists', values: {} } },
}

export const passwordChangedText: Texts = {
  'zh-CN': { subject: '秒单密码已更改', text: `你的秒单密码刚刚更改，其他设备都已退出登录。${HELP['zh-CN']}`, sms: { name: 'password_changed', values: {} } },
  en: { subject: 'Your Miaodan password was changed', text: `Your Miaodan password was changed just now, and all other devices were signed out. ${HELP.en}`, sms: { name: 'password_changed', values: {} } },
}

export const contactChangedText = (masked: string): Texts => ({
  'zh-CN': { subject: '秒单联系方式已更改', text: `你的秒单账号刚刚绑定了 ${masked}。${HELP['zh-CN']}`, sms: { name: 'contact_changed', values: { contact: masked } } },
  en: { subject: 'Your Miaodan contact was changed', text: `${masked} was just added to your Miaodan account. ${HELP.en}`, sms: { name: 'contact_changed', values: { contact: masked } } },
})

/** The words of codes and security notices. They are read outside the product, so they stand alone and name it. */
import type { Locale } from '../../kernel/feature.ts'
import type { MessageText } from './messages.ts'

type Purpose = 'register' | 'sign_in' | 'recover' | 'change_contact' | 'confirm_identity'
type Texts = Record<Locale, MessageText>

export const CODE_MINUTES = 10

/** `title` heads the e-mail, `aim` follows "for". */
const PURPOSES: Record<Purpose, Record<Locale, { title: string, aim: string }>> = {
  register: { 'zh-CN': { title: '注册', aim: '注册秒单' }, en: { title: 'register', aim: 'registering with Miaodan' } },
  sign_in: { 'zh-CN': { title: '登录', aim: '登录秒单' }, en: { title: 'sign in', aim: 'signing in to Miaodan' } },
  recover: { 'zh-CN': { title: '找回密码', aim: '重设密码' }, en: { title: 'recover your account', aim: 'setting a new password' } },
  change_contact: { 'zh-CN': { title: '绑定', aim: '绑定这个联系方式' }, en: { title: 'add this contact', aim: 'adding this contact to your account' } },
  confirm_identity: { 'zh-CN': { title: '身份确认', aim: '确认提现或更改收款账户' }, en: { title: 'confirm that it is you', aim: 'confirming a payout or a change of your payout accounts' } },
}

export function codeText(code: string, purpose: Purpose, locale: Locale): MessageText {
  const { title, aim } = PURPOSES[purpose][locale]
  const sms = { name: 'code', values: { code } } as const
  if (locale === 'en') {
    return {
      locale, sms, subject: `Miaodan: code ${code} to ${title}`,
      text: `${code} is your code for ${aim}, valid for ${CODE_MINUTES} minutes. Tell nobody, not even people who say they are from support.`,
      letter: {
        title: `Your code to ${title}`, body: `For ${aim}. Tell nobody, not even people who say they are from support.`,
        figure: { label: 'Code', text: code, note: `Valid for ${CODE_MINUTES} minutes, once.`, kind: 'code' }, button: null,
        why: 'You get this because somebody entered this address at Miaodan. If it was not you, ignore it: without the code they can do nothing.',
      },
    }
  }
  return {
    locale, sms, subject: `秒单${title}验证码 ${code}`,
    text: `验证码 ${code}，用于${aim}，${CODE_MINUTES} 分钟内有效。不要告诉任何人，包括自称客服的人。`,
    letter: {
      title: `${title}验证码`, body: `用于${aim}。不要告诉任何人，包括自称客服的人。`,
      figure: { label: '验证码', text: code, note: `${CODE_MINUTES} 分钟内有效，只能用一次。`, kind: 'code' }, button: null,
      why: '有人在秒单填了这个邮箱，所以你收到这封邮件。不是你的话不用理会：没有验证码，对方什么也做不了。',
    },
  }
}

const HELP = { 'zh-CN': '如果不是你本人操作，请立即用另一个联系方式找回密码，并联系客服。', en: 'If this was not you, recover your account through your other contact at once and tell our support.' }
const WHY = { 'zh-CN': '这封邮件关系到账号安全，发给你账号绑定的邮箱，不能关闭。', en: 'This is about the security of your account. It goes to the e-mail address of your account and cannot be switched off.' }
const NOT_ME = { 'zh-CN': { text: '不是我，找回账号', path: '/recover' }, en: { text: 'Not me: recover my account', path: '/recover' } }

type Words = Record<Locale, { subject: string, text: string }>
type Action = Record<Locale, { text: string, path: string }>
const notice = (sms: MessageText['sms'], button: Action, words: Words): Texts => {
  const inLocale = (locale: Locale): MessageText => {
    const { subject, text } = words[locale]
    return { locale, sms, subject, text, letter: { title: subject, body: text, figure: null, button: button[locale], why: WHY[locale] } }
  }
  return { 'zh-CN': inLocale('zh-CN'), en: inLocale('en') }
}

export const accountExistsText = notice({ name: 'account_exists', values: {} }, { 'zh-CN': { text: '去登录', path: '/sign-in' }, en: { text: 'Sign in', path: '/sign-in' } }, {
  'zh-CN': { subject: '你已经有秒单账号了', text: '有人想用这个联系方式注册秒单，但它已经属于一个账号。如果是你，请直接登录，忘了密码可以找回；如果不是你，不用理会。' },
  en: { subject: 'You already have a Miaodan account', text: 'Somebody tried to register with this contact, but it already belongs to an account. If it was you, sign in or recover your password; if not, ignore this.' },
})

export const passwordChangedText = notice({ name: 'password_changed', values: {} }, NOT_ME, {
  'zh-CN': { subject: '秒单密码已更改', text: `你的秒单密码刚刚更改，其他设备都已退出登录。${HELP['zh-CN']}` },
  en: { subject: 'Your Miaodan password was changed', text: `Your Miaodan password was changed just now, and all other devices were signed out. ${HELP.en}` },
})

export const contactChangedText = (masked: string): Texts => notice({ name: 'contact_changed', values: { contact: masked } }, NOT_ME, {
  'zh-CN': { subject: '秒单联系方式已更改', text: `你的秒单账号刚刚绑定了 ${masked}。${HELP['zh-CN']}` },
  en: { subject: 'Your Miaodan contact was changed', text: `${masked} was just added to your Miaodan account. ${HELP.en}` },
})

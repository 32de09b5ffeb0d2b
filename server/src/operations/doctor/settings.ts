/** What can be said of the settings by reading them alone. */
import type { Config } from '../../config.ts'
import { about, text, type Finding } from './finding.ts'

const SECRETS_ADVICE = text('用 npm run secrets 生成新的，并妥善保存。', 'Make new ones with npm run secrets, and keep them.')
/** A random text of 32 characters has more than twenty different ones; a word written again and again has not. */
const DIFFERENT_CHARACTERS = 12
const LOCAL = /^https?:\/\/(localhost|127\.|\[::1\]|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/

const isLocal = (url: string): boolean => LOCAL.test(url)

export function settingsFindings(config: Config, environment: Record<string, string | undefined>): Finding[] {
  return [...secrets(environment, config), ...addresses(config), ...modes(config)]
}

function* secrets(environment: Record<string, string | undefined>, { demo }: Config): Generator<Finding> {
  const session = about('会话密钥', 'SESSION_SECRET')
  const given = environment['SESSION_SECRET']
  if (!given) yield session.warn('没有设置，每次启动都会换一个：所有人要重新登录，多个进程之间互不相认。', 'Not set, so each start makes another: everybody signs in anew, and processes do not know each other\'s sessions.', SECRETS_ADVICE)
  else if (new Set(given).size < DIFFERENT_CHARACTERS) yield session.fail('太容易猜。', 'Too easy to guess.', SECRETS_ADVICE)
  else yield session.ok('足够长，也足够乱。', 'Long and random enough.')
  if (!environment['FIELD_KEYS']) {
    const keys = about('字段密钥', 'FIELD_KEYS')
    const zh = '没有设置：重启之后，手机号、证件号和收款账号都打不开了。'
    const en = 'Not set: after a restart no phone number, identity number or payout account can be opened any more.'
    yield demo ? keys.warn(zh, en, SECRETS_ADVICE) : keys.fail(zh, en, SECRETS_ADVICE)
  }
}

function* addresses({ publicUrl, trustProxy, callbackUrl, demo, gateway }: Config): Generator<Finding> {
  const site = about('网站地址', 'PUBLIC_URL')
  if (isLocal(publicUrl)) yield demo ? site.ok(`${publicUrl}（只在本机）`, `${publicUrl} (this machine only)`) : site.warn(`${publicUrl} 只有本机能打开。`, `${publicUrl} can be opened on this machine only.`, text('设置 PUBLIC_URL=https://…', 'Set PUBLIC_URL=https://…'))
  else if (!publicUrl.startsWith('https:')) yield site.fail(`${publicUrl} 没有加密：密码和会话会被旁人看到。`, `${publicUrl} is not encrypted: others see passwords and sessions.`, text('在前面放一个有证书的反向代理，改用 https。', 'Put a proxy with a certificate before it, and use https.'))
  else if (!trustProxy) yield site.warn('https 由代理提供，但 TRUST_PROXY=0：所有人看起来是同一个地址，共用一个频率限制。', 'A proxy gives https, but TRUST_PROXY is 0: everybody seems to come from one address and shares one rate limit.', text('设置 TRUST_PROXY=1', 'Set TRUST_PROXY=1'))
  else yield site.ok(publicUrl, publicUrl)
  const callbacks = about('支付回调地址', 'CALLBACK_URL')
  if (isLocal(callbackUrl) && !isLocal(gateway.url)) yield callbacks.fail(`网关在 ${new URL(gateway.url).host}，它到不了 ${callbackUrl}。`, `The gateway at ${new URL(gateway.url).host} cannot reach ${callbackUrl}.`, text('设置 CALLBACK_URL 为网关能访问的地址。', 'Set CALLBACK_URL to an address the gateway can reach.'))
}

function* modes({ demo, publicUrl, host, metrics }: Config): Generator<Finding> {
  const mode = about('演示模式', 'Demo mode')
  const open = !isLocal(publicUrl) || !['127.0.0.1', 'localhost', '::1'].includes(host)
  if (demo && open) yield mode.fail('演示模式开着，而网站对外开放：谁都可以用演示账号登录、读到所有短信、拨动时钟。', 'Demo mode is on and the site is open to others: anybody signs in with demo accounts, reads every SMS and moves the clock.', text('设置 DEMO=0', 'Set DEMO=0'))
  else if (demo) yield mode.ok('开着，只在本机。', 'On, for this machine only.')
  const watched = about('指标', 'Metrics')
  if (!metrics) yield watched.warn('没有设置 METRICS_PORT，出了问题没有人会知道。', 'METRICS_PORT is not set: nobody is told when something goes wrong.', text('见 docs/operations.md', 'See docs/operations.md'))
}

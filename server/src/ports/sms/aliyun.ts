import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { NotDeliverable } from '../../kernel/not-deliverable.ts'
import { authorizationOf, queryOf, sha256, type Keys } from './aliyun-signature.ts'
import type { Sms, SmsSender, SmsTemplate } from './port.ts'

export type AliyunOptions = Keys & {
  /** `https://dysmsapi.aliyuncs.com` */
  endpoint: string
  /** The approved signature that stands before every message: 秒单. */
  signName: string
  /** The code of the approved template (`SMS_…`) of each of ours. */
  templates: Readonly<Partial<Record<SmsTemplate['name'], string>>>
}

const VERSION = '2017-05-25'
const TIMEOUT_MS = 10_000
/** A variable may be so long; the words that matter come first in ours. */
const LONGEST_VALUE = 35
const EMPTY_BODY_HASH = sha256('')

/**
 * Answers that will not change. Everything else may be gone next time: limits of rate (isv.BUSINESS_LIMIT_CONTROL), an
 * empty account, a template still being approved, the service itself.
 * Source: "API 错误码" of the short message service, https://help.aliyun.com/zh/sms/developer-reference/api-error-codes
 */
const REFUSED_FOR_GOOD = new Set([
  'isv.MOBILE_NUMBER_ILLEGAL', 'isv.BLACK_KEY_CONTROL_LIMIT', 'isv.PARAM_LENGTH_LIMIT', 'isv.PARAM_NOT_SUPPORT_URL', 'isv.INVALID_JSON_PARAM',
  'isv.TEMPLATE_MISSING_PARAMETERS', 'isv.TEMPLATE_PARAMS_ILLEGAL', 'isv.INVALID_PARAMETERS',
])

const answerSchema = z.object({ Code: z.string(), Message: z.string().optional() })

/**
 * Short messages by Alibaba Cloud's `SendSms` (https://help.aliyun.com/zh/sms/developer-reference/api-dysmsapi-2017-05-25-sendsms).
 * It has no key that would keep a repeated request from being a second message: our id goes along as `OutId`, which the
 * vendor only gives back in its receipts, so that one can see there which two were one.
 */
export class AliyunSms implements SmsSender {
  readonly #options: AliyunOptions

  constructor(options: AliyunOptions) {
    this.#options = options
  }

  async send({ id, to, template }: Sms): Promise<void> {
    const code = this.#options.templates[template.name]
    if (code === undefined) throw new NotDeliverable(`no template of the vendor is configured for ${template.name}`)
    const values = Object.fromEntries(Object.entries(template.values).map(([name, value]) => [name, shortened(value)]))
    const answer = await this.#call('SendSms', {
      PhoneNumbers: numberOf(to), SignName: this.#options.signName, TemplateCode: code, TemplateParam: JSON.stringify(values), OutId: id,
    })
    if (answer.Code === 'OK') return
    const reason = `${answer.Code}: ${answer.Message ?? ''}`
    throw REFUSED_FOR_GOOD.has(answer.Code) ? new NotDeliverable(reason) : new Error(reason)
  }

  async #call(action: string, parameters: Readonly<Record<string, string>>): Promise<z.infer<typeof answerSchema>> {
    const query = queryOf(parameters)
    const url = new URL(`/?${query}`, this.#options.endpoint)
    const headers = {
      host: url.host, 'x-acs-action': action, 'x-acs-version': VERSION,
      // The vendor's clock, not the product's, which may have been moved.
      'x-acs-date': new Date().toISOString().replace(/\.\d+Z$/, 'Z'), 'x-acs-signature-nonce': randomUUID(), 'x-acs-content-sha256': EMPTY_BODY_HASH,
    }
    const authorization = authorizationOf({ method: 'POST', path: url.pathname, query, headers, bodyHash: EMPTY_BODY_HASH }, this.#options)
    const answer = await fetch(url, { method: 'POST', headers: { ...headers, authorization, accept: 'application/json' }, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) })
    const parsed = answerSchema.safeParse(await answer.json().catch(() => undefined))
    if (!parsed.success) throw new Error(`the vendor answered ${answer.status} without a code`)
    return parsed.data
  }
}

/** Numbers of mainland China go without a country, others with theirs but without a plus. */
const numberOf = (to: string): string => to.replace(/^\+86/, '').replace(/^\+/, '')

function shortened(value: string): string {
  const characters = [...value]
  return characters.length <= LONGEST_VALUE ? value : `${characters.slice(0, LONGEST_VALUE - 1).join('')}…`
}

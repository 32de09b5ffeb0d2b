/** The SMS contract on a double of the vendor that checks every signature as the vendor does. */
import { createHash, createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NotDeliverable } from '../../kernel/not-deliverable.ts'
import { AliyunSms, type AliyunOptions } from './aliyun.ts'
import { authorizationOf, queryOf, sha256 } from './aliyun-signature.ts'
import { smsContract } from './contract.ts'
import type { Sms } from './port.ts'

const KEYS = { accessKeyId: 'LTAI-test', accessKeySecret: 'of the test' }
const MAX_SKEW_MS = 15 * 60_000

async function startVendor() {
  const sent: Record<string, string>[] = []
  const nonces = new Set<unknown>()
  const answer = { code: 'OK', status: 200 }
  const server: Server = createServer((request, response) => {
    const parameters = Object.fromEntries(new URL(request.url ?? '', 'http://vendor').searchParams)
    const refused = refusalOf(request, nonces)
    if (!refused && answer.code === 'OK') sent.push(parameters)
    response.writeHead(refused ? 400 : answer.status, { 'content-type': 'application/json' }).end(JSON.stringify({ Code: refused ?? answer.code, Message: 'said by the double' }))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const options: AliyunOptions = { ...KEYS, endpoint: `http://127.0.0.1:${address && typeof address === 'object' ? address.port : 0}`, signName: '秒单', templates: { code: 'SMS_1', notice: 'SMS_2' } }
  return { sent, answer, options, close: () => new Promise<void>(resolve => server.close(() => resolve())) }
}

/** Written from the vendor's description, sharing nothing with the sender's own signing. */
function refusalOf({ method, url, headers }: IncomingMessage, nonces: Set<unknown>): string | undefined {
  const [, keyId, names, signature] = /^ACS3-HMAC-SHA256 Credential=([^,]+),SignedHeaders=([^,]+),Signature=([0-9a-f]{64})$/.exec(headers.authorization ?? '') ?? []
  if (keyId !== KEYS.accessKeyId) return 'InvalidAccessKeyId.NotFound'
  const needed = ['host', ...Object.keys(headers).filter(name => name.startsWith('x-acs-'))].sort().join(';')
  if (names !== needed) return 'IncompleteSignature'
  if (Math.abs(Date.parse(String(headers['x-acs-date'])) - Date.now()) > MAX_SKEW_MS) return 'InvalidTimeStamp.Expired'
  if (nonces.has(headers['x-acs-signature-nonce'])) return 'SignatureNonceUsed'
  nonces.add(headers['x-acs-signature-nonce'])
  const [path = '', query = ''] = (url ?? '').split('?')
  const sorted = query.split('&').sort().join('&')
  const canonical = `${method}\n${path}\n${sorted}\n${names.split(';').map(name => `${name}:${String(headers[name])}\n`).join('')}\n${names}\n${String(headers['x-acs-content-sha256'])}`
  const expected = createHmac('sha256', KEYS.accessKeySecret).update(`ACS3-HMAC-SHA256\n${createHash('sha256').update(canonical).digest('hex')}`).digest('hex')
  return signature === expected ? undefined : 'SignatureDoesNotMatch'
}

smsContract('Aliyun', async () => {
  const { sent, options, close } = await startVendor()
  return { sender: new AliyunSms(options), received: async to => sent.filter(({ PhoneNumbers }) => `+86${PhoneNumbers}` === to || `+${PhoneNumbers}` === to).map(({ TemplateParam }) => TemplateParam ?? ''), close }
})

describe('Aliyun SMS', () => {
  let vendor: Awaited<ReturnType<typeof startVendor>>
  const code: Sms = { id: 'one', to: '+8613800000001', text: 'x', template: { name: 'code', values: { code: '482913' } } }
  beforeAll(async () => {
    vendor = await startVendor()
  })
  afterAll(() => vendor.close())

  it('signs as in the example of the vendor', () => {
    const headers = {
      host: 'ecs.cn-shanghai.aliyuncs.com', 'x-acs-action': 'RunInstances', 'x-acs-version': '2014-05-26', 'x-acs-date': '2023-10-26T10:22:32Z',
      'x-acs-signature-nonce': '3156853299f313e23d1673dc12e1703d', 'x-acs-content-sha256': sha256(''),
    }
    const query = queryOf({ RegionId: 'cn-shanghai', ImageId: 'win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd' })
    expect(authorizationOf({ method: 'POST', path: '/', query, headers, bodyHash: sha256('') }, { accessKeyId: 'YourAccessKeyId', accessKeySecret: 'YourAccessKeySecret' }))
      .toMatch(/Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0$/)
  })

  it('names the approved template, and shortens what a variable cannot hold', async () => {
    await new AliyunSms(vendor.options).send({ ...code, template: { name: 'notice', values: { title: '很长'.repeat(40), body: '短' } } })
    expect(vendor.sent.at(-1)).toEqual({ PhoneNumbers: '13800000001', SignName: '秒单', TemplateCode: 'SMS_2', TemplateParam: JSON.stringify({ title: `${'很长'.repeat(17)}…`, body: '短' }), OutId: 'one' })
  })

  it('tells a number refused for good from what may be gone next time', async () => {
    for (const [answer, forGood] of [['isv.MOBILE_NUMBER_ILLEGAL', true], ['isv.BUSINESS_LIMIT_CONTROL', false], ['isv.AMOUNT_NOT_ENOUGH', false], ['isp.SYSTEM_ERROR', false]] as const) {
      vendor.answer.code = answer
      const error: unknown = await new AliyunSms(vendor.options).send(code).catch((thrown: unknown) => thrown)
      expect([answer, error instanceof NotDeliverable, String(error)]).toEqual([answer, forGood, expect.stringContaining(answer)])
    }
    vendor.answer.code = 'OK'
    await expect(new AliyunSms({ ...vendor.options, templates: {} }).send(code)).rejects.toThrow(NotDeliverable)
  })

  it('says so when its keys are wrong or nobody answers, which is worth another try', async () => {
    for (const options of [{ ...vendor.options, accessKeySecret: 'wrong' }, { ...vendor.options, endpoint: 'http://127.0.0.1:9' }]) {
      const error: unknown = await new AliyunSms(options).send(code).catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(Error)
      expect(error).not.toBeInstanceOf(NotDeliverable)
    }
  })
})

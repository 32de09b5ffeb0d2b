/**
 * How requests to Alibaba Cloud are signed: ACS3-HMAC-SHA256.
 * Source: "V3 版本请求体&签名机制", https://help.aliyun.com/zh/sdk/product-overview/v3-request-structure-and-signature
 */
import { createHash, createHmac } from 'node:crypto'

const ALGORITHM = 'ACS3-HMAC-SHA256'

export type Keys = { accessKeyId: string, accessKeySecret: string }
export type Unsigned = {
  method: string
  path: string
  /** Encoded as it is sent: RFC 3986, sorted by name. */
  query: string
  /** Names in lower case; all of them are signed. */
  headers: Readonly<Record<string, string>>
  /** SHA-256 of the body, in hex. */
  bodyHash: string
}

/** The value of the header `Authorization`. */
export function authorizationOf({ method, path, query, headers, bodyHash }: Unsigned, { accessKeyId, accessKeySecret }: Keys): string {
  const names = Object.keys(headers).sort()
  const lines = names.map(name => `${name}:${headers[name]?.trim()}\n`).join('')
  const canonical = [method, path, query, lines, names.join(';'), bodyHash].join('\n')
  const signature = createHmac('sha256', accessKeySecret).update(`${ALGORITHM}\n${sha256(canonical)}`).digest('hex')
  return `${ALGORITHM} Credential=${accessKeyId},SignedHeaders=${names.join(';')},Signature=${signature}`
}

export function queryOf(parameters: Readonly<Record<string, string>>): string {
  return Object.keys(parameters).sort().map(name => `${encode(name)}=${encode(parameters[name] ?? '')}`).join('&')
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

const encode = (text: string): string => encodeURIComponent(text).replace(/[!'()*]/g, sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)

/**
 * The door of the S3 server that tests use. That server believes everybody; this does what Amazon's does: it checks the
 * signature of each request, in its header or its address, says 403 to whoever has none or a wrong one, and gives a
 * download the name and type its signed address asks for.
 * Source: "Signature Version 4" in Amazon's S3 API reference ("Authenticating Requests").
 */
import { createHash, createHmac } from 'node:crypto'
import { createServer, request as forward, type IncomingMessage, type Server, type ServerResponse } from 'node:http'

export type Keys = { accessKeyId: string, secretAccessKey: string }
export type Seen = { method: string, url: string, headers: IncomingMessage['headers'] }

type Claim = { credential: string, signedHeaders: string, signature: string, date: string, contentHash: string }

/** @param seen each request is put here as it came in. */
export function createDoor(target: { port: number }, keys: Keys, seen: Seen[]): Server {
  return createServer((request, response) => {
    const { method = 'GET', url = '/', headers } = request
    seen.push({ method, url, headers })
    const address = new URL(url, 'http://server')
    const claim = claimOf(request, address)
    if (!claim || claim.signature !== signatureOf(request, address, claim, keys)) return refuse(request, response, claim ? 'SignatureDoesNotMatch' : 'AccessDenied')
    const inner = forward({ port: target.port, host: '127.0.0.1', method, path: url, headers }, answer => {
      const wanted = { 'content-type': address.searchParams.get('response-content-type'), 'content-disposition': address.searchParams.get('response-content-disposition') }
      response.writeHead(answer.statusCode ?? 500, { ...answer.headers, ...Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== null)) } as Record<string, string>)
      answer.pipe(response)
    })
    inner.on('error', () => response.destroy())
    response.on('close', () => inner.destroy())
    request.pipe(inner)
  })
}

function claimOf({ headers }: IncomingMessage, { searchParams }: URL): Claim | undefined {
  const match = /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(headers.authorization ?? '')
  if (match) return { credential: match[1] ?? '', signedHeaders: match[2] ?? '', signature: match[3] ?? '', date: String(headers['x-amz-date']), contentHash: String(headers['x-amz-content-sha256']) }
  const date = searchParams.get('X-Amz-Date') ?? ''
  const expires = Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z')) + Number(searchParams.get('X-Amz-Expires')) * 1000
  if (!(expires > Date.now())) return undefined
  return { credential: searchParams.get('X-Amz-Credential') ?? '', signedHeaders: searchParams.get('X-Amz-SignedHeaders') ?? '', signature: searchParams.get('X-Amz-Signature') ?? '', date, contentHash: 'UNSIGNED-PAYLOAD' }
}

function signatureOf({ method, headers }: IncomingMessage, address: URL, { credential, signedHeaders, date, contentHash }: Claim, keys: Keys): string | undefined {
  const [accessKeyId, ...scope] = credential.split('/')
  if (accessKeyId !== keys.accessKeyId) return undefined
  const query = [...address.searchParams].filter(([name]) => name !== 'X-Amz-Signature').map(pair => pair.map(encode).join('=')).sort().join('&')
  const lines = signedHeaders.split(';').map(name => `${name}:${String(headers[name]).trim()}\n`).join('')
  const canonical = [method, address.pathname, query, lines, signedHeaders, contentHash].join('\n')
  const text = ['AWS4-HMAC-SHA256', date, scope.join('/'), createHash('sha256').update(canonical).digest('hex')].join('\n')
  const key = scope.reduce<string | Buffer>((secret, part) => createHmac('sha256', secret).update(part).digest(), `AWS4${keys.secretAccessKey}`)
  return createHmac('sha256', key).update(text).digest('hex')
}

const encode = (text: string): string => encodeURIComponent(text).replace(/[!'()*]/g, sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)

function refuse(request: IncomingMessage, response: ServerResponse, code: string): void {
  request.resume()
  response.writeHead(403, { 'content-type': 'application/xml' }).end(request.method === 'HEAD' ? undefined : `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`)
}

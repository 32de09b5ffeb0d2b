/** The mail contract on a real SMTP server, and what holds for SMTP alone. */
import { createVerify, generateKeyPairSync } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NotDeliverable } from '../../kernel/not-deliverable.ts'
import { mailContract } from './contract.ts'
import { SmtpSender, type SmtpOptions } from './smtp.ts'

type Letter = { to: string[], raw: string, secure: boolean, user: string | undefined }
const ANSWERS: Record<string, number> = { 'gone@example.com': 550, 'full@example.com': 552, 'later@example.com': 451 }

async function startServer(options: SMTPServerOptions = {}) {
  const letters: Letter[] = []
  const server = new SMTPServer({
    authOptional: true, logger: false,
    onAuth: ({ username, password }, _session, done) => password === '密码 &@' ? done(null, { user: username }) : done(Object.assign(new Error('no'), { responseCode: 535 })),
    onRcptTo: ({ address }, _session, done) => done(ANSWERS[address] ? Object.assign(new Error('not this one'), { responseCode: ANSWERS[address] }) : null),
    onData: (stream, session, done) => {
      text(stream).then(raw => {
        letters.push({ to: session.envelope.rcptTo.map(({ address }) => address), raw, secure: session.secure, user: session.user as string | undefined })
        done(null, 'kept')
      }, done)
    },
    ...options,
  })
  server.on('error', () => {})
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.server.address()
  const host = `127.0.0.1:${address && typeof address === 'object' ? address.port : 0}`
  return { letters, host, close: () => new Promise<void>(resolve => server.close(resolve)) }
}

const settings = (host: string, more: Partial<SmtpOptions> = {}): SmtpOptions => ({ url: `smtp://${host}`, from: '秒单 <no-reply@miaodan.example>', allowPlain: true, dkim: null, ...more })
const mail = { id: 'one', to: 'zhou@example.com', subject: '验证码 123456', text: '验证码 123456' }

mailContract('SMTP', async () => {
  const { letters, host, close } = await startServer()
  return { sender: new SmtpSender(settings(host)), received: async to => letters.filter(letter => letter.to.includes(to)).map(({ raw }) => ({ subject: subjectOf(raw), text: bodyOf(raw) })), close }
})

describe('SMTP', () => {
  let server: Awaited<ReturnType<typeof startServer>>
  const senders: SmtpSender[] = []
  const sender = (more: Partial<SmtpOptions> = {}, host = server.host): SmtpSender => {
    const made = new SmtpSender(settings(host, more))
    senders.push(made)
    return made
  }
  beforeAll(async () => {
    server = await startServer()
  })
  afterAll(async () => {
    for (const made of senders) made.close()
    await server.close()
  })

  it('goes over TLS where the server offers it, signs in, and names each mail so that a repetition can be told', async () => {
    await sender({ url: `smtp://no-reply:${encodeURIComponent('密码 &@')}@${server.host}` }).send(mail)
    expect(server.letters.at(-1)).toMatchObject({ secure: true, user: 'no-reply' })
    expect(server.letters.at(-1)?.raw).toMatch(/^Message-ID: <one@miaodan\.example>\r$/m)
    expect(server.letters.at(-1)?.raw).toMatch(/^Auto-Submitted: auto-generated\r$/im)
  })

  it('tells a recipient refused for good from what may be gone next time', async () => {
    await expect(sender().send({ ...mail, to: 'gone@example.com' })).rejects.toThrow(NotDeliverable)
    await expect(sender().send({ ...mail, to: 'no address' })).rejects.toThrow(NotDeliverable)
    for (const [address, more] of [['full@example.com', {}], ['later@example.com', {}], ['zhou@example.com', { url: `smtp://no-reply:wrong@${server.host}` }], ['zhou@example.com', { url: 'smtp://127.0.0.1:9' }]] as const) {
      const error: unknown = await sender(more).send({ ...mail, to: address }).catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(Error)
      expect(error).not.toBeInstanceOf(NotDeliverable)
    }
  })

  it('trusts nobody it cannot check: neither a server without TLS nor a certificate of its own making', async () => {
    const plain = await startServer({ disabledCommands: ['STARTTLS'] })
    await expect(sender({ allowPlain: false }, plain.host).send(mail)).rejects.toThrow(/STARTTLS/i)
    await expect(sender({ allowPlain: false }).send(mail)).rejects.toThrow(/certificate/i)
    expect(plain.letters).toEqual([])
    await plain.close()
  })

  it('carries the page beside the text, and the one click that ends such mails', async () => {
    await sender().send({ ...mail, html: '<h1>已付款</h1>', unsubscribe: 'https://miaodan.example/api/v1/notices/unsubscribe/a.b.c' })
    const raw = server.letters.at(-1)?.raw ?? ''
    expect(raw).toMatch(/^Content-Type: multipart\/alternative;/m)
    expect(raw.indexOf('Content-Type: text/plain')).toBeLessThan(raw.indexOf('Content-Type: text/html'))
    expect(unfolded(raw)).toMatch(/^List-Unsubscribe: <https:\/\/miaodan\.example\/api\/v1\/notices\/unsubscribe\/a\.b\.c>\r$/im)
    expect(raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/im)
    await sender().send(mail)
    expect(server.letters.at(-1)?.raw).not.toMatch(/list-unsubscribe|multipart/i)
  })

  it('signs as its domain', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    await sender({ dkim: { domainName: 'miaodan.example', keySelector: 'mail', privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() } }).send({ ...mail, unsubscribe: 'https://miaodan.example/u/a.b.c' })
    const raw = server.letters.at(-1)?.raw ?? ''
    const header = unfolded(/^DKIM-Signature: [\s\S]*?(?=\r\n\S)/m.exec(raw)?.[0] ?? '')
    const [signed, names, signature] = [/^(.*\bb=)/.exec(header)?.[1], /\bh=([^;]+)/.exec(header)?.[1]?.replaceAll(/\s/g, ''), /\bb=([^;]+)$/.exec(header)?.[1]?.replaceAll(/\s/g, '')]
    expect(header).toContain('d=miaodan.example')
    expect(names?.toLowerCase().split(':')).toEqual(expect.arrayContaining(['from', 'to', 'subject', 'list-unsubscribe', 'list-unsubscribe-post']))
    const lines = (names ?? '').split(':').map(name => relaxed(unfolded(new RegExp(`^${name}: [\\s\\S]*?(?=\\r\\n\\S|\\r\\n\\r\\n)`, 'im').exec(raw)?.[0] ?? '')))
    const verify = createVerify('RSA-SHA256').update([...lines, relaxed(signed ?? '')].join('\r\n'))
    expect(verify.verify(publicKey, signature ?? '', 'base64')).toBe(true)
  })
})

const unfolded = (header: string): string => header.replaceAll(/\r\n(?=[ \t])/g, '')
/** RFC 6376, 3.4.2. */
const relaxed = (header: string): string => header.replace(/^([^:]+):\s*/, (_, name: string) => `${name.toLowerCase()}:`).replaceAll(/[ \t]+/g, ' ').trim()

function subjectOf(raw: string): string {
  const header = unfolded(/^Subject: [\s\S]*?(?=\r\n\S)/m.exec(raw)?.[0] ?? '').replace('Subject: ', '')
  return header.replaceAll(/\?=\s+=\?/g, '?==?').replaceAll(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi, (_, way: string, word: string) => way.toUpperCase() === 'B' ? Buffer.from(word, 'base64').toString() : quoted(word.replaceAll('_', ' ')))
}

function bodyOf(raw: string): string {
  const [head = '', ...body] = raw.split('\r\n\r\n')
  const content = body.join('\r\n\r\n')
  const plain = /base64/i.test(head) ? Buffer.from(content, 'base64').toString() : /quoted-printable/i.test(head) ? quoted(content.replaceAll('=\r\n', '')) : content
  return plain.replaceAll('\r\n', '\n')
}

const quoted = (word: string): string => decodeURIComponent(word.replaceAll('%', '%25').replaceAll(/=([0-9A-F]{2})/gi, '%$1'))

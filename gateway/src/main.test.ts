import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { generateKeys } from './keys.ts'
import { call, startReceiver, type Receiver } from './testing.ts'

const program = fileURLToPath(new URL('main.ts', import.meta.url))
const keys = generateKeys()
const appId = 'miaodan-test'
const dataDir = mkdtempSync(join(tmpdir(), 'sandbox-gateway-'))
const children: ChildProcess[] = []
let merchant: Receiver

beforeAll(async () => {
  merchant = await startReceiver()
})

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

afterAll(async () => {
  await merchant.close()
  rmSync(dataDir, { recursive: true, force: true })
})

function start(environment: Record<string, string> = {}): ChildProcess {
  const child = spawn(process.execPath, [program], {
    stdio: ['pipe', 'ignore', 'pipe', 'ipc'],
    env: {
      PORT: '0', DATA_DIR: dataDir, GATEWAY_PRIVATE_KEY: keys.gateway.privateKey, GATEWAY_PUBLIC_KEY: keys.gateway.publicKey,
      MERCHANT_PUBLIC_KEY: Buffer.from(keys.merchant.publicKey).toString('base64'), MERCHANT_APP_ID: appId, RETRY_SECONDS: '0,0,0', ...environment,
    },
  })
  children.push(child)
  return child
}

async function addressOf(child: ChildProcess): Promise<string> {
  const [message] = (await once(child, 'message')) as [{ type: string; url: string }]
  return message.url
}

async function errorOf(child: ChildProcess): Promise<string> {
  let text = ''
  child.stderr?.on('data', (chunk: Buffer) => { text += chunk.toString() })
  await once(child, 'close')
  return text
}

describe('the process', () => {
  it('ends cleanly on SIGTERM', async () => {
    const child = start()
    await addressOf(child)
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  it.each([
    ['its standard input', (child: ChildProcess) => child.stdin?.end()],
    ['the channel to its parent', (child: ChildProcess) => child.disconnect()],
  ])('ends when %s closes, as it does when the parent is killed', async (_, leave) => {
    const child = start()
    await addressOf(child)
    leave(child)
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  it('names what is missing, and no value', async () => {
    const text = await errorOf(start({ MERCHANT_PUBLIC_KEY: '', PORT: 'secret' }))
    expect(text).toContain('PORT, MERCHANT_PUBLIC_KEY missing or malformed')
    expect(text).not.toContain('secret')
  })

  it('refuses halves of different key pairs', async () => {
    expect(await errorOf(start({ GATEWAY_PUBLIC_KEY: keys.merchant.publicKey }))).toContain('does not belong to')
  })

  it('keeps a payment and its notification over a SIGKILL', async () => {
    const first = start()
    const gateway = { url: await addressOf(first), appId, keys }
    const { body } = await call(gateway, 'payment.create', {
      out_trade_no: 'crash', amount: '100', currency: 'CNY', subject: '包装', channel: 'card', notify_url: merchant.url, return_url: 'http://127.0.0.1:1/',
      expire_at: new Date(Date.now() + 600_000).toISOString(),
    })
    await fetch(`${gateway.url}/sandbox/payments/${String(body.trade_no)}/pay`, {
      method: 'POST', body: '{"fault":"late","delay":3600}', headers: { 'content-type': 'application/json' },
    })
    first.kill('SIGKILL')
    await once(first, 'exit')
    const second = { url: await addressOf(start()), appId, keys }
    expect((await call(second, 'payment.query', { out_trade_no: 'crash' })).body.state).toBe('succeeded')
    await fetch(`${second.url}/sandbox/clock`, { method: 'POST', body: '{"offsetMs":3600000}', headers: { 'content-type': 'application/json' } })
    expect((await merchant.next()).parameters.out_trade_no).toBe('crash')
  })
})

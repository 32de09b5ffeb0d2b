import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fen } from '@miaodan/shared/kernel/money'
import { startReceiver, startTestGateway, type Received, type Receiver, type TestGateway } from '@miaodan/sandbox-gateway/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusalOf, paymentGatewayContract, type PaymentGatewayHarness } from './contract.ts'
import { GatewayUnavailable, InvalidNotification } from './errors.ts'
import type { GatewayEvent, NewPayment, PaymentGateway } from './port.ts'
import { createSandboxGateway, type SandboxGatewayOptions } from './sandbox.ts'
import { sandboxControls } from './sandbox-controls.ts'

function connect(to: TestGateway, change: Partial<SandboxGatewayOptions> = {}): PaymentGateway {
  return createSandboxGateway({
    url: to.url, appId: to.appId, merchantPrivateKey: to.keys.merchant.privateKey, gatewayPublicKey: to.keys.gateway.publicKey, retryAfterMs: 5, ...change,
  })
}

async function startHarness(): Promise<PaymentGatewayHarness> {
  const sandbox = await startTestGateway()
  const receiver = await startReceiver()
  const gateway = connect(sandbox)
  return {
    gateway,
    notifyUrl: receiver.url,
    payer: sandboxControls(sandbox.url),
    nextEvent: (fits) => nextEvent(gateway, receiver, fits),
    async close() {
      await sandbox.close()
      await receiver.close()
    },
  }
}

/** Verifies what comes, in its order, until an event fits. */
async function nextEvent(gateway: PaymentGateway, receiver: Receiver, fits: (event: GatewayEvent) => boolean): Promise<{ event: GatewayEvent; raw: Received }> {
  for (let seen = 1; ; seen += 1) {
    const raw = (await receiver.count(seen))[seen - 1]
    if (raw === undefined) continue
    const event = await gateway.verifyNotification(raw.rawBody, raw.headers)
    if (fits(event)) return { event, raw }
  }
}

paymentGatewayContract('sandbox', startHarness)

describe('sandbox adapter', () => {
  let sandbox: TestGateway
  let receiver: Receiver

  beforeAll(async () => {
    sandbox = await startTestGateway()
    receiver = await startReceiver()
  })

  afterAll(async () => {
    await sandbox.close()
    await receiver.close()
  })

  function newPayment(outTradeNo: string): NewPayment {
    return {
      outTradeNo, amount: fen(100n), subject: '包装', channel: 'card', notifyUrl: receiver.url, returnUrl: 'http://127.0.0.1:1/',
      expireAt: new Date(Date.now() + 60_000),
    }
  }

  /** Stands between adapter and gateway and does what a bad network does. */
  async function between(listener: RequestListener): Promise<{ url: string; close(): void }> {
    const server = createServer(listener)
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve)
    })
    return {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      close() {
        server.closeAllConnections()
        server.close()
      },
    }
  }

  it('tries again after a broken connection and a 5xx, signing anew each time', async () => {
    const nonces: string[] = []
    const flaky: typeof fetch = async (input, init) => {
      nonces.push(new URLSearchParams(String(init?.body)).get('nonce') ?? '')
      if (nonces.length === 1) throw new TypeError('fetch failed')
      if (nonces.length === 2) return new Response('', { status: 503 })
      return fetch(input, init)
    }
    const opened = await connect(sandbox, { fetch: flaky }).createPayment(newPayment('retried'))
    expect(opened.state).toBe('pending')
    expect(new Set(nonces).size).toBe(3)
  })

  it('takes a lost answer for unknown, and a repeat finds what was made', async () => {
    const lossy: typeof fetch = async (input, init) => {
      await (await fetch(input, init)).arrayBuffer()
      throw new TypeError('fetch failed')
    }
    await expect(connect(sandbox, { fetch: lossy, attempts: 1 }).createPayment(newPayment('lost-answer'))).rejects.toMatchObject({ why: 'unreachable' })
    expect((await connect(sandbox).createPayment(newPayment('lost-answer'))).state).toBe('pending')
  })

  it('gives up in time on a gateway that keeps silent', async () => {
    const silent = await between(() => undefined)
    const call = connect(sandbox, { url: silent.url, timeoutMs: 50, attempts: 2 }).queryPayment({ outTradeNo: 'x' })
    await expect(call).rejects.toMatchObject({ name: 'GatewayUnavailable', why: 'timeout' })
    silent.close()
  })

  it('does not believe an answer without the gateway’s signature', async () => {
    const liar = await between((_request, response) => {
      response.writeHead(200, { 'gateway-sign': 'AAAA' }).end('{"code":"SUCCESS","request_digest":"","state":"succeeded"}')
    })
    await expect(connect(sandbox, { url: liar.url }).queryPayment({ outTradeNo: 'x' })).rejects.toMatchObject({ why: 'untrusted_answer' })
    liar.close()
  })

  it('does not believe an answer to another request, genuine though it is', async () => {
    const gateway = connect(sandbox)
    await gateway.createPayment(newPayment('genuine'))
    let kept: Response | undefined
    const recorder: typeof fetch = async (input, init) => {
      kept = await fetch(input, init)
      return kept.clone()
    }
    await connect(sandbox, { fetch: recorder }).queryPayment({ outTradeNo: 'genuine' })
    const replayer: typeof fetch = async () => kept?.clone() ?? new Response()
    await expect(connect(sandbox, { fetch: replayer }).queryPayment({ outTradeNo: 'genuine' })).rejects.toMatchObject({ why: 'untrusted_answer' })
  })

  it('does not take a message seen twice on the way for a refusal', async () => {
    const doubling: typeof fetch = async (input, init) => {
      await (await fetch(input, init)).arrayBuffer()
      return fetch(input, init)
    }
    const call = connect(sandbox, { fetch: doubling }).createPayment(newPayment('seen-twice'))
    await expect(call).rejects.toBeInstanceOf(GatewayUnavailable)
  })

  it('names a wrong key of ours as such', async () => {
    const stranger = await startTestGateway()
    expect(await refusalOf(connect(sandbox, { merchantPrivateKey: stranger.keys.merchant.privateKey }).queryPayment({ outTradeNo: 'x' }))).toBe('unauthorized')
    await stranger.close()
  })

  describe('notifications', () => {
    async function oneNotification(fault: 'normal' | 'bad_signature' | 'wrong_amount', outTradeNo: string): Promise<Received> {
      const { tradeNo } = await connect(sandbox).createPayment(newPayment(outTradeNo))
      await sandboxControls(sandbox.url).pay(tradeNo, { fault })
      return receiver.next(({ parameters }) => parameters.out_trade_no === outTradeNo)
    }

    it('refuses a bad signature', async () => {
      const { rawBody, headers } = await oneNotification('bad_signature', 'bad-signature')
      await expect(connect(sandbox).verifyNotification(rawBody, headers)).rejects.toMatchObject({ why: 'signature' })
    })

    it('passes on a wrong amount that is properly signed, for the caller to compare', async () => {
      const { rawBody, headers } = await oneNotification('wrong_amount', 'wrong-amount')
      expect((await connect(sandbox).verifyNotification(rawBody, headers)).amount).toEqual(fen(99n))
    })

    it('refuses a genuine one when it is replayed later, or is meant for another merchant', async () => {
      const { rawBody, headers } = await oneNotification('normal', 'replayed')
      const later = connect(sandbox, { wallClock: () => Date.now() + 301_000 })
      await expect(later.verifyNotification(rawBody, headers)).rejects.toMatchObject({ why: 'stale' })
      await expect(connect(sandbox, { appId: 'other' }).verifyNotification(rawBody, headers)).rejects.toMatchObject({ why: 'wrong_merchant' })
    })

    it('does not take the signed return address for a notification', async () => {
      const { tradeNo } = await connect(sandbox).createPayment(newPayment('returned'))
      const response = await fetch(`${sandbox.url}/cashier/${tradeNo}/leave`, { redirect: 'manual' })
      const query = new URL(response.headers.get('location') ?? '').search.slice(1)
      await expect(connect(sandbox).verifyNotification(query, {})).rejects.toBeInstanceOf(InvalidNotification)
    })
  })
})

/** A real sandbox gateway for tests, on ports of its own. */
import { createServer } from 'node:net'
import { createGateway } from '@miaodan/sandbox-gateway/app'
import { generateKeys } from '@miaodan/sandbox-gateway/keys'
import { sandboxControls, type SandboxControls } from '../src/ports/payments/sandbox-controls.ts'

export type TestGateway = SandboxControls & { url: string, environment: Record<string, string>, close(): Promise<void> }

let keys: ReturnType<typeof generateKeys> | undefined
/** Made once a process: making keys takes a while. */
export function testKeys(): ReturnType<typeof generateKeys> {
  keys ??= generateKeys()
  return keys
}

const APP_ID = 'miaodan-test'
const SETTLE_AFTER_MS = 50

export async function startTestGateway(dataDir: string, { gateway, merchant }: ReturnType<typeof generateKeys>): Promise<TestGateway> {
  const app = await createGateway({
    dataDir, gatewayPrivateKey: gateway.privateKey, merchantPublicKey: merchant.publicKey, merchantAppId: APP_ID,
    retrySeconds: [0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2], settleAfterMs: SETTLE_AFTER_MS,
  })
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  const port = await freePort()
  return {
    ...sandboxControls(url), url,
    environment: { GATEWAY_URL: url, MERCHANT_APP_ID: APP_ID, PORT: String(port) },
    close: () => app.close(),
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise(resolve => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

import { createGateway } from './app.ts'
import { readConfig } from './config.ts'
import { isPair, readPrivateKey, readPublicKey } from './keys.ts'
import { onParentGone } from './parent.ts'

const config = readConfig(process.env)
const gatewayPublicKey = config.GATEWAY_PUBLIC_KEY
if (gatewayPublicKey !== undefined && !isPair(readPrivateKey(config.GATEWAY_PRIVATE_KEY), readPublicKey(gatewayPublicKey))) {
  throw new Error('The sandbox gateway cannot start: GATEWAY_PUBLIC_KEY does not belong to GATEWAY_PRIVATE_KEY.')
}

const app = await createGateway({
  dataDir: config.DATA_DIR,
  gatewayPrivateKey: config.GATEWAY_PRIVATE_KEY,
  merchantPublicKey: config.MERCHANT_PUBLIC_KEY,
  merchantAppId: config.MERCHANT_APP_ID,
  publicUrl: config.PUBLIC_URL,
  retrySeconds: config.RETRY_SECONDS,
  logger: { level: config.LOG_LEVEL },
})

let stopping = false
async function stop(): Promise<void> {
  if (stopping) return
  stopping = true
  await app.close()
  process.exit(0)
}

process.once('SIGTERM', stop)
process.once('SIGINT', stop)
onParentGone(stop)

const url = await app.listen({ port: config.PORT, host: config.HOST })
process.send?.({ type: 'listening', url })

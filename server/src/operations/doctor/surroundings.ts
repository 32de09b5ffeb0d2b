/** What stands around the process: the gateway, the disk, adapters, and the addresses it gives to others. */
import { randomUUID } from 'node:crypto'
import { access, constants, statfs } from 'node:fs/promises'
import type { Deps } from '../../deps.ts'
import { GatewayRefused, GatewayUnavailable } from '../../ports/payments/errors.ts'
import { about, reasonOf, text, type Finding } from './finding.ts'

const TIMEOUT_MS = 5_000
const GIB = 2 ** 30
const SPACE_FAIL_BYTES = GIB
const SPACE_WARN_BYTES = 5 * GIB

export async function surroundingFindings(deps: Deps): Promise<Finding[]> {
  return (await Promise.all([signatures(deps), disk(deps), adapters(deps), reachable('网站地址', 'PUBLIC_URL', deps.config.publicUrl), reachable('支付回调地址', 'CALLBACK_URL', deps.config.callbackUrl)])).flat()
}

/** Asks for a payment nobody has made: the answer tells that both sides know each other's signatures, and moves nothing. */
async function signatures({ gateway, config }: Deps): Promise<Finding[]> {
  const payments = about('支付网关', 'Payment gateway')
  try {
    await gateway.queryPayment({ outTradeNo: randomUUID() })
    return [payments.ok(`${gateway.name}：双方签名都对。`, `${gateway.name}: both sides' signatures are right.`)]
  } catch (error) {
    const keys = text('检查 MERCHANT_APP_ID、MERCHANT_PRIVATE_KEY、GATEWAY_PUBLIC_KEY 是否和网关登记的一致，以及两边的时钟。', 'Check that MERCHANT_APP_ID, MERCHANT_PRIVATE_KEY and GATEWAY_PUBLIC_KEY are those the gateway knows, and both clocks.')
    if (error instanceof GatewayRefused) return [payments.fail(`网关不认我们的签名：${error.message}`, `The gateway does not accept our signature: ${error.message}`, keys)]
    if (error instanceof GatewayUnavailable && error.why === 'untrusted_answer') return [payments.fail(`网关的签名不对：${error.message}`, `The gateway's signature is wrong: ${error.message}`, keys)]
    return [payments.fail(`到不了 ${config.gateway.url}：${reasonOf(error)}`, `${config.gateway.url} cannot be reached: ${reasonOf(error)}`, text('检查 GATEWAY_URL，网关是否在运行。', 'Check GATEWAY_URL, and whether the gateway runs.'))]
  }
}

async function disk({ config: { dataDir } }: Deps): Promise<Finding[]> {
  const files = about('数据目录', 'DATA_DIR')
  try {
    await access(dataDir, constants.W_OK)
    const { bavail, bsize } = await statfs(dataDir)
    const free = bavail * bsize
    const [zh, en] = [`${dataDir} 还有 ${(free / GIB).toFixed(1)} GiB。`, `${dataDir} has ${(free / GIB).toFixed(1)} GiB left.`]
    const advice = text('腾出空间，或把 DATA_DIR 移到更大的磁盘。', 'Make room, or move DATA_DIR to a larger disk.')
    return [free < SPACE_FAIL_BYTES ? files.fail(zh, en, advice) : free < SPACE_WARN_BYTES ? files.warn(zh, en, advice) : files.ok(zh, en)]
  } catch (error) {
    return [files.fail(`${dataDir} 不能写：${reasonOf(error)}`, `${dataDir} cannot be written to: ${reasonOf(error)}`, text('检查目录是否存在、属于谁。', 'Check that it exists, and whose it is.'))]
  }
}

async function adapters({ checks }: Deps): Promise<Finding[]> {
  return Promise.all(checks.map(async ({ name, check }) => {
    const service = about(`外部服务 ${name}`, `Service ${name}`)
    let timer: NodeJS.Timeout | undefined
    try {
      await Promise.race([check(), new Promise((_resolve, reject) => {
        timer = setTimeout(() => reject(new Error('no answer in time')), TIMEOUT_MS)
      })])
      return service.ok('正常。', 'It answers.')
    } catch (error) {
      return service.fail(reasonOf(error), reasonOf(error), text('检查它的地址和密钥（README 的配置表），以及它是否在运行。', 'Check its address and keys (README, configuration), and whether it runs.'))
    } finally {
      clearTimeout(timer)
    }
  }))
}

/** Only a warning: the doctor may be asked before the server is started. A certificate that is wrong is told by its error. */
async function reachable(zh: string, en: string, url: string): Promise<Finding[]> {
  const address = about(zh, en)
  try {
    const { status } = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(TIMEOUT_MS) })
    if (status === 200) return [address.ok(`${url} 有回答。`, `${url} answers.`)]
    return [address.warn(`${url}/healthz 回答 ${status}，不像是本站。`, `${url}/healthz answers ${status}, not as this site would.`, text('检查代理指向哪里。', 'Check where the proxy leads.'))]
  } catch (error) {
    return [address.warn(`从这里打不开 ${url}：${reasonOf(error)}`, `${url} cannot be opened from here: ${reasonOf(error)}`, text('如果服务没有启动，这是正常的；否则检查 DNS、代理和证书。', 'Fine while the server is not started; otherwise check DNS, proxy and certificate.'))]
  }
}

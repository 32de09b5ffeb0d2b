import type { Channel } from './port.ts'

export type SandboxFault = 'normal' | 'late' | 'doubled' | 'reordered' | 'wrong_amount' | 'bad_signature' | 'lost'

/** The payer's and operator's hand at the sandbox, for demo data, the demo clock and tests. No real network has this. */
export type SandboxControls = {
  pay(tradeNo: string, how?: { code?: string; channel?: Channel; fault?: SandboxFault; delay?: number }): Promise<void>
  decline(tradeNo: string): Promise<void>
  payAgain(tradeNo: string, fault?: SandboxFault): Promise<{ tradeNo: string }>
  redeliver(tradeNo: string, fault?: SandboxFault): Promise<void>
  /** What becomes of refunds and transfers asked for from now on. */
  settleBy(mode: 'auto' | 'fail' | 'hold'): Promise<void>
  settleTransfer(outBizNo: string, state: 'paid' | 'failed'): Promise<void>
  settleRefund(outRequestNo: string, state: 'succeeded' | 'failed'): Promise<void>
  /** Business time at the gateway: the machine's plus so much. Kept over a restart. */
  moveClock(offsetMs: number): Promise<void>
}

const TIMEOUT_MS = 5000

export function sandboxControls(url: string, timeoutMs = TIMEOUT_MS): SandboxControls {
  const origin = url.replace(/\/+$/, '')

  async function post(path: string, body: Record<string, unknown> = {}): Promise<{ tradeNo: string }> {
    const response = await fetch(`${origin}/sandbox/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    })
    if (!response.ok) throw new Error(`The sandbox answered ${path} with ${response.status}: ${await response.text()}`)
    return (await response.json()) as { tradeNo: string }
  }

  return {
    pay: async (tradeNo, how) => void (await post(`payments/${tradeNo}/pay`, how)),
    decline: async (tradeNo) => void (await post(`payments/${tradeNo}/decline`)),
    payAgain: (tradeNo, fault = 'normal') => post(`payments/${tradeNo}/pay-again`, { fault }),
    redeliver: async (tradeNo, fault = 'normal') => void (await post(`payments/${tradeNo}/redeliver`, { fault })),
    settleBy: async (mode) => void (await post('settlement', { mode })),
    settleTransfer: async (outBizNo, state) => void (await post('settle-transfer', { outBizNo, state })),
    settleRefund: async (outRequestNo, state) => void (await post('settle-refund', { outRequestNo, state })),
    moveClock: async (offsetMs) => void (await post('clock', { offsetMs })),
  }
}

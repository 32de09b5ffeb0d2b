/** The sandbox gateway keeps business time by a clock of its own. Whenever money moves there, it shows the story's time. */
import type { Clock } from '../kernel/clock.ts'
import type { PaymentGateway } from '../ports/payments/port.ts'
import type { SandboxControls } from '../ports/payments/sandbox-controls.ts'

/** Less than this apart, the two clocks count as the same. */
const TOLERANCE_MS = 1_000

export type StagedGateway = { gateway: PaymentGateway, controls: SandboxControls }

export function gatewayInTime(gateway: PaymentGateway, controls: SandboxControls, clock: Clock): StagedGateway {
  let offsetMs: number | undefined
  const inTime = <A extends unknown[], R>(verb: (...given: A) => Promise<R>) => async (...given: A): Promise<R> => {
    const wanted = clock.now().getTime() - Date.now()
    if (offsetMs === undefined || Math.abs(wanted - offsetMs) > TOLERANCE_MS) {
      await controls.moveClock(Math.round(wanted))
      offsetMs = wanted
    }
    return verb(...given)
  }
  return {
    gateway: {
      name: gateway.name, answers: gateway.answers,
      createPayment: inTime(payment => gateway.createPayment(payment)),
      queryPayment: inTime(reference => gateway.queryPayment(reference)),
      closePayment: inTime(reference => gateway.closePayment(reference)),
      refund: inTime(refund => gateway.refund(refund)),
      queryRefund: inTime(outRequestNo => gateway.queryRefund(outRequestNo)),
      transfer: inTime(transfer => gateway.transfer(transfer)),
      queryTransfer: inTime(outBizNo => gateway.queryTransfer(outBizNo)),
      bill: day => gateway.bill(day),
      verifyNotification: (rawBody, headers) => gateway.verifyNotification(rawBody, headers),
    },
    controls: { ...controls, pay: inTime((tradeNo, how) => controls.pay(tradeNo, how)) },
  }
}

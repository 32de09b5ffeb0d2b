/** Draws a voucher on one sheet of A4, in Chinese with English labels. */
import { fen, formatMoney } from '@miaodan/shared/kernel/money'
import { BOLD, BRAND, chinaTime, FAINT, INK, openPdf, REGULAR } from '../../kernel/pdf.ts'
import { chineseAmount } from './chinese-amount.ts'
import { CHANNELS } from './statement-tables.ts'
import type { Voucher } from './voucher.ts'

const MARGIN = 56
const LABEL_WIDTH = 130

function linesOf(voucher: Voucher): [label: string, text: string][] {
  return [
    ['付款方 Payer', voucher.payer],
    ...(voucher.payee === null ? [] : [['收款方 Payee', voucher.payee] as [string, string]]),
    ['事项 For', voucher.title],
    ...(voucher.orderNumber === null ? [] : [['订单号 Order', voucher.orderNumber] as [string, string]]),
    ...(voucher.coupon === 0n ? [] : [
      ['订单价格 Price', formatMoney(fen(voucher.amount + voucher.coupon))] as [string, string],
      ['优惠券 Coupon', `${formatMoney(fen(voucher.coupon))}，由平台承担 borne by the platform`] as [string, string],
    ]),
    ['支付方式 Paid by', CHANNELS[voucher.channel]],
    ...(voucher.tradeNo === null ? [] : [['渠道交易号 Trade no.', voucher.tradeNo] as [string, string]]),
    ['支付时间 Paid at', `${chinaTime(voucher.paidAt)}（北京时间）`],
    ...voucher.refunds.map(refund => ['已退款 Refunded', `${formatMoney(fen(refund.amount))}，${chinaTime(refund.at)}`] as [string, string]),
  ]
}

/** The whole document, as bytes. */
export function drawVoucher(voucher: Voucher): Promise<Buffer> {
  const { page, width, rule, end } = openPdf({ title: `支付凭证 ${voucher.orderNumber ?? voucher.paymentId}`, subject: voucher.title, at: voucher.issuedAt, margin: MARGIN })
  page.font(BOLD).fontSize(11).fillColor(BRAND).text('秒单 Miaodan')
  page.moveDown(0.4).fontSize(22).fillColor(INK).text('支付凭证')
  page.font(REGULAR).fontSize(10).fillColor(FAINT).text(`Payment voucher　编号 ${voucher.paymentId}`)
  page.moveDown(1.2)
  rule()
  page.moveDown(1).fontSize(10).fillColor(FAINT).text('实付金额 Amount paid')
  page.font(BOLD).fontSize(28).fillColor(INK).text(formatMoney(fen(voucher.amount)))
  page.font(REGULAR).fontSize(11).fillColor(INK).text(`人民币 ${chineseAmount(voucher.amount)}`)
  page.moveDown(1.2)
  rule()
  page.moveDown(0.8)
  for (const [label, text] of linesOf(voucher)) {
    const top = page.y
    page.font(REGULAR).fontSize(10).fillColor(FAINT).text(label, MARGIN, top, { width: LABEL_WIDTH })
    page.fontSize(11).fillColor(INK).text(text, MARGIN + LABEL_WIDTH, top, { width: width - LABEL_WIDTH })
    page.moveDown(0.5)
  }
  page.x = MARGIN
  page.moveDown(0.6)
  rule()
  page.moveDown(0.8).fontSize(9).fillColor(FAINT)
    .text('款项由秒单托管，买家验收后才放款给收款方。本凭证证明付款已成功，不是发票；可凭编号向秒单核对。', { width, lineGap: 3 })
    .text(`The money is held in escrow by Miaodan and released when the buyer accepts. Issued ${chinaTime(voucher.issuedAt)}.`, { width, lineGap: 3 })
  return end()
}

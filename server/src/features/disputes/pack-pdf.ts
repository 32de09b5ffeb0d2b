/** The evidence pack on paper: the case, every piece with its hash, and the rulings, in Chinese with English headings. */
import type { DisputeView, Piece, Sealed } from '@miaodan/shared/disputes/model'
import { fen, formatMoney } from '@miaodan/shared/kernel/money'
import { BOLD, BRAND, chinaTime, FAINT, INK, openPdf, REGULAR, type Sheet } from '../../kernel/pdf.ts'

const MARGIN = 50

const KINDS: Record<Piece['kind'], string> = {
  checklist: '验收清单 Acceptance checklist', deliveries: '交付记录 Deliveries', timeline: '订单经过 Timeline', chat: '聊天记录 Chat', offers: '退款商议 Refund offers', payments: '付款 Payments', statement: '陈述 Statement',
}
const SIDES = { system: '系统 system', buyer: '需求方 buyer', provider: '服务商 provider' } as const
const day = (at: string): string => (at ? chinaTime(new Date(at)) : '')
const money = (amount: string): string => formatMoney(fen(BigInt(amount)))
const couponIn = ({ coupon }: { coupon?: string | null | undefined }): string => (coupon ? `（优惠券 coupon ${money(coupon)}）` : '')

/** The whole document, as bytes. */
export function drawPack(dispute: DisputeView, issuedAt: Date): Promise<Buffer> {
  const sheet = openPdf({ title: `证据包 ${dispute.number}`, subject: dispute.title, at: issuedAt, margin: MARGIN })
  drawHead(sheet, dispute, issuedAt)
  for (const piece of dispute.pieces) drawPiece(sheet, piece)
  for (const ruling of dispute.rulings) drawRuling(sheet, ruling)
  return sheet.end()
}

function drawHead({ page, rule }: Sheet, dispute: DisputeView, issuedAt: Date): void {
  page.font(BOLD).fontSize(11).fillColor(BRAND).text('秒单 Miaodan')
  page.moveDown(0.4).fontSize(20).fillColor(INK).text(`证据包 Evidence pack`)
  page.font(REGULAR).fontSize(10).fillColor(FAINT).text(`${dispute.number}　${chinaTime(issuedAt)}（北京时间）`)
  page.moveDown(0.8)
  rule()
  page.moveDown(0.8).fontSize(11).fillColor(INK)
  for (const line of [
    `订单 Order　${dispute.orderNumber}　${dispute.title}`,
    `里程碑 Milestone　${dispute.milestone.position}　${dispute.milestone.title}`,
    `需求方 Buyer　${dispute.buyer.displayName}，主张退 wants ${formatMoney(dispute.asked)}`,
    `服务商 Provider　${dispute.provider.displayName}，愿意退 offers ${formatMoney(dispute.offered)}`,
    `待分配 Pot　${formatMoney(dispute.pot)}`,
    `立案 Opened　${chinaTime(dispute.openedAt)}`,
  ]) page.text(line, { lineGap: 3 })
}

function drawPiece({ page, rule }: Sheet, piece: Piece): void {
  page.moveDown(1)
  rule()
  page.moveDown(0.6).font(BOLD).fontSize(13).fillColor(INK).text(`证 ${piece.number}　${KINDS[piece.kind]}`)
  page.font(REGULAR).fontSize(9).fillColor(FAINT).text(`${SIDES[piece.by]}　${chinaTime(piece.at)}　SHA-256 ${piece.sha256}`)
  page.moveDown(0.4).fontSize(10).fillColor(INK)
  for (const line of piece.sealed ? linesOf(piece.sealed) : [piece.text ?? '']) page.text(line, { lineGap: 2 })
  for (const file of piece.files) page.fontSize(9).fillColor(FAINT).text(`附件 File　${file.name}　SHA-256 ${file.sha256}`)
}

function linesOf(sealed: Sealed): string[] {
  const files = (list: readonly { name: string, sha256: string }[]) => list.map(file => `　　${file.name}　${file.sha256}`)
  const lines = (() => {
    switch (sealed.kind) {
      case 'checklist': return sealed.lines.map(line => `${line.ticked ? '☑' : '☐'} ${line.position}. ${line.text}${line.proof ? `　${line.proof}` : ''}`)
      case 'timeline': return sealed.steps.map(step => `${day(step.at)}　${step.code}　${step.by}${step.milestone === null ? '' : `　#${step.milestone}`}${step.amount === null ? '' : `　${money(step.amount)}${couponIn(step)}`}${step.text ? `　${step.text}` : ''}`)
      case 'chat': return sealed.messages.flatMap(message => [`${day(message.at)}　${SIDES[message.by]}：${message.text}`, ...files(message.files)])
      case 'deliveries': return sealed.versions.flatMap(version => [`v${version.version}　${day(version.at)}　${version.message}`, ...files(version.files), ...version.revision === null ? [] : [`　　要求修改 revision: ${version.revision}`]])
      case 'payments': return sealed.payments.map(payment => `${day(payment.at ?? '')}　${payment.channel}　${money(payment.amount)}${couponIn(payment)}　${payment.state}　退 refunded ${money(payment.refunded)}`)
      case 'offers': return sealed.offers.flatMap(offer => [`${day(offer.at)}　${SIDES[offer.by]}　${money(offer.amount)}　${offer.message}`, ...files(offer.files)])
    }
  })()
  return lines.length > 0 ? lines : ['没有记录 Nothing recorded']
}

function drawRuling({ page, rule }: Sheet, ruling: DisputeView['rulings'][number]): void {
  page.moveDown(1)
  rule()
  page.moveDown(0.6).font(BOLD).fontSize(13).fillColor(INK).text(ruling.instance === 'first' ? '裁决 Ruling' : '上诉裁决 Ruling on appeal')
  page.font(REGULAR).fontSize(9).fillColor(FAINT).text(`${ruling.arbitrator}　${chinaTime(ruling.at)}`)
  page.moveDown(0.4).fontSize(11).fillColor(INK).text(`退给需求方 To the buyer ${formatMoney(ruling.toBuyer)}　放给服务商 To the provider ${formatMoney(ruling.toProvider)}（含服务费 before the fee）`)
  page.moveDown(0.3).fontSize(10).text(ruling.reasons, { lineGap: 2 })
}

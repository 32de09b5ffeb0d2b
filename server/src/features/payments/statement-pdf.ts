/** Draws a statement on sheets of A4, in Chinese with English beside it. */
import { fen, formatMoney } from '@miaodan/shared/kernel/money'
import { BOLD, BRAND, chinaTime, FAINT, INK, LINE, openPdf, REGULAR, type Sheet } from '../../kernel/pdf.ts'
import type { Statement } from './statements.ts'
import { tablesOf, yuan, type Column, type Table, type Value } from './statement-tables.ts'

const MARGIN = 44
const ROW = 19
const SIZE = 8.5
/** What a column takes; the title has the rest. */
const WIDTHS: Record<Exclude<Column['kind'], 'title'>, number> = { time: 82, text: 80, money: 58 }

/** The whole document, as bytes. */
export function drawStatement(statement: Statement): Promise<Buffer> {
  const { month, until, holder, issuedAt } = statement
  const sheet = openPdf({ title: `对账单 ${month}`, subject: holder, at: issuedAt, margin: MARGIN })
  const { page, width, rule, end } = sheet
  const tables = tablesOf(statement)
  numberPages(sheet, `对账单 Statement ${month}　${holder}`)
  page.font(BOLD).fontSize(11).fillColor(BRAND).text('秒单 Miaodan')
  page.moveDown(0.3).fontSize(20).fillColor(INK).text(`对账单　${month.slice(0, 4)}年${Number(month.slice(5))}月`)
  page.font(REGULAR).fontSize(9.5).fillColor(FAINT).text(`Statement ${month}　${holder}${until ? `　截至 as of ${chinaTime(until).slice(0, 16)}` : ''}`)
  page.moveDown(1)
  rule()
  page.moveDown(0.8)
  drawSums(sheet, statement, tables)
  for (const table of tables) drawTable(sheet, table)
  room(sheet, 60)
  page.moveDown(1).fontSize(SIZE).fillColor(FAINT)
    .text('金额单位为人民币元，时间为北京时间。收入在买家验收放款时计入，结算期过后才进入可用余额，所以两张表同月可以不同。本对账单不是发票。', MARGIN, page.y, { width, lineGap: 2 })
    .text(`Amounts in CNY, times in China. Earnings count when a buyer accepts and reach the balance when they have cleared. Not an invoice. Issued ${chinaTime(issuedAt)}.`, { width, lineGap: 2 })
  return end()
}

/** Opening, what came and went, closing: in one line, with what they come from below. */
function drawSums({ page, width }: Sheet, { opening, movements }: Statement, [, earned, paid]: ReturnType<typeof tablesOf>): void {
  const came = movements.reduce((total, line) => (line.change > 0n ? total + line.change : total), 0n)
  const closing = movements.at(-1)?.balance ?? opening
  const sums: [string, bigint][] = [['期初余额 Opening', opening], ['转入 In', came], ['转出 Out', opening + came - closing], ['期末余额 Closing', closing]]
  const more: [string, Value | undefined][] = [['接单实得 Earned, net', earned.total.at(-1)], ['付款净额 Paid, net', paid.total.at(-1)]]
  const top = page.y
  const step = width / sums.length
  for (const [index, [label, amount]] of sums.entries()) {
    page.font(REGULAR).fontSize(SIZE).fillColor(FAINT).text(label, MARGIN + index * step, top, { width: step })
    page.font(BOLD).fontSize(13).fillColor(INK).text(formatMoney(fen(amount)), MARGIN + index * step, top + 13, { width: step })
  }
  page.font(REGULAR).fontSize(SIZE).fillColor(FAINT)
    .text(more.map(([label, amount]) => `${label} ${formatMoney(fen(typeof amount === 'bigint' ? amount : 0n))}`).join('　　'), MARGIN, top + 38, { width })
}

function drawTable(sheet: Sheet, { title, columns, rows, total, empty }: Table): void {
  const { page, width } = sheet
  const fixed = columns.reduce((taken, { kind }) => taken + (kind === 'title' ? 0 : WIDTHS[kind]), 0)
  const widths = columns.map(({ kind }) => (kind === 'title' ? width - fixed : WIDTHS[kind]))
  const heading = (): void => drawRow(sheet, columns, widths, columns.map(column => column.label), FAINT, REGULAR)
  room(sheet, 5 * ROW)
  page.moveDown(1.6).font(BOLD).fontSize(11).fillColor(INK).text(title, MARGIN)
  page.moveDown(0.4)
  if (rows.length === 0) return void page.font(REGULAR).fontSize(SIZE).fillColor(FAINT).text(empty, MARGIN)
  heading()
  for (const row of rows) {
    if (room(sheet, ROW)) heading()
    drawRow(sheet, columns, widths, row, INK, REGULAR)
  }
  room(sheet, ROW)
  drawRow(sheet, columns, widths, total, INK, BOLD)
}

function drawRow({ page, width }: Sheet, columns: readonly Column[], widths: readonly number[], values: readonly Value[], colour: string, font: string): void {
  const top = page.y
  let left = MARGIN
  page.font(font).fontSize(SIZE).fillColor(colour)
  for (const [index, value] of values.entries()) {
    const cell = widths[index] ?? 0
    const text = typeof value === 'bigint' ? yuan(value) : value instanceof Date ? chinaTime(value).slice(0, 16) : value
    page.text(text, left, top + 4, { width: cell - 6, height: ROW - 6, ellipsis: true, lineBreak: false, align: columns[index]?.kind === 'money' ? 'right' : 'left' })
    left += cell
  }
  page.moveTo(MARGIN, top + ROW).lineTo(MARGIN + width, top + ROW).lineWidth(0.4).stroke(LINE)
  page.x = MARGIN
  page.y = top + ROW
}

/** Whether a new sheet had to be begun for so many points more. */
function room({ page }: Sheet, height: number): boolean {
  if (page.y + height <= page.page.height - MARGIN) return false
  page.addPage()
  return true
}

/** From the second sheet on, each says what it belongs to. */
function numberPages({ page, width }: Sheet, of: string): void {
  let number = 1
  page.on('pageAdded', () => {
    number += 1
    page.font(REGULAR).fontSize(SIZE).fillColor(FAINT).text(`${of}　${number}`, MARGIN, MARGIN, { width, align: 'right', lineBreak: false })
    page.x = MARGIN
    page.y = MARGIN + 1.5 * ROW
  })
}

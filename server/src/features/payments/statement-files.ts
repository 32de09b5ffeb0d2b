/** A statement for a spreadsheet: as Excel with a sheet a table, and as CSV with a column that names the table. */
import writeExcelFile, { type Cell, type Row, type SheetData } from 'write-excel-file/node'
import { chinaTime } from '../../kernel/pdf.ts'
import type { Statement } from './statements.ts'
import { tablesOf, yuan, type Column, type Table, type Value } from './statement-tables.ts'

const WIDTHS: Record<Column['kind'], number> = { time: 20, text: 22, title: 36, money: 16 }
const MONEY_FORMAT = '#,##0.00'
/** Excel opens UTF-8 as what it is only with this in front. */
const BYTE_ORDER_MARK = '\uFEFF'
/** What a spreadsheet would take for a formula (OWASP, CSV injection). */
const FORMULA = /^[=+\-@\t\r]/

export async function excelOf(statement: Statement): Promise<Buffer> {
  return writeExcelFile(tablesOf(statement).map(table => ({
    sheet: table.sheet, data: sheetOf(statement, table), columns: table.columns.map(column => ({ width: WIDTHS[column.kind] })), stickyRowsCount: 3,
  })), { fontSize: 11 }).toBuffer()
}

function sheetOf({ month, holder }: Statement, { title, columns, rows, total }: Table): SheetData {
  const heading: Row = columns.map(({ label, kind }) => ({ value: label, fontWeight: 'bold', align: kind === 'money' ? 'right' : 'left', bottomBorderStyle: 'thin' }))
  return [
    [{ value: `秒单对账单 Miaodan statement ${month}　${title}`, fontWeight: 'bold', fontSize: 13 }],
    [{ value: `${holder}　单位：人民币元，时间为北京时间 Amounts in CNY, times in China`, textColor: '#78716c' }],
    heading, ...rows.map(row => row.map(cellOf)), total.map(value => ({ ...cellOf(value), fontWeight: 'bold', topBorderStyle: 'thin' }) as Cell),
  ]
}

function cellOf(value: Value) {
  if (typeof value === 'bigint') return { value: Number(value) / 100, type: Number, format: MONEY_FORMAT, align: 'right' as const }
  return { value: value instanceof Date ? chinaTime(value) : value, type: String }
}

/** A name for each column, so that a program need not read Chinese: section, time, what, order, title, by, amount, fee, net, balance. */
export function csvOf(statement: Statement): Buffer {
  const [balance, earned, paid] = tablesOf(statement)
  const head = ['section', 'time', 'what', 'order', 'title', 'by', 'amount', 'fee', 'net', 'balance']
  const lines = [
    ...balance.rows.map(([time, what, order, title, change, after]) => ['balance', time, what, order, title, '', change, '', '', after]),
    ...earned.rows.map(([time, what, order, title, gross, fee, net]) => ['earned', time, what, order, title, '', gross, fee, net, '']),
    ...paid.rows.map(([time, what, order, title, by, amount]) => ['paid', time, what, order, title, by, amount, '', '', '']),
  ]
  return Buffer.from(BYTE_ORDER_MARK + [head, ...lines].map(line => line.map(value => fieldOf(value ?? '')).join(',')).join('\r\n') + '\r\n')
}

/** RFC 4180. */
function fieldOf(value: Value): string {
  if (typeof value === 'bigint') return yuan(value)
  const text = value instanceof Date ? chinaTime(value) : FORMULA.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** The smallest spreadsheets and texts (ECMA-376) that office programs open. */
import { zip, type Entry } from './zip.ts'

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const DOCUMENT = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const SHEET = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
const TYPE = 'application/vnd.openxmlformats-officedocument'

const part = (name: string, xml: string): Entry => ({ name, content: Buffer.from(HEAD + xml) })
const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

function contentTypes(parts: Record<string, string>): Entry {
  const overrides = Object.entries(parts).map(([name, type]) => `<Override PartName="/${name}" ContentType="${TYPE}.${type}+xml"/>`).join('')
  return part('[Content_Types].xml', `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>${overrides}</Types>`)
}

const relation = (name: string, type: string, target: string): Entry =>
  part(name, `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r1" Type="${DOCUMENT}/${type}" Target="${target}"/></Relationships>`)

export function spreadsheet(rows: readonly (readonly string[])[]): Buffer {
  const cells = rows.map(row => `<row>${row.map(cell => `<c t="inlineStr"><is><t>${escape(cell)}</t></is></c>`).join('')}</row>`).join('')
  return zip([
    contentTypes({ 'xl/workbook.xml': 'spreadsheetml.sheet.main', 'xl/worksheets/sheet1.xml': 'spreadsheetml.worksheet' }),
    relation('_rels/.rels', 'officeDocument', 'xl/workbook.xml'),
    relation('xl/_rels/workbook.xml.rels', 'worksheet', 'worksheets/sheet1.xml'),
    part('xl/workbook.xml', `<workbook xmlns="${SHEET}" xmlns:r="${DOCUMENT}"><sheets><sheet name="Sheet1" sheetId="1" r:id="r1"/></sheets></workbook>`),
    part('xl/worksheets/sheet1.xml', `<worksheet xmlns="${SHEET}"><sheetData>${cells}</sheetData></worksheet>`),
  ])
}

export function textDocument(paragraphs: readonly string[]): Buffer {
  const body = paragraphs.map(text => `<w:p><w:r><w:t xml:space="preserve">${escape(text)}</w:t></w:r></w:p>`).join('')
  return zip([
    contentTypes({ 'word/document.xml': 'wordprocessingml.document.main' }),
    relation('_rels/.rels', 'officeDocument', 'word/document.xml'),
    part('word/document.xml', `<w:document xmlns:w="${WORD}"><w:body>${body}</w:body></w:document>`),
  ])
}

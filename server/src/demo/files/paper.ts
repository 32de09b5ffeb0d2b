/** PDF documents: a title page in the palette of the brand, and what the document says. */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import PDFDocument from 'pdfkit'

const fonts = join(dirname(createRequire(import.meta.url).resolve('@embedpdf/fonts-sc')), '..', 'fonts')
const REGULAR = join(fonts, 'NotoSansHans-Regular.otf')
const BOLD = join(fonts, 'NotoSansHans-Bold.otf')

const MARGIN = 64
const INK = '#2E3A3C'
const CLAY = '#C45A36'
const SAND = '#EBDFD0'

export type Paper = { title: string, about: string, author: string, paragraphs: readonly string[] }

export function paper({ title, about, author, paragraphs }: Paper): Promise<Buffer> {
  const page = new PDFDocument({ size: 'A4', margin: MARGIN, font: REGULAR, lang: 'zh-CN', displayTitle: true, info: { Title: title, Author: author } })
  const chunks: Buffer[] = []
  const bytes = new Promise<Buffer>((resolve, reject) => {
    page.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => resolve(Buffer.concat(chunks))).on('error', reject)
  })
  const { width, height } = page.page
  page.rect(0, 0, width, height * 0.42).fill(SAND)
  page.circle(width - 150, height * 0.21, 78).fill(CLAY)
  page.path(`M ${width - 150} ${height * 0.21 - 54} q 46 54 0 108 q -46 -54 0 -108`).fill(SAND)
  page.font(BOLD).fontSize(24).fillColor(INK).text(title, MARGIN, height * 0.5, { width: width - 2 * MARGIN })
  page.moveDown(0.5).font(REGULAR).fontSize(12).fillColor(CLAY).text(about)
  page.fillColor(INK).text(author)
  page.moveDown(2)
  for (const paragraph of paragraphs) page.fontSize(11).text(paragraph, { lineGap: 5 }).moveDown(0.6)
  page.end()
  return bytes
}

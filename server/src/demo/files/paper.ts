/** PDF documents: a title page in the palette of the brand, and what the document says. */
import PDFDocument from 'pdfkit'
import { letterOf, unitsPerEm } from './lettering.ts'

const MARGIN = 64
const INK = '#2E3A3C'
const CLAY = '#C45A36'
const SAND = '#EBDFD0'
const LINE_HEIGHT = 1.7

export type Paper = { title: string, about: string, author: string, paragraphs: readonly string[] }
type Style = { size: number, colour: string }

export function paper({ title, about, author, paragraphs }: Paper): Promise<Buffer> {
  const page = new PDFDocument({ size: 'A4', margin: MARGIN, lang: 'zh-CN', displayTitle: true, info: { Title: title, Author: author, Subject: about } })
  const chunks: Buffer[] = []
  const bytes = new Promise<Buffer>((resolve, reject) => {
    page.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => resolve(Buffer.concat(chunks))).on('error', reject)
  })
  const { width, height } = page.page
  page.rect(0, 0, width, height * 0.42).fill(SAND)
  page.circle(width - 150, height * 0.21, 78).fill(CLAY)
  page.path(`M ${width - 150} ${height * 0.21 - 54} q 46 54 0 108 q -46 -54 0 -108`).fill(SAND)
  let y = write(page, title, height * 0.53, { size: 24, colour: INK })
  if (about !== '') y = write(page, about, y, { size: 12, colour: CLAY })
  y = write(page, author, y, { size: 12, colour: INK }) + 24
  for (const paragraph of paragraphs) y = write(page, paragraph, y, { size: 11, colour: INK }) + 6
  page.end()
  return bytes
}

/** Writes lines as wide as the page, the first on this baseline. Answers with the baseline after them. */
function write(page: PDFKit.PDFDocument, text: string, y: number, { size, colour }: Style): number {
  const scale = size / unitsPerEm()
  let x = MARGIN
  let baseline = y
  for (const character of text) {
    const { outline, advance } = letterOf(character)
    if (x + advance * scale > page.page.width - MARGIN) {
      x = MARGIN
      baseline += size * LINE_HEIGHT
    }
    if (outline !== '') page.save().translate(x, baseline).scale(scale, -scale).path(outline).fill(colour).restore()
    x += advance * scale
  }
  return baseline + size * LINE_HEIGHT
}

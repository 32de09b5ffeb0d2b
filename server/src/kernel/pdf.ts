/** Documents on A4 in Chinese with English beside it. Only the glyphs that are used are embedded. */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type PDFDocument from 'pdfkit'

const require = createRequire(import.meta.url)
const fonts = join(dirname(require.resolve('@embedpdf/fonts-sc')), '..', 'fonts')
export const REGULAR = join(fonts, 'NotoSansHans-Regular.otf')
export const BOLD = join(fonts, 'NotoSansHans-Bold.otf')
export const INK = '#1c1917'
export const FAINT = '#78716c'
export const LINE = '#d6d3d1'
export const BRAND = '#c2410c'

export type Page = PDFKit.PDFDocument
export type Sheet = { page: Page, width: number, rule: () => void, end: () => Promise<Buffer> }

/** Opens a document; `end` closes it and answers its bytes. */
export function openPdf({ title, subject, at, margin }: { title: string, subject: string, at: Date, margin: number }): Sheet {
  // Loaded with the first document: few processes ever make one.
  const Document = require('pdfkit') as typeof PDFDocument
  const page = new Document({
    size: 'A4', margins: { top: margin, bottom: margin, left: margin, right: margin }, font: REGULAR, lang: 'zh-CN', displayTitle: true,
    info: { Title: title, Author: '秒单 Miaodan', Subject: subject, CreationDate: at },
  })
  const chunks: Buffer[] = []
  const bytes = new Promise<Buffer>((resolve, reject) => {
    page.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => resolve(Buffer.concat(chunks))).on('error', reject)
  })
  const width = page.page.width - 2 * margin
  return {
    page, width,
    rule: () => void page.moveTo(margin, page.y).lineTo(margin + width, page.y).lineWidth(0.6).stroke(LINE),
    end: () => { page.end(); return bytes },
  }
}

/** 2026-11-22 14:06:12 in China. */
export function chinaTime(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
}

/** The files people send in the demo: real ones, made from their names and from what was said about them. */
import { Readable } from 'node:stream'
import { receiveUpload } from '../../kernel/uploads.ts'
import type { Stage } from '../stage.ts'
import { spreadsheet, textDocument } from './office.ts'
import { paper } from './paper.ts'
import { picture } from './pictures.ts'
import { zip } from './zip.ts'

/** What a file is about, for those that hold text. */
export type Sending = { about: string, author: string, paragraphs: readonly string[] }

const PICTURES_IN_ARCHIVE = 3

/** Sends these files in somebody's name. Answers with the ids of the uploads, in the same order. */
export async function send(stage: Stage, ownerId: string, names: readonly string[], sending: Sending): Promise<string[]> {
  const ids: string[] = []
  for (const name of names) {
    const { id } = await receiveUpload(stage.deps, ownerId, { name, content: Readable.from([await contentOf(name, sending)]) })
    ids.push(id)
  }
  return ids
}

async function contentOf(name: string, sending: Sending): Promise<Buffer> {
  const [, title = name, extension = ''] = /^(.*)\.(\w+)$/.exec(name) ?? []
  switch (extension) {
    case 'png': return picture(title, 'png')
    case 'jpg': return picture(title, 'jpeg')
    case 'pdf':
    case 'ai': return paper({ title: title.replaceAll('_', ' '), ...sending })
    case 'xlsx': return spreadsheet([[title, sending.about], ...sending.paragraphs.map((text, index) => [String(index + 1), text])])
    case 'docx': return textDocument([title, sending.about, ...sending.paragraphs])
    case 'zip': return archive(title, sending)
    case 'psd': return photoshop()
    default: throw new Error(`the demo cannot make a file like ${name}`)
  }
}

async function archive(title: string, { about, paragraphs }: Sending): Promise<Buffer> {
  const content = await picture(title, 'jpeg')
  const pictures = Array.from({ length: PICTURES_IN_ARCHIVE }, (_, index) => ({ name: `${title}_${String(index + 1).padStart(2, '0')}.jpg`, content }))
  return zip([{ name: '说明.txt', content: Buffer.from([title, about, ...paragraphs].join('\n')) }, ...pictures])
}

/** One white dot in one channel: the smallest document Photoshop reads. */
function photoshop(): Buffer {
  const header = Buffer.alloc(26)
  header.write('8BPS')
  header.writeUInt16BE(1, 4)
  header.writeUInt16BE(1, 12)
  header.writeUInt32BE(1, 14)
  header.writeUInt32BE(1, 18)
  header.writeUInt16BE(8, 22)
  header.writeUInt16BE(1, 24)
  return Buffer.concat([header, Buffer.alloc(4 * 3), Buffer.from([0, 0, 255])])
}

/** ZIP archives (APPNOTE 6.3), stored without compression: enough for the files people send each other in the demo. */
import { crc32 } from 'node:zlib'

export type Entry = { name: string, content: Buffer }

const UTF8_NAMES = 0x0800
const VERSION = 20
/** 1 January 2026, in the format of MS-DOS. */
const DOS_DATE = ((2026 - 1980) << 9) | (1 << 5) | 1

export function zip(entries: readonly Entry[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, content } of entries) {
    const fileName = Buffer.from(name)
    const common = commonHeader(content, fileName.length)
    const local = Buffer.concat([word(0x04034b50), common, fileName, content])
    directory.push(Buffer.concat([word(0x02014b50), half(VERSION), common, half(0), half(0), half(0), word(0), word(offset), fileName]))
    parts.push(local)
    offset += local.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.concat([word(0x06054b50), half(0), half(0), half(entries.length), half(entries.length), word(central.length), word(offset), half(0)])
  return Buffer.concat([...parts, central, end])
}

/** What stands in both headers of an entry; the lengths of the name and of no extra field close it. */
function commonHeader(content: Buffer, nameLength: number): Buffer {
  return Buffer.concat([
    half(VERSION), half(UTF8_NAMES), half(0), half(0), half(DOS_DATE),
    word(crc32(content)), word(content.length), word(content.length), half(nameLength), half(0),
  ])
}

function half(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

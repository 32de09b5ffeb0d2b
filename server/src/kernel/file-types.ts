/** Which files are taken, and how a file's content is recognised: by its bytes, never by its name alone. */
import { fileTypeFromBuffer } from 'file-type'

const IMAGES = ['image/jpeg', 'image/png', 'image/webp', 'image/gif']
const ACCEPTED = new Set([
  ...IMAGES, 'image/vnd.adobe.photoshop', 'image/tiff', 'image/heic', 'application/pdf', 'application/zip', 'application/x-7z-compressed', 'application/x-rar-compressed',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation', 'application/x-cfb', 'application/postscript',
  'video/mp4', 'video/quicktime', 'video/webm', 'audio/mpeg', 'audio/wav', 'audio/x-m4a', 'audio/mp4',
])
/** Extensions a type may carry, where a wrong one would make a person open something they do not expect. */
const EXTENSIONS: Record<string, readonly string[]> = {
  'image/jpeg': ['jpg', 'jpeg', 'jfif'], 'image/png': ['png'], 'image/webp': ['webp'], 'image/gif': ['gif'], 'application/pdf': ['pdf', 'ai'],
  'video/mp4': ['mp4', 'm4v'], 'audio/mpeg': ['mp3'],
}
const TEXT_EXTENSIONS = new Set(['txt', 'csv', 'md'])
export const SNIFF_BYTES = 4_100

export function isImage(type: string): boolean {
  return IMAGES.includes(type)
}

export type Verdict = { type: string } | { refused: 'type' | 'mismatch', type: string }

/** Judges a file by its first bytes and its name. Plain text is taken only under a text extension. */
export async function judgeFile(head: Buffer, name: string): Promise<Verdict> {
  const extension = /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  const found = await fileTypeFromBuffer(head)
  if (!found) {
    if (TEXT_EXTENSIONS.has(extension) && isText(head)) return { type: 'text/plain' }
    return { refused: extension === '' || TEXT_EXTENSIONS.has(extension) ? 'type' : 'mismatch', type: isText(head) ? 'text/plain' : 'application/octet-stream' }
  }
  if (!ACCEPTED.has(found.mime)) return { refused: 'type', type: found.mime }
  const expected = EXTENSIONS[found.mime]
  const pretends = Object.entries(EXTENSIONS).some(([type, extensions]) => type !== found.mime && extensions.includes(extension))
  if ((expected && extension !== '' && !expected.includes(extension)) || (!expected && pretends)) return { refused: 'mismatch', type: found.mime }
  return { type: found.mime }
}

function isText(head: Buffer): boolean {
  if (head.includes(0)) return false
  // The last character may be cut by the sniffed length; as part of a stream that is no error.
  return !new TextDecoder('utf-8').decode(head, { stream: true }).includes('\ufffd')
}

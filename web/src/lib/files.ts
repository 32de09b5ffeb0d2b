/** How files are named on the screen. */
import type { Locale } from './locale.ts'

const STEPS: [unit: string, bytes: number][] = [['GB', 1024 ** 3], ['MB', 1024 ** 2], ['KB', 1024]]

/** "1.8 MB". */
export function sizeLabel(bytes: number, locale: Locale): string {
  const [unit, size] = STEPS.find(([, step]) => bytes >= step) ?? ['KB', 1024]
  const value = Math.max(bytes / size, 0.1)
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: value < 10 ? 1 : 0 }).format(value)} ${unit}`
}

const icons: [RegExp, string][] = [
  [/^image\//, 'i-lucide-file-image'],
  [/^video\//, 'i-lucide-file-video'],
  [/^audio\//, 'i-lucide-file-audio'],
  [/zip|rar|7z|tar|gzip/, 'i-lucide-file-archive'],
  [/sheet|excel|csv/, 'i-lucide-file-spreadsheet'],
  [/pdf|word|document|text/, 'i-lucide-file-text'],
]
export const fileIcon = (type: string): string => icons.find(([pattern]) => pattern.test(type))?.[1] ?? 'i-lucide-file'

/** As the server's limit (shared/kernel/uploads), which cannot be imported here: it stands beside schemas. */
export const MAX_FILE_BYTES = 50 * 1024 * 1024

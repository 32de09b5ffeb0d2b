/** What the launcher says: in Chinese, then in English, because it does not know its reader. */
export function say(zh: string, en: string): void {
  process.stdout.write(`  ${zh} · ${en}\n`)
}

export function complain(zh: string, en: string): void {
  process.stderr.write(`\n  ${zh}\n  ${en}\n\n`)
}

/** Draws a box around lines of which some hold Chinese, whose characters are two columns wide. */
export function box(lines: string[]): string {
  const width = Math.max(...lines.map(columns))
  const body = lines.map((line) => `  │  ${line}${' '.repeat(width - columns(line))}  │`)
  return ['', `  ┌${'─'.repeat(width + 4)}┐`, ...body, `  └${'─'.repeat(width + 4)}┘`, ''].join('\n')
}

/** Sets the cells of a table under each other. */
export function table(rows: string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => columns(row[column] ?? ''))))
  return rows.map((row) => row.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - columns(cell))).join('   ').trimEnd())
}

function columns(text: string): number {
  return [...text].reduce((sum, character) => sum + (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/.test(character) ? 2 : 1), 0)
}

/** What the doctor has to say of one thing, in both languages: it does not know its reader. */
export type Text = { zh: string, en: string }
export type Finding = { level: 'ok' | 'warn' | 'fail', about: Text, says: Text, advice?: Text }

export const text = (zh: string, en: string): Text => ({ zh, en })

type About = (zh: string, en: string, advice?: Text) => Finding
/** Findings about one thing. */
export function about(zh: string, en: string): { ok: About, warn: About, fail: About } {
  const of = (level: Finding['level']): About => (saysZh, saysEn, advice) => ({ level, about: text(zh, en), says: text(saysZh, saysEn), ...advice && { advice } })
  return { ok: of('ok'), warn: of('warn'), fail: of('fail') }
}

export const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ')
  return error.cause instanceof Error && error.message !== error.cause.message ? `${error.message} (${reasonOf(error.cause)})` : error.message
}

const SIGNS = { ok: '✓', warn: '!', fail: '✗' } as const

export function lineOf({ level, about: { zh, en }, says, advice }: Finding): string {
  const lines = [`${SIGNS[level]} ${zh} · ${en}`, `    ${says.zh}`, `    ${says.en}`]
  if (advice) lines.push(`    → ${advice.zh}`, `    → ${advice.en}`)
  return lines.join('\n')
}

export function endOf(findings: readonly Finding[]): { line: string, code: 0 | 1 } {
  const count = (level: Finding['level']): number => findings.filter(finding => finding.level === level).length
  const line = `${count('ok')} 正常 ok · ${count('warn')} 提醒 warn · ${count('fail')} 错误 fail`
  return { line, code: count('fail') > 0 ? 1 : 0 }
}

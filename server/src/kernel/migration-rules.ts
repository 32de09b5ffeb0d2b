/**
 * What a migration may not do while the version before it still runs on the same database (docs/scaling.md, "Changing
 * the schema"): take away what that version uses, or hold a lock for as long as a table is large. A statement that is
 * known to be harmless says why on the line before it: `-- safe: no row of it is older than this file`.
 */

type Rule = { pattern: RegExp, why: string, onlyExisting?: boolean }

const RULES: readonly Rule[] = [
  { pattern: /^drop (table|view|function|type|schema)\b/, why: 'the version before may still use it: leave it, and drop it in the release after the next' },
  { pattern: /^alter table .*\bdrop column\b/, why: 'the version before still reads it: leave it, and drop it in the release after the next' },
  { pattern: /^alter (table|type|view|index) .*\brename\b/, why: 'the version before knows only the old name: add the new one, write both, and drop the old one later' },
  { pattern: /^alter table .*\balter column \w+ (set data )?type\b/, why: 'the table is rewritten under a lock: add a column, fill it in parts, and change over' },
  { pattern: /^alter table .*\balter column \w+ set not null\b/, why: 'the table is read through under a lock: add a check constraint that is not valid, validate it, then set it' },
  { pattern: /^alter table .*\badd column (if not exists )?(?!.*\bdefault\b).*\bnot null\b/, why: 'the version before inserts without it: give it a default' },
  { pattern: /^alter table .*\badd (constraint \w+ )?(check|foreign key|unique|exclude|primary key)\b(?!.*\bnot valid\b)(?!.*\busing index\b)/, why: 'the table is read through under a lock: add it as not valid and validate it in a file of its own', onlyExisting: true },
  { pattern: /^create (unique )?index (?!concurrently\b)/, why: 'writers wait until it is built: create it concurrently, in a file that begins with -- without a transaction', onlyExisting: true },
  { pattern: /^(truncate|lock|vacuum full|cluster)\b/, why: 'everybody waits for its lock' },
]

export type Statement = { text: string, safe: boolean }

/** The statements of a file, without comments; bodies of functions are one with theirs. */
export function statementsOf(sql: string): Statement[] {
  const statements: Statement[] = []
  const parts = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|(\$\w*\$)[\s\S]*?\1|;|[^-/'"$;]+|[-/$]/g
  let text = ''
  let safe = false
  for (const [part] of sql.matchAll(parts)) {
    if (part.startsWith('--') || part.startsWith('/*')) safe ||= text.trim() === '' && /^-- safe: \S/.test(part)
    else if (part !== ';') text += part
    else {
      statements.push({ text: text.trim(), safe })
      text = ''
      safe = false
    }
  }
  return [...statements, { text: text.trim(), safe }].filter(statement => statement.text !== '')
}

/** One sentence for each statement that is dangerous while the version before still runs. */
export function dangersOf(sql: string): string[] {
  const statements = statementsOf(sql).map(({ text, safe }) => ({ text: text.replace(/\s+/g, ' ').toLowerCase(), safe }))
  const made = new Set(statements.flatMap(({ text }) => /^create (?:unlogged )?table (?:if not exists )?([\w.]+)/.exec(text)?.[1] ?? []))
  return statements.filter(({ safe }) => !safe).flatMap(({ text }) => {
    const table = /^alter table (?:if exists |only )*([\w.]+)/.exec(text)?.[1] ?? / on (?:only )?([\w.]+)/.exec(text)?.[1]
    const rule = RULES.find(({ pattern, onlyExisting }) => pattern.test(text) && !(onlyExisting && table !== undefined && made.has(table)))
    return rule ? [`"${text.slice(0, 80)}": ${rule.why}`] : []
  })
}
